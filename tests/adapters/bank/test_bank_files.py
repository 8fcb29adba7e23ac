"""Files as they may be wrong, and formats in all their versions."""

import io
import zipfile

import pytest

from adapters.bank.bank_files import read_bank_file
from adapters.bank.refused_file import BankFileError
from adapters.xml.safe_xml import read_xml
from domain.bank.statement import StatementKind

CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.05{kind}.001.{version}">
 <{root}><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-03-02T18:00:00+01:00</CreDtTm></GrpHdr>
  <{message}><Id>S-1</Id><CreDtTm>2026-03-02T18:00:00+01:00</CreDtTm>
   <Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
   <Ntry><Amt Ccy="EUR">150.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>{status}</Sts>
    <BookgDt><Dt>2026-03-02</Dt></BookgDt><ValDt><Dt>2026-03-03</Dt></ValDt>
    <AcctSvcrRef>B-1</AcctSvcrRef>
    <NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>
     <TxDtls><Refs><EndToEndId>E-1</EndToEndId></Refs>{first}
      <RltdPties><Dbtr>{name}</Dbtr>
       <DbtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></DbtrAcct></RltdPties>
      <RmtInf><Ustrd>Invoice 2026-</Ustrd><Ustrd>0007</Ustrd>
       <Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>
     <TxDtls><Refs><EndToEndId>E-2</EndToEndId></Refs>{second}</TxDtls>
    </NtryDtls></Ntry>
  </{message}></{root}></Document>"""
VERSION_1 = (
    ("<NtryDtls>", ""),
    ("</NtryDtls>", ""),
    ("Ref>RF", "CdtrRef>RF"),
    ("4</Ref>", "4</CdtrRef>"),
)
"""Version .01 has payments in the booking itself, and other names."""
NAMES = {
    2: ("BkToCstmrAcctRpt", "Rpt", StatementKind.REPORT),
    3: ("BkToCstmrStmt", "Stmt", StatementKind.STATEMENT),
    4: ("BkToCstmrDbtCdtNtfctn", "Ntfctn", StatementKind.ADVICE),
}


def camt(kind: int = 3, version: int = 8, **changes: str) -> bytes:
    root, message, _ = NAMES[kind]
    given = {
        "root": f"{root}V01" if version == 1 else root,
        "message": message,
        "status": "<Cd>BOOK</Cd>" if version > 6 else "BOOK",
        "name": "<Pty><Nm>Hansen</Nm></Pty>" if version > 7 else "<Nm>Hansen</Nm>",
        "first": '<Amt Ccy="EUR">100.00</Amt>',
        "second": '<AmtDtls><TxAmt><Amt Ccy="EUR">50.00</Amt></TxAmt></AmtDtls>',
    }
    told = CAMT.format(kind=kind, version=f"{version:02d}", **(given | changes))
    for name, older in VERSION_1 if version == 1 else ():
        told = told.replace(name, older)
    return told.encode()


@pytest.mark.parametrize("version", range(1, 15))
@pytest.mark.parametrize("kind", NAMES)
def test_every_version_of_camt_is_read_alike(kind: int, version: int) -> None:
    (statement,) = read_bank_file("x.xml", camt(kind, version))
    first, second = statement.entries

    assert (statement.kind, statement.account) == (NAMES[kind][2], "DE89370400440532013000")
    assert (first.amount.plain, second.amount.plain, statement.moved) == ("100.00", "50.00", 15000)
    assert (first.payer_name, first.payer_account) == ("Hansen", "DE02120300000000202051")
    assert (first.lines, first.references) == (("Invoice 2026-", "0007"), ("RF18539007547034",))
    assert [one.end_to_end for one in statement.entries] == ["E-1", "E-2"]


BALANCE = (
    '<Bal><Tp><Cd>{sort}</Cd></Tp><Amt Ccy="EUR">{told}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
    "<Dt><Dt>2026-03-02</Dt></Dt></Bal>"
)

CAME_BACK = "<RtrInf><RtrRsn><Cd>AC04</Cd></RtrRsn></RtrInf>"


def test_the_first_version_of_camt_has_names_of_its_own() -> None:
    """As its schema has them: balances, accounts without an IBAN, why money came back."""
    balances = [
        BALANCE.format(sort="OPBD", told="1.00"),
        BALANCE.format(sort="CLBD", told="150.00"),
    ]
    told = camt(version=1).decode()
    for name, older in (
        ("<Ntry>", "".join((*balances, "<Ntry>"))),
        ("<IBAN>DE02120300000000202051</IBAN>", "<BBAN>1203 202051</BBAN>"),
        ("</RmtInf>", "<Strd><RfrdDocInf><RfrdDocNb>R-7</RfrdDocNb></RfrdDocInf></Strd></RmtInf>"),
        ("E-2</EndToEndId></Refs>", "E-2</EndToEndId></Refs>" + CAME_BACK),
    ):
        assert name in told
        told = told.replace(name, older)
    (statement,) = read_bank_file("x.xml", told.encode())
    first, second = statement.entries

    assert statement.missing is not None
    assert (statement.missing.plain, first.payer_account) == ("-1.00", "1203202051")
    assert (first.lines[-1], second.return_code) == ("R-7", "AC04")


def test_payments_that_do_not_add_up_to_their_booking_stay_one() -> None:
    (statement,) = read_bank_file("x.xml", camt(second='<Amt Ccy="EUR">49.99</Amt>'))
    (entry,) = statement.entries
    assert (entry.amount.plain, entry.count, entry.lines) == ("150.00", 2, ())


def test_what_is_announced_only_is_not_booked() -> None:
    (statement,) = read_bank_file("x.xml", camt(2, 8, status="<Cd>PDNG</Cd>"))
    assert (statement.moved, [one.is_final for one in statement.entries]) == (0, [False, False])


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (camt(version=15), "is none of camt.052"),
        (camt(first='<Amt Ccy="XXQ">1</Amt>', status="BOOK")[:-20], "no complete XML"),
        (camt().replace(b">150.00<", b">15O.00<"), "line 6: Ntry/Amt: is no amount"),
        (camt().replace(b"CRDT", b"KRDT"), "CdtDbtInd"),
        (camt().replace(b"<IBAN>DE89370400440532013000</IBAN>", b""), "the account is missing"),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><BkToCstmrStmt/>", "document types"),
        (b":20:X\n:25:1\n:60F:C260302EUR1,00\n:61:26030X\n", "line 4: :61:: is no booking"),
        (b":20:X\n:25:1\n:60F:C261302EUR1,00\n", ":60F:: is no day"),
        (b"hello", "is none of"),
        (b"", "is empty"),
        (b" \r\n", "is empty"),
        (b"PK\x03\x04broken", "archive"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(body: bytes, reason: str) -> None:
    with pytest.raises(BankFileError, match=reason) as refused:
        read_bank_file("bank.file", body)
    assert str(refused.value).startswith("bank.file")


def test_a_deep_document_ends_in_words() -> None:
    with pytest.raises(BankFileError, match="deep"):
        read_xml(b"<a>" * 5000 + b"</a>" * 5000, BankFileError)


def test_an_archive_is_read_file_by_file() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("b.xml", camt(3))
        archive.writestr("a.xml", camt(4))
    kinds = [one.kind for one in read_bank_file("day.zip", packed.getvalue())]
    assert kinds == [StatementKind.ADVICE, StatementKind.STATEMENT]


OFX = """OFXHEADER:100
DATA:OFXSGML

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD
<BANKACCTFROM><BANKID>121<ACCTID>999988<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260301<DTEND>20260302
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260302120000[-5:EST]<TRNAMT>119.00<FITID>F-1
<NAME>Hansen &amp; Sons<MEMO>Invoice 2026-0007
</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260302<TRNAMT>-20.00<FITID>F-2<NAME>Fees</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>1099.00<DTASOF>20260302</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"""


@pytest.mark.parametrize(
    "text", [OFX, OFX.replace("OFXHEADER:100\nDATA:OFXSGML\n", '<?OFX OFXHEADER="200"?>')]
)
def test_a_statement_of_ofx_in_both_its_forms(text: str) -> None:
    (statement,) = read_bank_file("x.ofx", text.encode())
    came, went = statement.entries
    assert (statement.account, statement.currency, statement.moved) == ("999988", "USD", 9900)
    assert (came.payer_name, came.lines) == ("Hansen & Sons", ("Invoice 2026-0007",))
    assert (str(came.booked), str(came.refs[0]), came.is_credit) == ("2026-03-02", "bank:F-1", True)
    assert (went.amount.plain, went.is_credit) == ("20.00", False)
    assert statement.closing is not None
    assert statement.closing.money.plain == "1099.00"


def test_ofx_that_was_cut_off_is_no_statement() -> None:
    with pytest.raises(BankFileError, match="OFX: is cut off"):
        read_bank_file("x.ofx", OFX.replace("</OFX>", "").encode())


def test_ofx_that_cannot_be_read_is_refused_with_its_place() -> None:
    with pytest.raises(BankFileError, match="line 7: TRNAMT: is no amount"):
        read_bank_file("x.ofx", OFX.replace("119.00", "ll9.00").encode())


RETURNED = """:20:X
:25:10020030/1234567
:28C:1/1
:60F:C260301EUR100,00
:61:2603020302DR23,80NRTI//BANK-1
:86:109?00RETOURE?20EREF+MANDATE-7?21SVWZ+Retoure?31DE02120300000000202051?32HANSEN?34904
:61:2512310102CR10,NTRFNONREF
:86:/EREF/E-1/NAME/Jansen B.V./IBAN/NL91ABNA0417164300/REMI/USTD//Factuur 2026-0007/
:62F:C260302EUR86,20
-"""


def test_a_returned_debit_and_a_dutch_credit_of_mt940() -> None:
    (statement,) = read_bank_file("x.sta", RETURNED.replace("\n", "\r\n").encode())
    back, came = statement.entries

    assert statement.missing is None
    assert (back.is_credit, back.is_return, back.return_code) == (False, True, "904")
    assert back.returned == ("MANDATE-7",)
    assert (str(came.valued), str(came.booked)) == ("2025-12-31", "2026-01-02")
    assert (came.payer_name, came.payer_account) == ("Jansen B.V.", "NL91ABNA0417164300")
    assert (came.lines, came.end_to_end) == (("Factuur 2026-0007",), "E-1")
