"""The demo's electronic invoice: written as a billing system writes it, and taken in."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

from adapters.einvoice.invoice_files import read_invoice_file
from adapters.runtime.machine import machine_clock
from domain.ids import CaseId
from domain.policy.model import Policy
from starter.application import Application
from starter.demo.samples import DEMO_CREDITOR
from starter.importing.einvoices.taking_invoices import EInvoiceOrder, take_in_einvoices
from starter.importing.intake.watched import WatchedStarter

NUMBER = "D-1024"
SITUATION = "came in as an electronic invoice"
_AGO = 33
"""Days since it was issued; its words say 30 days net."""

_UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:ID>{number}</cbc:ID>
  <cbc:IssueDate>{issued}</cbc:IssueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:Note languageID="de">Ihre Bestellung vom Vormonat</cbc:Note>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cac:AccountingSupplierParty><cac:Party>
    <cac:PartyName><cbc:Name>{seller}</cbc:Name></cac:PartyName>
  </cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party>
    <cac:PartyIdentification><cbc:ID>C-24</cbc:ID></cac:PartyIdentification>
    <cac:PartyName><cbc:Name>Linden Bürobedarf GmbH</cbc:Name></cac:PartyName>
    <cac:PostalAddress>
      <cbc:StreetName>Lindenweg 8</cbc:StreetName>
      <cbc:CityName>Kassel</cbc:CityName>
      <cbc:PostalZone>34117</cbc:PostalZone>
      <cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country>
    </cac:PostalAddress>
    <cac:Contact>
      <cbc:ElectronicMail>rechnungen@lindenbuerobedarf.example</cbc:ElectronicMail>
    </cac:Contact>
  </cac:Party></cac:AccountingCustomerParty>
  <cac:PaymentTerms><cbc:Note>10 Tage 2 % Skonto, 30 Tage netto</cbc:Note></cac:PaymentTerms>
  <cac:LegalMonetaryTotal>
    <cbc:TaxInclusiveAmount currencyID="EUR">1190.00</cbc:TaxInclusiveAmount>
    <cbc:PrepaidAmount currencyID="EUR">190.00</cbc:PrepaidAmount>
    <cbc:PayableAmount currencyID="EUR">1000.00</cbc:PayableAmount>
  </cac:LegalMonetaryTotal>
</Invoice>
"""


def take_in_sample(application: Application, home: Path, policy: Policy) -> int:
    """Write the electronic invoice and take it in, once; answers whether it is new."""
    if application.ledger.customer_of(str(CaseId(DEMO_CREDITOR.id, NUMBER))) is not None:
        return 0
    now, file = machine_clock(), home / "invoices" / f"{NUMBER}.xml"
    issued = now.date() - timedelta(days=_AGO)
    file.parent.mkdir(parents=True, exist_ok=True)
    text = _UBL.format(number=NUMBER, issued=issued, seller=DEMO_CREDITOR.name)
    file.write_text(text.replace("&", "&amp;"), encoding="utf-8")
    documents = read_invoice_file(file.name, file.read_bytes())
    order = EInvoiceOrder(creditor=DEMO_CREDITOR.id, documents=documents, policy=policy)
    starter = WatchedStarter(application, lambda: nullcontext(lambda *_: None))
    return int(take_in_einvoices(application, order, starter, now)["opened"])
