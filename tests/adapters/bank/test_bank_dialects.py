"""The same formats as other banks write them: counts and sums right, or refused by name."""

import io
import re
import zipfile

import pytest

from adapters.bank.bank_files import read_bank_file
from adapters.bank.refused_file import BankFileError
from tests.adapters.bank.test_bank_files import OFX, camt
from tests.adapters.bank.test_mt940_dialects import DIALECTS, mt940, signed_sums


def test_camt_in_an_envelope_with_prefixes_and_two_messages() -> None:
    plain = camt().decode().partition("?>")[2].replace("xmlns=", "xmlns:c=")
    one = re.sub(r"<(/?)(\w)", r"<\1c:\2", plain)
    body = f'<Envelope xmlns="urn:x"><AppHdr/>{one}{one}</Envelope>'
    statements = read_bank_file("x.xml", body.encode())
    assert signed_sums(statements) == ["100.00", "50.00"] * 2


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
    assert (signed_sums([statement]), statement.currency) == (["100.00", "50.00"], "EUR")
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
    assert signed_sums(read_bank_file("x.xml", body.encode())) == ["100.00", "50.00"]
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
        archive.writestr("day/b.sta", mt940(":61:260302C119,00NTRFX"))
        archive.writestr("day/c.ofx", OFX)
    statements = read_bank_file("day.zip", packed.getvalue())
    assert signed_sums(statements) == ["100.00", "50.00", "119.00", "119.00", "-20.00"]


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
    assert signed_sums([first]) == ["115.00", "115.00", "-25.00"]
    assert (first.missing, signed_sums([second])) == (None, ["-1.00"])
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
        assert signed_sums([statement]) == ["119.00", "-20.00"]
        assert statement.entries[0].payer_name == "Hansen & Sons"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (mt940(":61:260302C12a,00NTRFX"), "line 5: :61:: is no booking"),
        (mt940(":61:260302C1O,00NTRFX"), "line 5: :61:: is no booking"),
        (mt940(":61:260302X1,00NTRFX"), "line 5: :61:: is no booking"),
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
        *(mt940(entries) for entries, _ in DIALECTS.values()),
    ]
    read = 0
    for sample in samples:
        for end in range(0, len(sample), 7):
            try:
                read += len(read_bank_file("x", sample[:end]))
            except BankFileError:
                continue
    assert read
