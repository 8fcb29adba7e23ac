"""The same formats as other banks write them: counts and sums right, or refused by name."""

import io
import re
import zipfile
from decimal import Decimal

import pytest

from adapters.bank.bank_files import read_bank_file
from adapters.bank.refused_file import BankFileError
from domain.bank.statement import BankStatement
from tests.adapters.bank.test_bank_files import OFX, camt


def _sums(statements: list[BankStatement]) -> list[str]:
    signed = [
        one.amount.decimal * (1 if one.is_credit else -1) * (1 if one.is_final else 0)
        for statement in statements
        for one in statement.entries
    ]
    return [str(one) for one in signed]


def _mt(entries: str, *, account: str = ":25:NL20INGB0001234567EUR", ends: str = "") -> bytes:
    closing = ends or ":62F:C260302EUR219,00"
    return f":20:P1\n{account}\n:28C:1\n:60F:C260301EUR100,00\n{entries}\n{closing}\n-\n".encode()


DIALECTS = {
    "ING": (
        (
            ":61:260302C119,00NTRFEREF//26061000\n/TRCD/00100/\n"
            ":86:/EREF/E-1//CNTP/NL91ABNA0417164300/ABNANL2A/Jansen BV///REMI/USTD//Factuur 7/"
        ),
        ("Jansen BV", "NL91ABNA0417164300", "Factuur 7"),
    ),
    "Rabobank": (
        (
            ":61:260302C000000000119,00N544EREF//1\nNL91ABNA0417164300\n"
            ":86:/EREF/E-1/BENM//NAME/Jansen BV/REMI/Factuur 7/ISDT/2026-03-02"
        ),
        ("Jansen BV", "", "Factuur 7"),
    ),
    "ABN AMRO": (
        (
            ":61:2603020302C119,N192NONREF\n"
            ":86:/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/Jansen BV/"
            "REMI/Factuu\nr 7/EREF/E-1"
        ),
        ("Jansen BV", "NL91ABNA0417164300", "Factuur 7"),
    ),
    "KBC": (
        (
            ":61:2603020302C119,00NTRFNONREF//KBC1\n"
            ":86:OVERSCHRIJVING VAN BE62510007547061 JANSSENS\nMEDEDELING: FACTUUR 7"
        ),
        ("", "BE62510007547061", "OVERSCHRIJVING VAN BE62510007547061 JANSSENS"),
    ),
    "Sparkasse": (
        (
            ":61:2603020302CR119,00N062NONREF\n"
            ":86:166?00GUTSCHR. UEBERWEISUNG?109310?20EREF+E-1?21SVWZ+Rechnung 7?22 vom M\n"
            "aerz?30COBADEFFXXX?31DE02120300000000202051?32Hansen Gmb?33H?34000"
        ),
        ("Hansen GmbH", "DE02120300000000202051", "Rechnung 7"),
    ),
    "mBank": (
        (
            ":61:2603020302CN119,00NTRFNONREF//B\n"
            ":86:944^00PRZELEW^20FAKTURA 7^3010902590^31PL2711402004"
            "0000300201355387^32JAN^33KOWALSKI"
        ),
        ("JANKOWALSKI", "PL27114020040000300201355387", "FAKTURA 7"),
    ),
    "no funds code, no reference": (
        ":61:260302C119,00NMSC\n:86:INVOICE 7",
        ("", "", "INVOICE 7"),
    ),
    "words that begin with a dash": (
        ":61:2603020302C100,00NTRFX\n:86:INVOICE\n-\n-7\n:61:2603020302C19,00NTRFY\n:86:MORE",
        ("", "", "INVOICE"),
    ),
    "grouped thousands, cents alone": (
        (
            ":61:2603020302C1.118,50NTRFX\n:86:A\n:61:2603020302C,50NTRFX\n:86:B\n"
            ":61:2603020302D1000,00NTRFX"
        ),
        ("", "", "A"),
    ),
    "lines that end as those of old Macs": (
        ":61:2603020302C119,00NTRFX\r:86:INVOICE 7",
        ("", "", "INVOICE 7"),
    ),
}


@pytest.mark.parametrize("bank", DIALECTS)
def test_each_bank_writes_field_86_in_its_own_way(bank: str) -> None:
    entries, told = DIALECTS[bank]
    (statement,) = read_bank_file("x.sta", _mt(entries))
    first = statement.entries[0]
    assert (first.payer_name, first.payer_account, first.lines[0]) == told
    assert (statement.missing, statement.moved, statement.account) == (
        None,
        11_900,
        "NL20INGB0001234567",
    )


def test_a_message_without_its_closing_balance_is_read_and_not_judged() -> None:
    (statement,) = read_bank_file("x.sta", _mt(":61:260302C1,00NTRFX", ends=":64:C260302EUR101,"))
    assert (_sums([statement]), statement.closing, statement.missing) == (["1.00"], None, None)


