"""Where two capabilities meet, both engines tell the same of each, and what is right.

Each invoice is one meeting: 1,000 euros of 5 January that a customer of its own owes since
4 February 2026. Beside what is heard about it stands what must be done in the days after.
"""

from datetime import date
from pathlib import Path

import pytest

from domain.policy.policy_file import standard_policy
from starter.rehearsal.script import ScriptLine
from tests.rehearsal import stage

Heard = tuple[str, str, str, str, str]
"""On which day at ten, what, its amount, its date, its reason."""

MEETINGS: dict[str, tuple[list[Heard], list[str]]] = {
    "A1": (  # settled for us, after all deadlines ran out meanwhile
        [
            ("2026-03-10", "dispute_opened", "", "", ""),
            ("2026-03-25", "dispute_settled", "", "", ""),
        ],
        ["2026-03-25 remind renewed-dispute-settled-1", "2026-04-02 hand_off plan-b"],
    ),
    "A1-holiday": (  # the new deadline is Good Friday: its money can be seen after Easter
        [
            ("2026-03-10", "dispute_opened", "", "", ""),
            ("2026-03-27", "dispute_settled", "", "", ""),
        ],
        ["2026-03-27 remind renewed-dispute-settled-1", "2026-04-08 hand_off plan-b"],
    ),
    "A2": (  # a debit that came back after the invoice was paid in time
        [
            ("2026-02-04", "payment", "1000.00", "", ""),
            ("2026-02-12", "payment_reversed", "", "", ""),
        ],
        ["2026-02-16 remind renewed-money-back-1"],
    ),
    "A2-refund": (  # money that we gave back ourselves
        [("2026-02-04", "payment", "1000.00", "", ""), ("2026-02-12", "refund", "1000.00", "", "")],
        ["2026-02-12 ask_person refunded"],
    ),
    "A6": (  # a cent short of a promise; what was not promised goes on
        [
            ("2026-02-06", "promise", "600.00", "2026-02-12", ""),
            ("2026-02-10", "payment", "599.99", "", ""),
        ],
        [
            "2026-02-09 remind second",
            "2026-02-12 call_task call",
            "2026-02-12 notify_sales sales",
            "2026-02-19 hold_credit credit-hold",
        ],
    ),
    "A7": (  # contested over the promised day: a new day, and nobody is accused
        [
            ("2026-02-06", "promise", "", "2026-02-12", ""),
            ("2026-02-10", "dispute_opened", "", "", ""),
            ("2026-02-16", "dispute_settled", "", "", ""),
        ],
        [
            "2026-02-06 acknowledge agreement-1-confirmed",
            "2026-02-16 acknowledge agreement-1-moved-2026-02-23",
            "2026-02-24 call_task agreement-1-call",
        ],
    ),
    "A1-claim": (  # said to be paid on the last day: told that it is not, before the agency is
        [("2026-03-16", "call_result", "", "", "paid_claim")],
        ["2026-03-18 remind renewed-money-not-come-1", "2026-03-26 hand_off plan-b"],
    ),
    "A2-paused": (  # what came back is still told first after a pause
        [
            ("2026-02-04", "payment", "1000.00", "", ""),
            ("2026-02-10", "payment_reversed", "", "", ""),
            ("2026-02-11", "pause", "", "2026-02-20", ""),
        ],
        ["2026-02-23 remind renewed-money-back-1"],
    ),
    "A2-promise": (  # paid early as promised, and it came back before the promised day
        [
            ("2026-02-06", "promise", "", "2026-02-20", ""),
            ("2026-02-10", "payment", "1000.00", "", ""),
            ("2026-02-18", "payment_reversed", "", "", ""),
        ],
        [
            "2026-02-23 remind renewed-money-back-1",
            "2026-03-03 call_task agreement-1-call",
            "2026-03-03 hold_credit cash-only",
        ],
    ),
    "A7-part": (  # half of what was promised came in time, the other half is contested
        [
            ("2026-02-06", "promise", "", "2026-02-12", ""),
            ("2026-02-09", "dispute_opened", "500.00", "", "price"),
            ("2026-02-11", "payment", "500.00", "", ""),
            ("2026-02-18", "dispute_settled", "", "", ""),
        ],
        [
            "2026-02-18 acknowledge agreement-1-moved-2026-02-25",
            "2026-02-26 call_task agreement-1-call",
        ],
    ),
    "A8": (  # the due date moves out after the formal demand and the hold
        [("2026-02-20", "invoice_corrected", "", "2026-03-20", "")],
        [
            "2026-02-20 release_credit release_credit",
            "2026-03-17 remind gentle",
            "2026-03-23 remind polite",
        ],
    ),
    "A9": (  # settled by credit alone
        [("2026-02-10", "credit_note", "1000.00", "", "")],
        ["2026-02-10 close credited"],
    ),
    "A12": (  # written off by a slip: what was said is not said again
        [("2026-02-20", "write_off", "", "", ""), ("2026-02-23", "write_off_undone", "", "", "")],
        [
            "2026-02-20 close written_off",
            "2026-03-06 demand_letter final",
        ],
    ),
    "A12-deadline": (  # a slip while the last deadline runs shortens nothing
        [("2026-03-10", "write_off", "", "", ""), ("2026-03-12", "write_off_undone", "", "", "")],
        ["2026-03-10 close written_off", "2026-03-17 hand_off plan-b"],
    ),
    "A12-ran-out": (  # a slip over the last deadline: nothing was owed on that day
        [("2026-03-13", "write_off", "", "", ""), ("2026-03-18", "write_off_undone", "", "", "")],
        [
            "2026-03-13 close written_off",
            "2026-03-18 demand_letter renewed-deadline-1",
            "2026-03-26 hand_off plan-b",
        ],
    ),
    "B1-minor": (  # a minor reason that is settled after Plan B was a question
        [
            ("2026-03-09", "dispute_opened", "", "", "invoice_error"),
            ("2026-03-19", "dispute_settled", "", "", ""),
        ],
        [
            "2026-03-17 ask_person plan-b",
            "2026-03-19 remind renewed-dispute-settled-1",
            "2026-03-27 hand_off plan-b-2",
        ],
    ),
    "B3-pause": (  # only the agency can heed a pause
        [("2026-03-20", "pause", "", "", "")],
        ["2026-03-20 inform_agency inform-1"],
    ),
    "B4-agency": (  # less than is chased is nobody's claim
        [("2026-03-20", "payment", "999.60", "", "")],
        [
            "2026-03-20 recall recall",
            "2026-03-20 release_credit release_credit",
            "2026-03-20 ask_person small-rest",
        ],
    ),
    "B1": (  # opened again after the last letter: a word first, then its deadline
        [
            ("2026-03-10", "payment", "1000.00", "", ""),
            ("2026-03-20", "payment_reversed", "", "", ""),
        ],
        [
            "2026-03-23 remind renewed-money-back-1",
            "2026-03-31 hold_credit credit-hold",
            "2026-03-31 hand_off plan-b",
        ],
    ),
    "B2": (  # given back by the agency, paid, and the money went back
        [
            ("2026-05-04", "agency_news", "", "", "returned"),
            ("2026-05-05", "payment", "1000.00", "", ""),
            ("2026-05-21", "payment_reversed", "", "", ""),
        ],
        ["2026-05-21 ask_person returned"],
    ),
    "B3": (  # promised while the agency has it: the agency hears of it
        [("2026-03-20", "promise", "", "2026-03-25", "")],
        ["2026-03-20 inform_agency inform-1"],
    ),
    "B4": (  # a rest below the tolerance
        [("2026-02-10", "payment", "999.80", "", "")],
        ["2026-02-10 ask_person small-rest"],
    ),
    "B6": (  # a promise that the customer wrote
        [
            ("2026-02-06", "replied", "", "", "email"),
            ("2026-02-06", "promise", "", "2026-02-20", ""),
        ],
        ["2026-02-06 acknowledge agreement-1-confirmed"],
    ),
    "C8": (  # one euro was promised: the rest goes on
        [("2026-02-06", "promise", "1.00", "2026-03-05", "")],
        ["2026-02-09 remind second", "2026-02-12 call_task call", "2026-02-12 notify_sales sales"],
    ),
    "on-its-way": (  # a debit of one instalment does not come: only then the plan is over
        [
            ("2026-02-06", "plan_agreed", "", "2026-02-27", "3 monthly"),
            ("2026-02-25", "in_flight", "333.33", "2026-03-10", ""),
        ],
        [
            "2026-02-06 acknowledge agreement-1-confirmed",
            "2026-03-11 hold_credit cash-only",
            "2026-03-11 call_task instalment-1-1-call",
            "2026-03-11 remind instalment-1-1-over",
        ],
    ),
    "on-its-way-offer": (  # announced before the offer's day was over, here after it
        [
            ("2026-02-06", "settlement", "700.00", "2026-02-20", ""),
            ("2026-02-18", "in_flight", "700.00", "2026-02-27", ""),
            ("2026-02-25", "payment", "700.00", "", ""),
        ],
        ["2026-02-06 acknowledge agreement-1-confirmed", "2026-02-25 close paid"],
    ),
    "before-due": (  # what was promised for a day before the due date
        [("2026-01-12", "promise", "", "2026-01-20", "")],
        [
            "2026-02-05 call_task agreement-1-call",
            "2026-02-05 hold_credit cash-only",
            "2026-02-05 remind promise-broken-1",
        ],
    ),
}
LAST = date(2026, 6, 30)


def _told(line: ScriptLine) -> str:
    return " ".join(filter(None, (line.at[:10], line.deed, line.step, line.outcome)))


@pytest.mark.timeout(300)
def test_both_engines_do_the_same_wherever_two_capabilities_meet(tmp_path: Path) -> None:
    policy, names = standard_policy(), ("event", "amount", "date", "reason")
    invoices = [stage.invoice(number, country="DE") for number in MEETINGS]
    events = [
        {"at": f"{day}T09:00:00Z", "invoice": number, **dict(zip(names, said, strict=True))}
        for number, (heard, _) in MEETINGS.items()
        for day, *said in heard
    ]
    rules, temporal = stage.both(stage.script(tmp_path, invoices, events, policy, LAST), policy)

    assert stage.differences(rules, temporal) == []
    for number, (_, expected) in MEETINGS.items():
        told = [_told(line) for line in rules if line.invoice == number]
        assert expected[0] in told, (number, told)
        begin = told.index(expected[0])
        assert told[begin : begin + len(expected)] == expected, number
