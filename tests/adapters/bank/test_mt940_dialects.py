"""MT940 and MT942 as many banks write them: counts and sums right, payers and words found."""

import pytest

from adapters.bank.bank_files import read_bank_file
from domain.bank.statement import BankStatement


def signed_sums(statements: list[BankStatement]) -> list[str]:
    """What each booking moved; nothing for what is announced only."""
    signed = [
        one.amount.decimal * (1 if one.is_credit else -1) * (1 if one.is_final else 0)
        for statement in statements
        for one in statement.entries
    ]
    return [str(one) for one in signed]


def mt940(entries: str, *, account: str = ":25:NL20INGB0001234567EUR", ends: str = "") -> bytes:
    """Make a message with these bookings."""
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
        ("Jansen BV", "NL91ABNA0417164300", "Factuur 7"),
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
            "aerz?30COBADEFFXXX?31DE02120300000000202051?32Hansen und Soehne Handels Gm?33bH?34000"
        ),
        ("Hansen und Soehne Handels GmbH", "DE02120300000000202051", "Rechnung 7"),
    ),
    "mBank": (
        (
            ":61:2603020302CN119,00NTRFNONREF//B\n"
            ":86:944^00PRZELEW^20FAKTURA 7^3010902590^31PL2711402004"
            "0000300201355387^32JAN^33KOWALSKI"
        ),
        ("JAN KOWALSKI", "PL27114020040000300201355387", "FAKTURA 7"),
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
    (statement,) = read_bank_file("x.sta", mt940(entries))
    first = statement.entries[0]
    assert (first.payer_name, first.payer_account, first.lines[0]) == told
    assert (statement.missing, statement.moved, statement.account) == (
        None,
        11_900,
        "NL20INGB0001234567",
    )


def test_a_message_without_its_closing_balance_is_read_and_not_judged() -> None:
    (statement,) = read_bank_file("x.sta", mt940(":61:260302C1,00NTRFX", ends=":64:C260302EUR101,"))
    assert (signed_sums([statement]), statement.closing, statement.missing) == (
        ["1.00"],
        None,
        None,
    )


def test_pages_and_messages_in_one_file_with_their_envelopes() -> None:
    page = mt940(":61:260302C1,00NTRFX", ends=":62M:C260302EUR101,00").decode()
    head = "{1:F01INGBNL2ABXXX0000000000}{2:I940INGBNL2AXBXXXN}{4:\n"
    text = f"{head}{page}}}\n{head}{page.replace(':60F:', ':60M:')}}}\n"
    statements = read_bank_file("x.sta", text.encode())
    assert (signed_sums(statements), [one.missing for one in statements]) == (
        ["1.00"] * 2,
        [None] * 2,
    )


def test_days_at_the_turn_of_the_year() -> None:
    (statement,) = read_bank_file(
        "x.sta",
        mt940(":61:2512310102C119,00NTRFX\n:61:2601021231C1,00NTRFX", ends=":62F:C260102EUR220,00"),
    )
    days = [(str(one.valued), str(one.booked)) for one in statement.entries]
    assert days == [("2025-12-31", "2026-01-02"), ("2026-01-02", "2025-12-31")]


def test_an_interim_report_of_mt942_with_itssigned_sums() -> None:
    text = (
        ":20:X\n:25:DE89370400440532013000\n:28C:1/1\n:34F:EURD0,\n:34F:EURC0,\n"
        ":13D:2603021200+0100\n:61:2603020302C119,00NTRFX\n:86:INVOICE 7\n:90C:1EUR119,00\n-"
    )
    (statement,) = read_bank_file("x.942", text.encode())
    assert (signed_sums([statement]), statement.kind, statement.currency) == (
        ["119.00"],
        "report",
        "EUR",
    )
