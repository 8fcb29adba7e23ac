"""Bank statements on the command line: money finds its invoice, and a person decides the rest."""

from typing import Any

from tests.starter.cli.conftest import Shell

HEADER = "number,customer,customer_name,issued,due,currency,amount"


def statement(*credits_of: tuple[str, str, str], opening: int = 100) -> str:
    """A day's statement: sums in whole euro, payers and what they wrote."""
    whole = opening + sum(int(amount) for amount, _, _ in credits_of)
    lines = [
        part
        for amount, payer, text in credits_of
        for part in (
            f":61:2603020302CR{amount},00NTRFNONREF",
            f":86:/EREF/E-{amount}/NAME/{payer}/REMI/USTD//{text}/",
        )
    ]
    head = (":20:S", ":25:10020030/1234567", ":28C:1/1", f":60F:C260301EUR{opening},00")
    return "\n".join((*head, *lines, f":62F:C260302EUR{whole},00", "-", ""))


def opened(shell: Shell, creditor: str, *numbers: str) -> None:
    rows = [f"{n},C-{n},Firma {n} GmbH,2026-01-02,2035-02-01,EUR,119.00" for n in numbers]
    file = shell.write(f"{creditor}.csv", "\n".join([HEADER, *rows, ""]))
    shell("invoice", "import", file, "--creditor", creditor)


def imported(shell: Shell, creditor: str, text: str, *more: str, expect: int = 0) -> Any:
    file = shell.write(f"{creditor}.sta", text)
    words = ("bank", "import", file, "--creditor", creditor, "-o", "json", *more)
    ended = shell(*words, expect=expect)
    return ended.json if not expect else ended.err


def entries(shell: Shell, creditor: str, *more: str) -> list[dict[str, Any]]:
    words = ("bank", "list", "--creditor", creditor, "-o", "json", *more)
    found: list[dict[str, Any]] = shell(*words).json
    return found


def left(shell: Shell, creditor: str, number: str) -> str:
    found = shell("invoice", "show", f"invoice/{creditor}/{number}", "-o", "json").json
    return str(found["open"])


def test_money_that_names_its_invoice_is_posted_once(shell: Shell) -> None:
    opened(shell, "bk", "RE-2026-01", "RE-2026-02")
    text = statement(("119", "Firma RE-2026-01 GmbH", "RE-2026-01"), ("50", "Nobody", "thanks"))
    told = imported(shell, "bk", text)
    assert (told["entries"], told["asked"]) == (2, 1)
    assert (left(shell, "bk", "RE-2026-01"), left(shell, "bk", "RE-2026-02")) == ("0.00", "119.00")
    again = imported(shell, "bk", text)
    assert (again["known"], again["asked"]) == (2, 0)
    assert [(one["amount"], one["state"]) for one in entries(shell, "bk", "--state", "open")] == [
        ("50.00", "open")
    ]


def test_a_person_assigns_undoes_and_dismisses(shell: Shell) -> None:
    opened(shell, "bp", "RE-2026-03")
    imported(shell, "bp", statement(("60", "Nobody", "some money")))
    (one,) = entries(shell, "bp")
    words = ("--creditor", "bp", "--by", "ann", "-o", "json")
    done = shell("bank", "assign", one["entry"], "RE-2026-03", *words).json
    assert (done["state"], done["by"], left(shell, "bp", "RE-2026-03")) == (
        "posted",
        "ann",
        "59.00",
    )
    undone = shell("bank", "undo", one["entry"], *words).json
    assert (undone["state"], left(shell, "bp", "RE-2026-03")) == ("open", "119.00")
    gone = shell("bank", "dismiss", one["entry"], *words, "--note", "a tax refund").json
    assert gone["state"] == "dismissed"
    shown = shell("bank", "show", one["entry"], "--creditor", "bp", "-o", "json").json
    assert (shown["payer"], shown["text"]) == ("Nobody", ["some money"])


def test_a_statement_that_does_not_add_up_is_refused(shell: Shell) -> None:
    opened(shell, "bu", "RE-2026-04")
    text = statement(("119", "X", "RE-2026-04")).replace("EUR219", "EUR300")
    said = imported(shell, "bu", text, expect=1)
    assert "81.00" in said
    assert left(shell, "bu", "RE-2026-04") == "119.00"
    assert imported(shell, "bu", text, "--unbalanced")["entries"] == 1


def test_an_account_that_was_closed_is_waited_for_no_more(shell: Shell) -> None:
    opened(shell, "ba", "RE-2026-05")
    imported(shell, "ba", statement(("10", "X", "a rest")))
    (account,) = shell("bank", "accounts", "--creditor", "ba", "-o", "json").json
    assert (account["known_until"], account["closing"]) == ("2026-03-02", "110.00")
    stop = ("bank", "accounts", "--stop", account["account"], "--creditor", "ba", "-o", "json")
    assert shell(*stop).json[0]["waits"] is False