def test_pages_and_messages_in_one_file_with_their_envelopes() -> None:
    page = _mt(":61:260302C1,00NTRFX", ends=":62M:C260302EUR101,00").decode()
    head = "{1:F01INGBNL2ABXXX0000000000}{2:I940INGBNL2AXBXXXN}{4:\n"
    text = f"{head}{page}}}\n{head}{page.replace(':60F:', ':60M:')}}}\n"
    statements = read_bank_file("x.sta", text.encode())
    assert (_sums(statements), [one.missing for one in statements]) == (["1.00"] * 2, [None] * 2)


def test_days_at_the_turn_of_the_year() -> None:
    (statement,) = read_bank_file(
        "x.sta",
        _mt(":61:2512310102C119,00NTRFX\n:61:2601021231C1,00NTRFX", ends=":62F:C260102EUR220,00"),
    )
    days = [(str(one.valued), str(one.booked)) for one in statement.entries]
    assert days == [("2025-12-31", "2026-01-02"), ("2026-01-02", "2025-12-31")]


def test_an_interim_report_of_mt942_with_its_sums() -> None:
    text = (
        ":20:X\n:25:DE89370400440532013000\n:28C:1/1\n:34F:EURD0,\n:34F:EURC0,\n"
        ":13D:2603021200+0100\n:61:2603020302C119,00NTRFX\n:86:INVOICE 7\n:90C:1EUR119,00\n-"
    )
    (statement,) = read_bank_file("x.942", text.encode())
    assert (_sums([statement]), statement.kind, statement.currency) == (["119.00"], "report", "EUR")


def test_camt_in_an_envelope_with_prefixes_and_two_messages() -> None:
    plain = camt().decode().partition("?>")[2].replace("xmlns=", "xmlns:c=")
    one = re.sub(r"<(/?)(\w)", r"<\1c:\2", plain)
    body = f'<Envelope xmlns="urn:x"><AppHdr/>{one}{one}</Envelope>'
    statements = read_bank_file("x.xml", body.encode())
    assert _sums(statements) == ["100.00", "50.00"] * 2


def test_camt_with_what_is_optional_left_out() -> None:
    plain = camt().decode()
    for gone in (
        "<Ccy>EUR</Ccy>",
        "<Sts><Cd>BOOK</Cd></Sts>",
        "<BookgDt><Dt>2026-03-02</Dt></BookgDt>",
        "<ValDt><Dt>2026-03-03</Dt></ValDt>",
        "<AcctSvcrRef>B-1</AcctSvcrRef>",
        "<Id>S-1</Id><CreDtTm>2026-03-02T18:00:00+01:00</CreDtTm>",
    ):
        plain = plain.replace(gone, "")
    (statement,) = read_bank_file("x.xml", plain.encode())
    assert (_sums([statement]), statement.currency) == (["100.00", "50.00"], "EUR")
    assert {str(one.booked) for one in statement.entries} == {"2026-03-02"}


def test_a_batch_of_which_only_the_count_is_told_stays_one() -> None:
    body = camt().decode()
    start, end = body.index("<TxDtls>"), body.rindex("</NtryDtls>")
    one = "<TxDtls><Refs><EndToEndId>E-1</EndToEndId></Refs></TxDtls>"
    (statement,) = read_bank_file("x.xml", (body[:start] + one + body[end:]).encode())
    (entry,) = statement.entries
    assert (entry.count, entry.amount.plain) == (2, "150.00")


@pytest.mark.parametrize("mark", ["<RvslInd>1</RvslInd>", "<RvslInd>true</RvslInd>"])
def test_a_reversal_and_a_return_with_its_reason(mark: str) -> None:
    body = camt().decode().replace("<CdtDbtInd>CRDT", "<CdtDbtInd>DBIT")
    told = body.replace("<Sts>", f"{mark}<Sts>")
    reason = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>"
    (statement,) = read_bank_file("x.xml", told.replace("</TxDtls>", reason).encode())
    first = statement.entries[0]
    assert (first.is_return, first.return_code, first.is_credit) == (True, "AC04", False)
    assert "E-1" in first.returned


def test_charges_and_five_decimals() -> None:
    body = camt(first='<Amt Ccy="EUR">100.00000</Amt>').decode()
    charges = '<Chrgs><Rcrd><Amt Ccy="EUR">1.00</Amt></Rcrd></Chrgs></TxDtls>'
    body = body.replace(">150.00<", ">150.00000<").replace("</TxDtls>", charges)
    assert _sums(read_bank_file("x.xml", body.encode())) == ["100.00", "50.00"]
    odd = body.replace(">150.00000<", ">150.00001<").encode()
    with pytest.raises(BankFileError, match="line 6: Ntry/Amt"):
        read_bank_file("x.xml", odd)


