"""Electronic invoices of others read into documents: UBL, CII, PDF, FatturaPA, KSeF, Facturae."""
