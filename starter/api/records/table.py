"""The routes of customers and records: method, address, name, handler, roles and answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from domain.parties.keys import KeyRole
from starter.api.desk.answers import FileKept
from starter.api.people import bodies as said
from starter.api.people import customers as people
from starter.api.records import bodies, company, replies, routes
from starter.api.schemas import RouteRow

_BILLING, _COLLECTOR = (KeyRole.BILLING,), (KeyRole.COLLECTOR,)
_BOTH = (KeyRole.BILLING, KeyRole.COLLECTOR)
_LOOKING = (*_BOTH, KeyRole.READER)
_CASE, _CUSTOMER = "/v1/cases/{number}", "/v1/customers/{customer}"
_ENTRY, _COLLEAGUE = "/v1/bank/entries/{entry}", "/v1/team/{name}"

_ACCOUNTS, _ACCOUNT = "/v1/bank/accounts", "/v1/bank/accounts/{account}"
_REPLY = "/v1/replies/{key}"
_Account, _Remittance = company.BankAccountShown, replies.RemittanceShown

_Row = tuple[str, str, Callable[..., Any], type[BaseModel]]

_LOOKS: tuple[_Row, ...] = (
    ("/v1/customers", "listCustomers", people.list_debtors_over_http, said.CustomerLines),
    ("/v1/search", "search", people.search_over_http, said.SearchFound),
    (f"{_CUSTOMER}/contacts", "listContacts", people.list_contacts, said.ContactWays),
    (f"{_CASE}/statement", "showStatement", routes.show_statement_over_http, bodies.StatementShown),
    (f"{_CASE}/evidence", "listEvidence", routes.list_evidence, bodies.LineList),
    (f"{_CASE}/evidence/{{sha256}}", "getEvidence", routes.get_evidence, bodies.FileShown),
    ("/v1/payments", "listPayments", routes.payments_over_http, bodies.LineList),
    ("/v1/tasks/{key}", "showTask", routes.task_over_http, bodies.TaskShown),
    ("/v1/replies", "listReplies", replies.list_replies, bodies.LineList),
    (_REPLY, "showReply", replies.show_reply, replies.AnswerShown),
    (f"{_REPLY}/files/{{sha256}}", "getReplyFile", replies.get_reply_file, replies.ReplyFileShown),
    (f"{_REPLY}/remittance", "showRemittance", replies.show_remittance, _Remittance),
    ("/v1/bank/entries", "listBankEntries", routes.list_bank_entries, bodies.LineList),
    (_ENTRY, "showBankEntry", routes.show_bank_entry, bodies.EntryShown),
    (_ACCOUNTS, "listBankAccounts", company.list_bank_accounts, company.BankAccountList),
    ("/v1/creditor", "showCreditor", company.show_creditor, company.CreditorShown),
    ("/v1/hold", "showHold", routes.show_hold, bodies.HoldShown),
    ("/v1/team", "listTeam", routes.team_over_http, bodies.TeamShown),
)
_BY_BOTH: tuple[_Row, ...] = (
    (f"{_CUSTOMER}/contacts", "addContact", people.add_contact, said.ContactWays),
    (f"{_CUSTOMER}/contact-removals", "removeContact", people.remove_contact, said.ContactWays),
    (f"{_CUSTOMER}/flags", "flagCustomer", people.flag_customer, said.WishHeard),
    (f"{_CUSTOMER}/opt-outs", "optOut", people.opt_out_over_http, said.WishHeard),
    (f"{_CASE}/links", "makeLink", people.make_link, said.LinkMade),
    (f"{_CUSTOMER}/links/{{link}}/end", "revokeLink", people.revoke_link, said.LinkRevoked),
    (f"{_CASE}/copies", "keepCopy", routes.keep_copy, FileKept),
    (f"{_ENTRY}/assign", "assignBankEntry", routes.assign_bank_entry, bodies.EntryShown),
    (f"{_ENTRY}/dismiss", "dismissBankEntry", routes.dismiss_bank_entry, bodies.EntryShown),
    (f"{_ENTRY}/undo", "undoBankEntry", routes.undo_bank_entry, bodies.EntryShown),
    (f"{_ACCOUNT}/stop", "stopBankAccount", company.stop_bank_account, _Account),
    (f"{_ACCOUNT}/resume", "resumeBankAccount", company.resume_bank_account, _Account),
    (f"{_REPLY}/remittance", "recordRemittance", replies.record_remittance_over_http, _Remittance),
    ("/v1/hold/on", "holdOn", routes.hold_on, bodies.HoldShown),
    ("/v1/hold/off", "holdOff", routes.hold_off, bodies.HoldShown),
)
_AWAY: tuple[_Row, ...] = (
    (f"{_COLLEAGUE}/away", "colleagueAway", routes.colleague_away, bodies.ColleagueShown),
    (f"{_COLLEAGUE}/back", "colleagueBack", routes.colleague_back, bodies.ColleagueShown),
)


RECORD_ROUTES: tuple[RouteRow, ...] = (
    *(("GET", path, name, call, _LOOKING, answers) for path, name, call, answers in _LOOKS),
    (
        "GET",
        f"{_CUSTOMER}/links",
        "listLinks",
        people.list_links,
        _BOTH,
        said.LinkLines,
    ),
    (
        "GET",
        f"{_CUSTOMER}/data",
        "exportCustomer",
        people.export_over_http,
        _BILLING,
        said.CustomerData,
    ),
    (
        "POST",
        f"{_CUSTOMER}/erasure",
        "eraseCustomer",
        people.erase_over_http,
        _BILLING,
        said.CustomerErased,
    ),
    *(("POST", path, name, call, _BOTH, answers) for path, name, call, answers in _BY_BOTH),
    *(("POST", path, name, call, _COLLECTOR, answers) for path, name, call, answers in _AWAY),
)
"""Every route of customers and records."""