def test_an_interim_report_need_not_begin_where_the_day_began() -> None:
    balance = (
        '<Bal><Tp><CdOrPrtry><Cd>{}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{}</Amt>'
        "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>"
    )
    told = balance.format("OPBD", "10.00") + balance.format("ITBD", "900.00")
    body = camt(2).decode().replace("<Ntry>", f"{told}<Ntry>").encode()
    assert [one.missing for one in read_bank_file("x.xml", body)] == [None]
    whole = camt(3).decode().replace("<Ntry>", f"{told}<Ntry>").encode()
    assert [one.missing is None for one in read_bank_file("x.xml", whole)] == [False]


def test_an_archive_of_several_formats_with_notes_of_its_maker() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("__MACOSX/._day.xml", b"\x00")
        archive.writestr(".DS_Store", b"\x00")
        archive.writestr("day/a.xml", camt())
        archive.writestr("day/b.sta", _mt(":61:260302C119,00NTRFX"))
        archive.writestr("day/c.ofx", OFX)
    statements = read_bank_file("day.zip", packed.getvalue())
    assert _sums(statements) == ["100.00", "50.00", "119.00", "119.00", "-20.00"]


BAI = """01,BANK,ME,260302,1200,1,80,1,2/
02,ME,BANK,1,260302,1200,USD,2/
03,0012345,USD,010,100000,,,015,120500,,,100,23000,2,V,260302,,400,2500,1,/
16,142,11500,1,BANK1,E-1,HANSEN LLC INVOICE 7/
88,MORE, WORDS
16,165,11500,S,5000/
88,6500,0,BANK2,E-2/
88,INVOICE 8
16,475,2500,,CHK1,,/
49,265500,7/
03,0012346,/
88,USD,010,000,,,015,-100,,/
16,965,100,Z,BANK3,,/
"""


def test_bai2_that_goes_on_within_its_fields_and_without_trailers() -> None:
    first, second = read_bank_file("x.bai2", BAI.encode())
    assert _sums([first]) == ["115.00", "115.00", "-25.00"]
    assert (first.missing, _sums([second])) == (None, ["-1.00"])
    hansen, other, _ = first.entries
    assert (hansen.end_to_end, hansen.lines) == (
        "E-1",
        ("HANSEN LLC INVOICE 7", "MORE, WORDS"),
    )
    assert (other.end_to_end, other.lines, str(other.refs[0])) == (
        "E-2",
        ("INVOICE 8",),
        "entry:BANK2",
    )


def test_ofx_without_ends_of_elements_on_one_line_and_with_marked_text() -> None:
    flat = OFX.replace("\n", "").replace("OFXHEADER:100DATA:OFXSGML", "OFXHEADER:100\n")
    marked = flat.replace("Hansen &amp; Sons", "<![CDATA[Hansen & Sons]]>")
    for text in (flat, marked):
        (statement,) = read_bank_file("x.ofx", text.encode())
        assert _sums([statement]) == ["119.00", "-20.00"]
        assert statement.entries[0].payer_name == "Hansen & Sons"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (_mt(":61:260302C12a,00NTRFX"), "line 5: :61:: is no booking"),
        (_mt(":61:260302C1O,00NTRFX"), "line 5: :61:: is no booking"),
        (_mt(":61:260302X1,00NTRFX"), "line 5: :61:: is no booking"),
        (BAI.replace("16,142,11500", "16,142,1l500").encode(), "line 4: amount: is no amount"),
        (BAI.replace("16,475", "16,777").encode(), "line 9: 16: is no type of a credit"),
        (BAI.replace("1,260302,1200", "1,2603,1200").encode(), "02 as-of date: is no day"),
        (OFX.replace("20260302120000[-5:EST]", "soon").encode(), "DTPOSTED: is no day"),
        (camt().replace(b"2026-03-02T18:00:00+01:00", b"soon"), "is no day"),
        (camt().replace(b'Ccy="EUR"', b""), "line 6: Ntry/Amt"),
        (camt()[:400], "no complete XML"),
    ],
)
def test_every_error_has_its_line(body: bytes, reason: str) -> None:
    with pytest.raises(BankFileError, match=reason):
        read_bank_file("bank.file", body)


def test_no_file_ends_in_anything_but_words() -> None:
    """Every sample cut at every place is read or refused; nothing else comes out."""
    samples = [
        camt(),
        BAI.encode(),
        OFX.encode(),
        *(_mt(entries) for entries, _ in DIALECTS.values()),
    ]
    read = Decimal(0)
    for sample in samples:
        for end in range(0, len(sample), 7):
            try:
                read += len(read_bank_file("x", sample[:end]))
            except BankFileError:
                continue
    assert read
