"""Bugs in money, agreements and the customer as one, and the tests that must notice them."""

from tests.mutants.bug import Bug

COSTS = (
    Bug(
        "interest runs from the due date itself",
        "domain/interest/model.py",
        "start = due + A_DAY",
        "start = due",
        ("tests/domain/interest/test_interest.py",),
    ),
    Bug(
        "the fixed sum is asked for before anything is late",
        "domain/charges/statement.py",
        "    passed = sum(last_day < day for last_day in last_days_of(case))\n",
        "    passed = len(last_days_of(case))\n",
        ("tests/domain/charges/test_costs.py",),
    ),
    Bug(
        "a reversal opens the principal before the costs that were paid last",
        "domain/charges/costs.py",
        "for bucket in reversed(order):",
        "for bucket in order:",
        ("tests/domain/charges/test_costs.py",),
    ),
    Bug(
        "interest stands still at a part payment",
        "domain/charges/costs.py",
        "            self.steps.append((day, self.principal))",
        "                pass",
        ("tests/domain/charges/test_costs.py",),
    ),
    Bug(
        "the discount is refused on its last day",
        "domain/payments/discounts.py",
        "calendar.end_of(last_day)",
        "calendar.start_of(last_day)",
        ("tests/stories/money/test_discounts.py",),
    ),
)

VOICE = (
    Bug(
        "a letter's deadline on a Saturday is over on Monday morning",
        "domain/ladder/deadlines.py",
        "first_day_after_a_bank_day(policy, facts.calendar, deadline)",
        "deadline.fromordinal(deadline.toordinal() + 1)",
        ("tests/stories/ladder/test_deadlines_on_days_off.py",),
    ),
    Bug(
        "one message more than the cap goes out in seven days",
        "domain/contact/contact_book.py",
        "MESSAGES, most) if most",
        "MESSAGES, most + 1) if most",
        ("tests/domain/contact/test_contact_book.py",),
    ),
    Bug(
        "a reminder is brought forward over its invoice's due date",
        "domain/decision/bundling.py",
        " or today <= case.due < day:",
        ":",
        ("tests/activities/sending/test_bundles.py",),
    ),
    Bug(
        "a message speaks of another customer's invoices",
        "adapters/ledger/outbound/bundles.py",
        "    return and_(_C.creditor == creditor, _C.customer == customer, wants, lives)",
        "    return and_(_C.creditor == creditor, _C.customer != '', wants, lives)",
        ("tests/activities/sending/test_voices_apart.py",),
    ),
    Bug(
        "who must not be contacted is written to",
        "domain/decision/small_rules.py",
        "if not facts.customer.human_only or case.outcome or case.closed:",
        "if True:",
        ("tests/stories/contact/test_people_only.py",),
    ),
    Bug(
        "cash only ends while something is still owed",
        "domain/credit/model.py",
        "(was_cash and (standing.holding or standing.owing))",
        "(was_cash and standing.holding)",
        ("tests/domain/credit/test_credit.py",),
    ),
    Bug(
        "an instalment is missed at the start of its day",
        "domain/agreements/plans.py",
        "checks = tuple(late_from(policy, calendar, ",
        "checks = tuple(calendar.start_of(",
        ("tests/stories/agreements/test_plans.py",),
    ),
    Bug(
        "money that was announced after an offer lapsed brings it back",
        "domain/agreements/awaited.py",
        "return coming.announced < last and coming.until",
        "return coming.until",
        ("tests/stories/money/test_agreed_on_its_way.py",),
    ),
    Bug(
        "a webhook may call an address of the inner network",
        "adapters/webhooks/ssrf.py",
        "if closed or not ip.is_global or any(",
        "if closed or any(",
        ("tests/adapters/webhooks/test_webhook_ssrf.py",),
    ),
)
