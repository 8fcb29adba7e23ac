"""Electronic invoices of our own making, in each format that is read."""

# One thing: a sample of each format, and what it may be wrapped in.

import base64
import io
import zipfile
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from pypdf import PdfWriter

_UBL = """<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
 <cbc:ID>{number}</cbc:ID><cbc:IssueDate>{issued}</cbc:IssueDate>{due}
 <cbc:{code}>{type}</cbc:{code}>
 <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{about}
 <cac:AccountingSupplierParty><cac:Party>
  <cac:PartyTaxScheme><cbc:CompanyID>{seller_vat}</cbc:CompanyID>
   <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
  <cac:PartyLegalEntity><cbc:RegistrationName>Acme GmbH</cbc:RegistrationName>
  </cac:PartyLegalEntity>
 </cac:Party></cac:AccountingSupplierParty>
 <cac:AccountingCustomerParty><cac:Party>
  <cbc:EndpointID schemeID="EM">pay@globex.example</cbc:EndpointID>{buyer_id}
  <cac:PostalAddress><cbc:StreetName>Ringstr. 7</cbc:StreetName><cbc:CityName>Bonn</cbc:CityName>
   <cbc:PostalZone>53111</cbc:PostalZone>
   <cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
  <cac:PartyTaxScheme><cbc:CompanyID>{buyer_vat}</cbc:CompanyID>
   <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
  <cac:PartyLegalEntity><cbc:RegistrationName>Globex AG</cbc:RegistrationName>
  </cac:PartyLegalEntity>
 </cac:Party></cac:AccountingCustomerParty>
 <cac:PaymentTerms><cbc:Note>{terms}</cbc:Note></cac:PaymentTerms>
 <cac:LegalMonetaryTotal><cbc:PrepaidAmount currencyID="EUR">{prepaid}</cbc:PrepaidAmount>
  <cbc:PayableAmount currencyID="EUR">{payable}</cbc:PayableAmount></cac:LegalMonetaryTotal>
</{root}>
"""


def ubl(
    number: str = "R-1",
    payable: str = "119.00",
    *,
    root: str = "Invoice",
    code: str = "",
    issued: str = "2026-03-05",
    due: str = "2035-04-04",
    terms: str = "Zahlbar innerhalb 30 Tagen netto",
    prepaid: str = "0",
    about: str = "",
    buyer_id: str = "",
    buyer_vat: str = "DE136695976",
    seller_vat: str = "DE811907980",
) -> bytes:
    """Make a UBL invoice or credit note."""
    ref = f"<cac:InvoiceDocumentReference><cbc:ID>{about}</cbc:ID></cac:InvoiceDocumentReference>"
    own = f"<cac:PartyIdentification><cbc:ID>{buyer_id}</cbc:ID></cac:PartyIdentification>"
    return _UBL.format(
        root=root,
        code=f"{root}TypeCode",
        type=code or ("381" if root == "CreditNote" else "380"),
        number=number,
        issued=issued,
        due=f"<cbc:DueDate>{due}</cbc:DueDate>" if due else "",
        terms=terms,
        prepaid=prepaid,
        payable=payable,
        about=f"<cac:BillingReference>{ref}</cac:BillingReference>" if about else "",
        buyer_id=own if buyer_id else "",
        buyer_vat=buyer_vat,
        seller_vat=seller_vat,
    ).encode()


CII = """<rsm:CrossIndustryInvoice
 xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
 <rsm:ExchangedDocument><ram:ID>F-7</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime>
  <udt:DateTimeString format="102">20260305</udt:DateTimeString></ram:IssueDateTime>
  <ram:LanguageID>fr</ram:LanguageID></rsm:ExchangedDocument>
 <rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement>
  <ram:SellerTradeParty><ram:Name>Acme</ram:Name></ram:SellerTradeParty>
  <ram:BuyerTradeParty><ram:ID>C-9</ram:ID><ram:Name>Ma boutique</ram:Name>
   <ram:DefinedTradeContact><ram:EmailURIUniversalCommunication>
    <ram:URIID>compta@boutique.example</ram:URIID></ram:EmailURIUniversalCommunication>
   </ram:DefinedTradeContact><ram:PostalTradeAddress><ram:PostcodeCode>69001</ram:PostcodeCode>
    <ram:LineOne>35 rue X</ram:LineOne><ram:CityName>Lyon</ram:CityName>
    <ram:CountryID>FR</ram:CountryID></ram:PostalTradeAddress></ram:BuyerTradeParty>
 </ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeSettlement>
  <ram:PaymentReference>RF18 5390 0754 7034</ram:PaymentReference>
  <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
  <ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode>
   <ram:PayeePartyCreditorFinancialAccount><ram:IBANID>FR76 3000 6000 0112 3456 7890 189
   </ram:IBANID></ram:PayeePartyCreditorFinancialAccount>
  </ram:SpecifiedTradeSettlementPaymentMeans>
  <ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>
    <udt:DateTimeString format="102">20260404</udt:DateTimeString></ram:DueDateDateTime>
   <ram:PartialPaymentAmount>40.00</ram:PartialPaymentAmount></ram:SpecifiedTradePaymentTerms>
  <ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>
    <udt:DateTimeString format="102">20260504</udt:DateTimeString></ram:DueDateDateTime>
   <ram:PartialPaymentAmount>60.00</ram:PartialPaymentAmount></ram:SpecifiedTradePaymentTerms>
  <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
   <ram:GrandTotalAmount>120.00</ram:GrandTotalAmount>
   <ram:TotalPrepaidAmount>20.00</ram:TotalPrepaidAmount>
   <ram:DuePayableAmount>100.00</ram:DuePayableAmount>
  </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
 </ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>
"""

