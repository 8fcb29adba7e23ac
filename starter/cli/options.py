"""Options that many commands share, and what their words mean."""

from __future__ import annotations

import getpass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain import ids
from domain.errors import DomainError
from domain.money import Money, parse_money
from domain.words import nearest_word
from starter.cli.errors import NotFoundError, UsageError
from starter.cli.output import Format

if TYPE_CHECKING:  # every command has options: they must not wait for what only some of them need
    from activities.ports.stores.cases import CaseFilter
    from activities.ports.types import CaseFile
    from domain.policy.model import Policy
    from starter.application import Application

Output = Annotated[Format, typer.Option("-o", "--output", help="How data is shown.")]
Creditor = Annotated[
    str,
    typer.Option(envvar="AMICABLE_CREDITOR", help="The company that is owed, by its short id."),
]
CaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="CASE", help="A case such as invoice/acme/2026-0007, or just its number."
    ),
]
Amount = Annotated[str, typer.Option(help="A plain amount, such as 119.00.")]
Currency = Annotated[str, typer.Option(help="ISO code; the invoice's own unless given.")]
MessageId = Annotated[
    str, typer.Option("--id", help="Your own id of it: said twice, it counts once.")
]
By = Annotated[str, typer.Option(help="Who says so; your account's name unless given.")]
Note = Annotated[str, typer.Option(help="Free text for people.")]
Reason = Annotated[str, typer.Option(help="Why, in a word or a sentence.")]
PolicyName = Annotated[
    str,
    typer.Option(
        "--policy",
        help="A policy file, or a shipped one: standard, any_hour. Else what `policy apply` chose.",
    ),
]
OUTPUT = Format.TABLE
CREDITOR = "default"


def case_id(word: str, creditor: str) -> str:
    """Make the id of a case that was given whole or by its number.

    Raises:
        DomainError: if it is no case id.
    """
    return str(ids.CaseId.named(word, creditor))


def case_named(application: Application, word: str, creditor: str) -> str:
    """The id of a case by its id or number; without a creditor the number is looked for.

    Raises:
        UsageError: if several creditors have a case of this number.
        NotFoundError: if nobody has one.
    """
    if creditor or word.startswith(f"{ids.CaseId.KIND}/"):
        return case_id(word, creditor)
    found = [row.case_id for row in application.cases.list(_numbered(word))]
    if len(found) > 1:
        raise UsageError(f"{word} could be {' or '.join(found)}; say --creditor")
    if not found:
        raise NotFoundError(f"there is no case {word}; `amicable invoice list` shows what there is")
    return found[0]


def _numbered(number: str) -> CaseFilter:
    from activities.ports.stores.cases import CaseFilter  # noqa: PLC0415 - a case id needs none

    return CaseFilter(number=number)


def case_known(application: Application, case: str) -> None:
    """Tell that a case is not there, where a list of what belongs to it is empty.

    Raises:
        NotFoundError: if there is no such case.
    """
    if application.cases.row(case) is None:
        raise NotFoundError(f"there is no case {case}; `amicable invoice list` shows what there is")


def customer_known(application: Application, customer: str, creditor: str) -> None:
    """Tell that a customer is not there, where a list of what is theirs is empty.

    Raises:
        NotKnownError: if the creditor has no such customer.
        NotFoundError: if nobody has one; without a creditor those with invoices are looked for.
    """
    if creditor:
        application.customers.debtor(creditor, customer)
    elif not application.cases.list(_of_customer(customer)):
        raise NotFoundError(f"nobody has an invoice for a customer {customer}")


def _of_customer(customer: str) -> CaseFilter:
    from activities.ports.stores.cases import CaseFilter  # noqa: PLC0415 - a case id needs none

    return CaseFilter(customer=customer, limit=1)


def case_file_of(application: Application, word: str, creditor: str) -> CaseFile:
    """Read everything about a case.

    Raises:
        NotFoundError: if there is no such case.
    """
    given = case_id(word, creditor)
    file = application.cases.file(given)
    if file is None:
        raise NotFoundError(
            f"there is no case {given}; `amicable invoice list` shows what there is"
        )
    return file


def money(application: Application, case: str, amount: str, currency: str) -> Money | None:
    """Read an amount in the given currency, else in the case's own; None if none was given."""
    if not amount:
        return None
    own = currency.upper() or case_file_of(application, case, "").invoice.amount.currency
    try:
        return parse_money(amount, own)
    except DomainError as error:
        raise UsageError(f"--{error.field or 'amount'}: {error}") from None


def day(text: str, option: str = "--date") -> date | None:
    """Read an ISO date; None if none was given.

    Raises:
        UsageError: naming the option.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text} is no date; write it like 2026-12-31") from None


def policy_option(word: str) -> Policy:
    """Load the policy of a file, or a shipped one; the standard policy if none is named.

    Raises:
        DomainError: with every problem of the file.
    """
    from domain.policy.policy_file import (  # noqa: PLC0415 - pydantic is slow to load
        SHIPPED,
        parse_policy,
        shipped_policies,
        standard_policy,
    )

    name = word.replace("-", "_")
    if not word:
        return standard_policy()
    if name in SHIPPED:
        return shipped_policies(name)
    if not Path(word).exists() and (meant := nearest_word(name, SHIPPED)):
        raise DomainError(f"there is no file {word}; did you mean the shipped policy {meant}?")
    return parse_policy(read_option(Path(word)), file=word)


def asked(word: str) -> Policy | None:
    """Load the policy that was named; None leaves it to what was chosen before."""
    return policy_option(word) if word else None


def read_option(path: Path) -> str:
    """Read the text of a file.

    Raises:
        DomainError: if it cannot be read as UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DomainError(f"{path} is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise DomainError(f"{path} cannot be read: {error.strerror}") from None


def somebody(by: str) -> str:
    """Name who says so."""
    if by:
        return by
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"
