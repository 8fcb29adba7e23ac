"""The bugs that people make here: where, what it becomes, and which tests must notice."""

from tests.mutants.bug import Bug
from tests.mutants.figure_bugs import FIGURES
from tests.mutants.freeze_bugs import FREEZE
from tests.mutants.voice_bugs import COSTS, VOICE

PROTOCOL = "tests/crash/test_protocol.py"

PURE = (
    Bug(
        "money is read through a float",
        "domain/money.py",
        'minor = int(whole + cents.ljust(digits, "0"))',
        'minor = int(float(f"{whole}.{cents or 0}") * 10**digits)',
        ("tests/domain/test_money.py",),
    ),
    Bug(
        "days begin in UTC, not where the debtor lives",
        "domain/calendar.py",
        "time(minutes // 60, minutes % 60), zone(zone_name))",
        "time(minutes // 60, minutes % 60), UTC)",
        ("tests/domain/test_calendar.py",),
    ),
    Bug(
        "the gap between two messages is a day too short",
        "domain/ladder/next_step.py",
        "gap = timedelta(days=self._policy.minimum_gap_days)",
        "gap = timedelta(days=self._policy.minimum_gap_days - 1)",
        ("tests/domain/ladder/test_ladder.py",),
    ),
)

DOMAIN = (
    Bug(
        "a promise is broken at the start of its own day",
        "domain/agreements/promises.py",
        "late_from(policy, calendar, last)",
        "calendar.start_of(last)",
        ("tests/domain/agreements/test_agreements.py", "tests/stories/agreements/test_promises.py"),
    ),
    Bug(
        "a promise still runs at the instant of its check",
        "domain/agreements/promises.py",
        "if now >= promise.plan_b.check_at and not",
        "if now > promise.plan_b.check_at and not",
        ("tests/domain/agreements/test_agreements.py", "tests/stories/agreements/test_promises.py"),
    ),
    Bug(
        "a payment is known by its id alone, whatever its source",
        "domain/ids.py",
        'return f"{self.kind}/{self.source}/{self.id}"',
        'return f"{self.kind}/{self.id}"',
        (PROTOCOL,),
    ),
    Bug(
        "a discount is honoured a moment too late",
        "domain/payments/discounts.py",
        "if at < end]",
        "if at <= end]",
        ("tests/stories/money/test_discounts.py",),
    ),
    Bug(
        "contested invoices are paid like all others",
        "domain/payments/allocation.py",
        "0 if stated else c.disputed",
        "0",
        ("tests/domain/payments/test_payments.py",),
    ),
    Bug(
        "a paid invoice is chased",
        "domain/decision/rules.py",
        "    close_when_settled,\n    reopen_what_is_owed_again,\n    begin",
        "    reopen_what_is_owed_again,\n    begin",
        ("tests/stories/money/test_money.py",),
    ),
)

LEDGER = (
    Bug(
        "a transaction that is only a savepoint: nothing is ever committed",
        "adapters/ledger/account/ledger.py",
        "with self._engine.begin() as connection:\n"
        "            found = _locked(connection, _ACCOUNT_OF",
        "with self._engine.connect() as connection, connection.begin_nested():\n"
        "            found = _locked(connection, _ACCOUNT_OF",
        (PROTOCOL,),
    ),
    Bug(
        "a message's key forgets the episode",
        "adapters/ledger/account/outbound_repository.py",
        '_I.step == bindparam("step"), _I.episode == bindparam("episode"))',
        '_I.step == bindparam("step"))',
        (PROTOCOL, "tests/ledger/outbound/test_sending.py"),
    ),
    Bug(
        "whether a row is new is asked by the row count",
        "adapters/ledger/core/sql.py",
        "    return connection.execute(_adding(table), values).first() is not None",
        "    added_rows = insert(table).on_conflict_do_nothing()\n"
        "    return connection.execute(added_rows, values).rowcount == 1",
        ("tests/ledger/cases/test_facts.py",),
    ),
    Bug(
        "an account is read without its lock",
        "adapters/ledger/account/ledger.py",
        "    .with_for_update(of=account, nowait=True)\n",
        "",
        (PROTOCOL, "tests/ledger/cases/test_locks.py"),
    ),
    Bug(
        "whoever asks meanwhile is not told what is kept back",
        "adapters/ledger/account/scope.py",
        "        self.write()\n        return self._connection",
        "        return self._connection",
        ("tests/ledger/cases/test_together.py",),
    ),
    Bug(
        "what was heard after a decision looks as if it had been seen",
        "adapters/ledger/account/message_repository.py",
        "        if scope.pending.has_saved(case_id):\n            scope.write()\n",
        "",
        ("tests/ledger/cases/test_together.py",),
    ),
    Bug(
        "who is to be woken is read anew, case by case",
        "activities/case_service.py",
        "return told(posted), posted.woken",
        "return told(posted), tuple(self.look(part.case) for part in posted.parts)",
        ("tests/activities/payments/test_one_transaction.py",),
    ),
    Bug(
        "a payment's cases are read one by one",
        "activities/payments/posting.py",
        "with account.together([part.case for part in shared[0]]):",
        "with account.together([]):",
        ("tests/activities/payments/test_one_transaction.py",),
    ),
)

