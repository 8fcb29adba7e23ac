"""What erasure empties: for every table which columns, what is kept, and why.

Every text column is named here; a test refuses one that is not.
"""

# ruff: noqa: S608 - these queries are put together from constants of this file only

from __future__ import annotations

from adapters.ledger.erasure.archive import archived_rows

_CASES = "case_id IN (SELECT case_id FROM case_file WHERE {mine})"
THEIR_ROWS = "creditor = :creditor AND customer = :customer"
THEIR_MESSAGES = f"(SELECT id FROM outbound_message WHERE {THEIR_ROWS})"
_THEIR_MESSAGE_IDS = f"""(SELECT id::text FROM outbound_message WHERE {THEIR_ROWS}
  UNION ALL SELECT t.id::text FROM ({archived_rows("outbound_message")}) AS t)"""
THEIR_CHANGED_LETTERS = f"change_id IN (SELECT id FROM letter_change WHERE {THEIR_ROWS})"
THEIR_CASES = _CASES.format(mine=THEIR_ROWS)
THEIR_PAYMENTS = f"(SELECT creditor, source, id FROM payment WHERE {THEIR_ROWS})"

PERSONAL = {
    "message": ("note", "reason", "by_whom", "answer"),
    "deed": ("why",),
    "evidence": ("name", "note", "by_whom", "body"),
    "payment": ("note",),
    "payment_refund": ("note",),
    "outbound_message": ("recipient", "detail", "spoken"),
    "outbound_attempt": ("recipient", "detail"),
    "sent_letter": ("subject", "body"),
    "provider_event": ("raw", "recipient"),
    "contact": ("by_whom",),
    "credit_change": ("why",),
    "credit_limit": ("why",),
    "bureau_report": ("said",),
    "account_flag": ("why",),
    "task": ("title", "detail", "done_note"),
    "case_file": ("decision", "next_why"),
    "contact_point": ("point", "person", "role"),
    "reply": ("sender", "subject", "said", "raw"),
    "reply_file": ("name", "body"),
    "idempotency": ("body",),
    "note": ("said",),
    "console_view": ("label", "sought"),
    "page_link": ("recipient",),
    "letter_change": ("passage", "recipient"),
    "page_proof": ("address",),
    "bank_entry": ("end_to_end", "structured", "lines", "payer_name", "payer_account", "returned"),
    "bank_payer": ("account", "name"),
    "account": (
        *("name", "email", "phone", "customer_class", "sales_rep", "bad_points", "told_by"),
        *("street", "postcode", "town", "attention", "vat_id", "payment_terms"),
    ),
}
"""What is emptied; ids, amounts, dates, states and hashes stay, and so does who did what."""

KEPT = {
    "message": "case_id key kind currency ref content_sha status channel owner approved_by "
    "parts code plan_b",
    "deed": "case_id step do result channel ground outcome",
    "evidence": "case_id ref media_type sha256 role",
    "payment": "creditor source id customer currency invoices content_sha kind",
    "payment_part": "creditor source id case_id allocation",
    "payment_refund": "creditor refund source id by_whom",
    "agency_money": "creditor agency id case_id currency reverses by_whom",
    "outbound_message": "creditor customer state channel provider_id tried",
    "outbound_item": "case_id step",
    "outbound_attempt": "channel result provider_id",
    "sent_letter": "files language",
    "provider_event": "dedupe_key message_id provider kind reason",
    "contact_point": "creditor customer kind",
    "event_outcome": "dedupe_key state",
    "reply": "key channel creditor customer case_id message_id sort state",
    "reply_file": "reply sha256 media_type fate",
    "reply_reading": "reply creditor state",
    "model_use": "creditor",
    "mailbox": "name",
    "page_link": "creditor customer cases by_whom",
    "letter_change": "creditor customer case_id cases ground by_whom",
    "letter_change_end": "how why by_whom message_id",
    "page_link_revoked": "why by_whom",
    "page_proof": "creditor customer code_hash session_hash",
    "online_order": "creditor customer provider reference url cases currency payment",
    "api_key": "id creditor role label sha256",
    "idempotency": "creditor key fingerprint",
    "colleague": "creditor name role",
    "assistant_act": "creditor key_id label person act customer case_id outcome",
    "contact": "creditor customer key what channel case_id",
    "credit_change": "creditor customer before after case_id by_whom",
    "credit_limit": "creditor customer currency by_whom",
    "bureau_report": "creditor customer source currency by_whom",
    "account_flag": "creditor customer flag by_whom",
    "task": "key kind case_id owner status done_by suggestions also",
    "case_file": "case_id creditor customer number currency policy_sha content_sha stage outcome "
    "next_do next_step reference terms terms_now",
    "account": "creditor customer country subdivision zone language opted_out kind credit owner",
    # Marks are hashes: by them a booking is known again, and counts once, after an erasure too.
    "bank_entry": "creditor id account kind currency refs end_to_end_mark words_mark payer_mark "
    "return_code state customer reason why payment by_whom takes_back",
    "bank_proposal": "creditor entry customer cases reason why",
    "bank_payer": "creditor customer learned_from",
    "bank_account": "creditor account currency",
    "remittance": "creditor id customer currency parts by_whom",
    "policy": "sha256 name body",
    "experiment": "creditor id champion_sha challenger_sha by_whom kept",
    "experiment_case": "case_id creditor experiment customer arm",
    "policy_choice": "creditor customer policy_sha by_whom",
    "hold": "scope by_whom",
    "creditor": "id name address email phone contact iban bic pay_link terms sender_name signature "
    "languages reference street postcode town country register tax_number bank",
    "happening": "id creditor customer case_id kind data",
    "webhook_endpoint": "creditor name url kinds",
    "stuck_case": "case_id failure",
    "provider_breaker": "provider",
    "provider_pace": "channel",
    "provider_turn": "channel case_id",
    "round_part": "name failure place",
    "retention_rule": "creditor by_whom",
    "retention_run": "creditor by_whom",
    # Before anything is erased, all that is archived of a customer is brought back.
    "archived_case": "case_id creditor customer with_cases rows sha256",
    "archive_book": "creditor sha256 what by_whom",
    "interest_rate": "jurisdiction source added_by confirmed_by",
    "console_person": "creditor name role zone language subject",
    "console_invitation": "sha256 creditor name by_whom",
    "console_session": "sha256 creditor name opened_by",
    "console_passkey": "id creditor name public_key",
    "worklist": "creditor customer snoozed_by",
    "console_view": "creditor name part by_what",
    "note": "creditor customer case_id by_whom",
    "webhook_delivery": "happening creditor endpoint state last_detail",
}
"""What stays: ids, codes, states, hashes, and the names of the creditor's own people."""