FATTURA = """<p:FatturaElettronica versione="FPR12"
 xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">
 <FatturaElettronicaHeader><CedentePrestatore><DatiAnagrafici>
   <IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01234567890</IdCodice></IdFiscaleIVA>
   <Anagrafica><Denominazione>Alfa srl</Denominazione></Anagrafica></DatiAnagrafici>
  </CedentePrestatore><CessionarioCommittente><DatiAnagrafici>
   <CodiceFiscale>RSSMRA80A01H501U</CodiceFiscale>
   <Anagrafica><Nome>Mario</Nome><Cognome>Rossi</Cognome></Anagrafica></DatiAnagrafici>
   <Sede><Indirizzo>Via Roma</Indirizzo><NumeroCivico>1</NumeroCivico><CAP>00145</CAP>
    <Comune>Roma</Comune><Nazione>IT</Nazione></Sede></CessionarioCommittente>
 </FatturaElettronicaHeader>
 <FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento>
   <TipoDocumento>TD01</TipoDocumento><Divisa>EUR</Divisa><Data>2026-03-05</Data>
   <Numero>12/A</Numero><ImportoTotaleDocumento>122.00</ImportoTotaleDocumento>
  </DatiGeneraliDocumento></DatiGenerali>
  <DatiBeniServizi><DatiRiepilogo><ImponibileImporto>100.00</ImponibileImporto>
   <Imposta>22.00</Imposta><EsigibilitaIVA>S</EsigibilitaIVA></DatiRiepilogo></DatiBeniServizi>
  <DatiPagamento><CondizioniPagamento>TP01</CondizioniPagamento>
   <DettaglioPagamento><ModalitaPagamento>MP05</ModalitaPagamento>
    <DataScadenzaPagamento>2026-04-30</DataScadenzaPagamento>
    <ImportoPagamento>40.00</ImportoPagamento><IBAN>IT60X0542811101000000123456</IBAN>
   </DettaglioPagamento>
   <DettaglioPagamento><ModalitaPagamento>MP05</ModalitaPagamento>
    <DataRiferimentoTerminiPagamento>2026-03-05</DataRiferimentoTerminiPagamento>
    <GiorniTerminiPagamento>90</GiorniTerminiPagamento>
    <ImportoPagamento>60.00</ImportoPagamento></DettaglioPagamento>
  </DatiPagamento></FatturaElettronicaBody>
</p:FatturaElettronica>
"""

KSEF = """<Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/">
 <Naglowek><KodFormularza kodSystemowy="FA (3)" wersjaSchemy="1-0E">FA</KodFormularza></Naglowek>
 <Podmiot1><DaneIdentyfikacyjne><NIP>1111111111</NIP><Nazwa>Alfa</Nazwa></DaneIdentyfikacyjne>
 </Podmiot1>
 <Podmiot2><DaneIdentyfikacyjne><NIP>2222222222</NIP><Nazwa>Beta sp. z o.o.</Nazwa>
  </DaneIdentyfikacyjne><Adres><KodKraju>PL</KodKraju><AdresL1>ul. Prosta 1</AdresL1>
  <AdresL2>00-001 Warszawa</AdresL2></Adres>
  <DaneKontaktowe><Email>beta@beta.example</Email></DaneKontaktowe>
  <NrKlienta>K-77</NrKlienta></Podmiot2>
 <Fa><KodWaluty>PLN</KodWaluty><P_1>2026-03-05</P_1><P_2>FV/2026/03/1</P_2><P_15>123.00</P_15>
  <RodzajFaktury>{kind}</RodzajFaktury>{more}
  <Platnosc>{paid}<TerminPlatnosci>{term}</TerminPlatnosci><FormaPlatnosci>6</FormaPlatnosci>
   <RachunekBankowy><NrRB>73111111111111111111111111</NrRB></RachunekBankowy></Platnosc></Fa>
</Faktura>
"""