SENDING = (
    Bug(
        "the provider is called before the mark is committed",
        "activities/sending/protocol.py",
        "            return MarkedMessage(outbound=taken, owner=True, account=session.account.id)",
        "            decision = self._post(bundle, taken)\n"
        "            return MarkedMessage(decision=decision or session.decide())",
        (PROTOCOL,),
    ),
    Bug(
        "the last look is taken before the lock",
        "activities/sending/protocol.py",
        "            action = session.wants(turn.step, turn.episode)\n            with companions(",
        "            from activities.sending.bundle import as_planned\n"
        "            action = as_planned(session, turn)\n            with companions(",
        (PROTOCOL,),
    ),
    Bug(
        "whoever finds another's message in flight calls again",
        "activities/sending/protocol.py",
        "if not (claim.owner and mine):",
        "if not mine:",
        (PROTOCOL,),
    ),
    Bug(
        "another's call is judged while it may still be running",
        "activities/sending/protocol.py",
        "if outbound.age < fence:",
        "if outbound.age < timedelta():",
        (PROTOCOL,),
    ),
    Bug(
        "without evidence the message is sent again",
        "activities/sending/protocol.py",
        "if found is Found.NO and complete is not None and outbound.age >= complete:",
        "if found is not Found.YES:",
        (PROTOCOL,),
    ),
    Bug(
        "what was paid meanwhile stays in a message about several invoices",
        "activities/sending/bundle.py",
        "    if file.parked or file.on_hold or file.customer.human_only:\n        return None\n"
        "    state = session.state.seen(sending.at, file.customer.settled)\n"
        "    action = joining(state.facts, file.policy, state.next_action, sending)\n"
        "    if action is None or sending.way.as_used in used_ways(session, action.step):\n"
        "        return None\n"
        "    return BundledCase(session, action)",
        "    wanted = session.file.decision\n"
        "    step = file.policy.step(wanted.step) if wanted else None\n"
        "    return BundledCase(session, Action(do=step.do, at=sending.at, why='', step=step.id,\n"
        "        channels=step.channels, tone=step.tone)) if step else None",
        ("tests/activities/sending/test_bundles.py",),
    ),
    Bug(
        "two messages to one customer are on their way at once",
        "activities/sending/protocol.py",
        "        flying = session.account.outbound.in_flight()\n        if flying:",
        "        flying = None\n        if flying:",
        ("tests/activities/sending/test_bundles_in_trouble.py",),
    ),
    Bug(
        "the emergency hold is not read by the last look",
        "activities/cases/session.py",
        "        if self.file.on_hold and action.do in OUTGOING:\n            return None\n",
        "",
        (PROTOCOL,),
    ),
)

WORKFLOW = (
    Bug(
        "a new run begins although something was heard that is not recorded yet",
        "workflows/invoice.py",
        "        if self._next is None or self._inbox.news:\n"
        '            await self._ask("decide")\n'
        "        elif self._ripe_for_a_new_run():\n"
        "            self._go_on_in_a_new_run()\n",
        "        if workflow.info().is_continue_as_new_suggested():\n"
        "            self._go_on_in_a_new_run()\n"
        "        elif self._next is None or self._inbox.news:\n"
        '            await self._ask("decide")\n',
        ("tests/workflows/test_second_run.py",),
    ),
    Bug(
        "a cancellation is taken for a failed deed",
        "workflows/invoice.py",
        "            if is_cancelled_exception(error):\n                raise\n",
        "",
        ("tests/workflows/test_operators.py",),
    ),
    Bug(
        "a wait that is already over is a wait into the past",
        "workflows/invoice.py",
        "timeout=max(decision.at - self._now(), SHORTEST_WAIT),",
        "timeout=decision.at - self._now(),",
        ("tests/workflows/test_messages.py",),
    ),
)

ALL = (*PURE, *DOMAIN, *FIGURES, *COSTS, *VOICE, *LEDGER, *SENDING, *FREEZE, *WORKFLOW)