def _blank(table: str, where: str, *names: str) -> str:
    told = ", ".join(f"{name} = ''" for name in names or PERSONAL[table])
    filled = " OR ".join(f"{name} <> ''" for name in names or PERSONAL[table])
    return f"UPDATE {table} SET {told} WHERE ({filled}) AND {where}"


def _own_names(table: str, where: str) -> str:
    """The creditor's own people stay; only the customer's names go."""
    return f"UPDATE {table} SET by_whom = '' WHERE by_whom = ANY(:theirs) AND {where}"


# A reason that is a code is read by the fold; in a plan it names the rhythm of the instalments.
_REASONS = f"""
UPDATE message SET reason = '' WHERE {THEIR_CASES} AND reason <> ''
  AND replace(replace(lower(trim(reason)), '-', '_'), ' ', '_') <> ALL(:codes)
  AND NOT (kind IN ('plan_proposed', 'plan_agreed') AND status = 'applied')
"""
_BODIES = f"UPDATE evidence SET body = '' WHERE {THEIR_CASES} AND length(body) > 0"
_LOOSE = """(
  case_id = '' AND (
    EXISTS (SELECT FROM payment AS p WHERE p.creditor = :creditor AND p.customer = :customer
      AND strpos(task.key, p.source || '/' || p.id) > 0)
    OR strpos(task.key, 'credit/' || :creditor || '/' || :customer || '/') = 1
    OR (strpos(task.key, '/' || :creditor || '/') > 0
      AND strpos(detail, '''customer'': ''' || :customer || '''') > 0)))
"""
THEIR_TASKS = f"({THEIR_CASES} OR {_LOOSE})"
_DONE_TASKS = f"""
UPDATE task SET title = 'erased', detail = '', done_note = ''
WHERE title <> 'erased' AND status <> 'open' AND {THEIR_TASKS}
"""
OPEN_TASKS = (
    f"SELECT key, kind, case_id, title, detail FROM task WHERE status = 'open' AND {THEIR_TASKS}"
)
"""The work that is still to do: it keeps its ids and its money."""

SPEAKERS = f"""
SELECT by_whom FROM message WHERE {THEIR_CASES}
UNION SELECT by_whom FROM evidence WHERE {THEIR_CASES}
UNION SELECT by_whom FROM contact WHERE {THEIR_ROWS}
"""
"""Whoever is named as having said or done something for this customer, or been it."""

COLLEAGUES = """
SELECT name FROM colleague WHERE creditor = :creditor
UNION SELECT owner FROM account WHERE creditor = :creditor AND owner <> ''
"""