FACTURAE = """<fe:Facturae xmlns:fe="http://www.facturae.gob.es/formato/Versiones/Facturaev3_2_2.xml">
 <Parties><SellerParty><TaxIdentification><TaxIdentificationNumber>ESA11111111
   </TaxIdentificationNumber></TaxIdentification><LegalEntity>
   <CorporateName>Alfa SA</CorporateName></LegalEntity></SellerParty>
  <BuyerParty><TaxIdentification><TaxIdentificationNumber>ESB22222222</TaxIdentificationNumber>
   </TaxIdentification><LegalEntity><CorporateName>Beta SL</CorporateName><AddressInSpain>
   <Address>Calle Mayor 1</Address><PostCode>28001</PostCode><Town>Madrid</Town>
   <CountryCode>ESP</CountryCode></AddressInSpain><ContactDetails>
   <ElectronicMail>beta@beta.example</ElectronicMail></ContactDetails></LegalEntity></BuyerParty>
 </Parties><Invoices><Invoice><InvoiceHeader><InvoiceNumber>17</InvoiceNumber>
   <InvoiceSeriesCode>A26</InvoiceSeriesCode><InvoiceDocumentType>FC</InvoiceDocumentType>
   <InvoiceClass>{kind}</InvoiceClass>{corrective}</InvoiceHeader>
  <InvoiceIssueData><IssueDate>2026-03-05</IssueDate>
   <InvoiceCurrencyCode>EUR</InvoiceCurrencyCode><LanguageName>es</LanguageName></InvoiceIssueData>
  <InvoiceTotals><InvoiceTotal>{total}</InvoiceTotal>
   <TotalOutstandingAmount>{total}</TotalOutstandingAmount>
   <TotalExecutableAmount>{total}</TotalExecutableAmount></InvoiceTotals>
  <PaymentDetails><Installment><InstallmentDueDate>2026-04-05</InstallmentDueDate>
    <InstallmentAmount>60.500000</InstallmentAmount><PaymentMeans>04</PaymentMeans>
    <AccountToBeCredited><IBAN>ES9121000418450200051332</IBAN></AccountToBeCredited></Installment>
   <Installment><InstallmentDueDate>2026-05-05</InstallmentDueDate>
    <InstallmentAmount>60.500000</InstallmentAmount><PaymentMeans>04</PaymentMeans></Installment>
  </PaymentDetails></Invoice></Invoices></fe:Facturae>
"""


def ksef(
    kind: str = "VAT", *, paid: str = "", term: str = "<Termin>2026-04-04</Termin>", more: str = ""
) -> bytes:
    """Make Poland's invoice."""
    return KSEF.format(kind=kind, paid=paid, term=term, more=more).encode()


def facturae(kind: str = "OO", total: str = "121.00", corrective: str = "") -> bytes:
    """Make Spain's invoice."""
    return FACTURAE.format(kind=kind, total=total, corrective=corrective).encode()


def pdf(xml: bytes, name: str = "factur-x.xml") -> bytes:
    """Make a PDF that carries an invoice."""
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.add_attachment(name, xml)
    writer.write(made)
    return made.getvalue()


def encrypted_pdf(xml: bytes) -> bytes:
    """Make a PDF that asks for a password."""
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.add_attachment("factur-x.xml", xml)
    writer.encrypt("secret")
    writer.write(made)
    return made.getvalue()


def signed(xml: bytes) -> bytes:
    """Make a signed envelope around an invoice (.p7m), in DER."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Alfa")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    builder = pkcs7.PKCS7SignatureBuilder().set_data(xml)
    builder = builder.add_signer(certificate, key, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def in_pieces(xml: bytes) -> bytes:
    """Make an envelope as some signers write it: without lengths, its content in pieces (BER)."""
    pieces = b"".join(b"\x04\x82" + len(part).to_bytes(2) + part for part in _parts(xml))
    octets = b"\x24\x80" + pieces + b"\x00\x00"
    data = bytes.fromhex("06092a864886f70d010701") + b"\xa0\x80" + octets + b"\x00\x00"
    inner = b"\x02\x01\x01" + b"\x31\x00" + b"\x30\x80" + data + b"\x00\x00" + b"\x31\x00"
    content = b"\xa0\x80" + b"\x30\x80" + inner + b"\x00\x00" + b"\x00\x00"
    return b"\x30\x80" + bytes.fromhex("06092a864886f70d010702") + content + b"\x00\x00"


def _parts(xml: bytes) -> list[bytes]:
    return [xml[at : at + 500] for at in range(0, len(xml), 500)]


def as_text(body: bytes) -> bytes:
    """Write bytes in Base64 with lines, as mail programs do."""
    return base64.encodebytes(body)


def archive(**files: bytes) -> bytes:
    """Make a ZIP of files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, body in files.items():
            packed.writestr(name.replace("_", "."), body)
    return made.getvalue()
