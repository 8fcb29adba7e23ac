"""Routes for the company that is owed: what letters say of it, and its bank accounts."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from fastapi.responses import JSONResponse
from pydantic import ConfigDict

from activities.ports.stores.errors import NotKnownError
from domain.parties.people import Creditor
from starter.api.dependencies import Ask, Asked, shown_json
from starter.api.fields import Strict
from starter.api.reading import named_object
from starter.api.schemas import Shown
from starter.views.bank_lines import account_line
from starter.views.records.record_lines import creditor_sheet

_Account = Annotated[
    str, Path(description="The account, as the list shows it; a slash is %2F.", min_length=1)
]


class CreditorShown(Shown):
    """The company that is owed: what every message says about its sender."""

    id: str
    name: str


class BankAccountShown(Shown):
    """A bank account, the last day that a statement spoke of, and whether the next is awaited."""

    account: str
    known_until: str
    waits: bool


class BankAccountList(Shown):
    """The creditor's bank accounts."""

    items: list[BankAccountShown]


class AccountWish(Strict):
    """Nothing is needed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}]})


def show_creditor(ask: Asked) -> JSONResponse:
    """Show what is known about the company whose key this is; nothing, if nobody told yet."""
    try:
        company = ask.application.creditors.show(ask.creditor)
    except NotKnownError:
        company = Creditor(id=ask.creditor, name="")
    return shown_json(creditor_sheet(company))


def list_bank_accounts(ask: Asked) -> JSONResponse:
    """List bank accounts, and up to which day each is known: older data ask for no money."""
    found = ask.application.bank.entries.accounts(ask.creditor)
    return shown_json({"items": [account_line(one) for one in found]})


def stop_bank_account(account: _Account, _nothing: AccountWish, ask: Asked) -> JSONResponse:
    """Wait no more for statements of an account, such as a closed one."""
    return _awaited(account, ask, on=False)


def resume_bank_account(account: _Account, _nothing: AccountWish, ask: Asked) -> JSONResponse:
    """Wait for statements of an account again."""
    return _awaited(account, ask, on=True)


def _awaited(account: str, ask: Ask, *, on: bool) -> JSONResponse:
    named, bank = named_object(account, "bank account"), ask.application.bank.entries
    bank.set_active(ask.creditor, named, on=on)
    told = next(one for one in bank.accounts(ask.creditor) if one.account == named)
    return shown_json(account_line(told))