# An answer that nobody has routed yet names only the message that it answers.
THEIR_ANSWERS = f"({THEIR_ROWS} OR message_id IN {_THEIR_MESSAGE_IDS})"
_RAW = f"UPDATE reply SET raw = '' WHERE {THEIR_ANSWERS} AND length(raw) > 0"
_ATTACHED = f"""
UPDATE reply_file SET name = '', body = '' WHERE (name <> '' OR length(body) > 0)
  AND reply IN (SELECT key FROM reply WHERE {THEIR_ANSWERS})
"""
# A report that names no message is found by the address, while the address is still known.
THEIR_REPORTS = f"""(message_id IN {_THEIR_MESSAGE_IDS}
  OR (message_id = '' AND recipient <> '' AND recipient IN (
    SELECT lower(email) FROM account WHERE {THEIR_ROWS}
    UNION SELECT lower(point) FROM contact_point WHERE {THEIR_ROWS} AND kind = 'email'
    UNION SELECT lower(recipient) FROM outbound_attempt WHERE message_id IN {THEIR_MESSAGES}
    UNION SELECT lower(t.recipient) FROM ({archived_rows("outbound_attempt")}) AS t)))"""
# What the gateway answered about a case; its repeat is known by the id of its message.
_ANSWERS = f"""
DELETE FROM idempotency WHERE creditor = :creditor AND EXISTS (
  SELECT FROM case_file WHERE {THEIR_ROWS} AND strpos(body, to_json(case_id)::text) > 0)
"""
THEIR_ENTRIES = """(creditor = :creditor AND (customer = :customer OR (customer = '' AND id IN (
    SELECT entry FROM bank_proposal WHERE creditor = :creditor AND customer = :customer))))"""
_ENTRIES = f"""
UPDATE bank_entry SET end_to_end = '', structured = '{{}}', lines = '{{}}', payer_name = '',
  payer_account = '', returned = '{{}}'
WHERE {THEIR_ENTRIES} AND (end_to_end <> '' OR payer_name <> '' OR payer_account <> ''
  OR structured <> '{{}}' OR lines <> '{{}}' OR returned <> '{{}}')
"""
_PAYERS = f"DELETE FROM bank_payer WHERE {THEIR_ROWS}"
# A search that a colleague keeps, where its words or its name are a part of the customer's.
_SEARCHES = """
DELETE FROM console_view WHERE creditor = :creditor AND EXISTS (
  SELECT FROM account AS a WHERE a.creditor = :creditor AND a.customer = :customer AND a.name <> ''
  AND ((sought <> '' AND strpos(lower(a.name), lower(sought)) > 0)
    OR strpos(lower(label), lower(a.name)) > 0))
"""
_DECISIONS = f"""
UPDATE case_file SET next_why = '',
  decision = decision || '{{"why": "", "details": "", "answers": {{}}}}'::jsonb
WHERE {THEIR_ROWS} AND next_why <> ''
"""
_ACCOUNT = f"""
UPDATE account SET name = '', email = '', phone = '', customer_class = '', sales_rep = '',
  street = '', postcode = '', town = '', attention = '', vat_id = '',
  payment_terms = '',
  bad_points = '{{}}', told_by = '{{}}', erased_at = coalesce(erased_at, clock_timestamp())
WHERE {THEIR_ROWS}
"""

ERASE = {
    "message": _blank("message", THEIR_CASES, "note", "answer"),
    "message by": _own_names("message", THEIR_CASES),
    "reason": _REASONS,
    # The step that closed a case says how it ended.
    "deed": _blank("deed", f"{THEIR_CASES} AND \"do\" <> 'close'"),
    "evidence": _blank("evidence", THEIR_CASES, "name", "note"),
    "evidence by": _own_names("evidence", THEIR_CASES),
    "evidence body": _BODIES,
    "payment": _blank("payment", THEIR_ROWS),
    "payment_refund": _blank("payment_refund", f"(creditor, source, id) IN {THEIR_PAYMENTS}"),
    "provider_event": _blank("provider_event", THEIR_REPORTS),
    "outbound_attempt": _blank("outbound_attempt", f"message_id IN {THEIR_MESSAGES}"),
    "sent_letter": _blank("sent_letter", f"message_id IN {THEIR_MESSAGES}"),
    "outbound_message": _blank("outbound_message", THEIR_ROWS),
    "contact": _own_names("contact", THEIR_ROWS),
    "contact_point": _blank("contact_point", THEIR_ROWS),
    "reply": _blank("reply", THEIR_ANSWERS, "sender", "subject", "said"),
    "reply raw": _RAW,
    "reply_file": _ATTACHED,
    "idempotency": _ANSWERS,
    "page_link": _blank("page_link", THEIR_ROWS),
    "letter_change": _blank("letter_change", THEIR_ROWS),
    "page_proof": _blank("page_proof", THEIR_ROWS),
    "bank_entry": _ENTRIES,
    "bank_payer": _PAYERS,
    "credit_change": _blank("credit_change", THEIR_ROWS),
    "credit_limit": _blank("credit_limit", THEIR_ROWS),
    "bureau_report": _blank("bureau_report", THEIR_ROWS),
    "account_flag": _blank("account_flag", f"{THEIR_ROWS} AND flag <> 'erased'"),
    "note": _blank("note", THEIR_ROWS),
    "console_view": _SEARCHES,
    "task": _DONE_TASKS,
    "case_file": _DECISIONS,
    "account": _ACCOUNT,
}
"""One statement for each table, in the order in which they are carried out."""
