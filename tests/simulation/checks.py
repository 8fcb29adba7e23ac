"""What must hold after every step: the promises of the properties, and what people were told."""

# One thing: every look that is taken while a simulation runs.

from __future__ import annotations

import re
import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from activities.ports.letter_data import LetterData
from activities.ports.types import CaseFile, Dossier, Envelope
from adapters.ledger.queries import reads
from domain.case.model import Deed
from domain.decision.deeds import WITHOUT_DELAY, moment_of
from domain.decision.state import CaseState, case_state, debtor_calendar
from domain.deed import AGAIN, base_of
from domain.message_types import MESSAGES_TO_DEBTOR, ActionType, Result
from domain.money import Money, parse_money
from domain.parties.customer import PlannedContact, Touch
from domain.wire import Mended
from tests.properties.households import Seen, Spoken, Watched, smallest
from tests.properties.meeting.pressing import (
    no_task_presses_for_what_is_not_asked,
    what_is_handed_over_was_asked_for,
)
from tests.properties.test_whole_lives import (
    OF_AN_AGREEMENT,
    deeds_keep_their_order,
    kept_promises_break_nothing,
    money_is_exact,
    nobody_is_chased_who_need_not_be,
    one_voice,
    order_does_not_matter,
    the_agency_gets_only_what_is_clear,
    what_is_asked_is_what_is_owed,
)
from tests.simulation.books import Books
from tests.simulation.customers import Customer, KnownStreet
from tests.simulation.office import Office
from tests.simulation.processes import Work, here
from tests.simulation.stage import Broken, Stage

AT_EVERY_STEP = (
    money_is_exact,
    no_task_presses_for_what_is_not_asked,
    deeds_keep_their_order,
    kept_promises_break_nothing,
)
AT_THE_END = (what_is_asked_is_what_is_owed, order_does_not_matter)
LATE = timedelta(days=3)
"""No planned step lies undone for longer, whatever fails: the longest outage is shorter."""

_NEWS = text(
    "SELECT c.customer, 'm' AS what, max(m.seq) AS last FROM message m JOIN case_file c"
    " USING (case_id) WHERE m.seq > :m GROUP BY 1 UNION ALL "
    "SELECT c.customer, 'd', max(d.id) FROM deed d JOIN case_file c USING (case_id)"
    " WHERE d.id > :d GROUP BY 1"
)
_ITEMS = text("SELECT case_id, step, episode FROM outbound_item WHERE message_id = :id ORDER BY 1")
_FLYING = text(
    "SELECT customer FROM outbound_message WHERE state = 'in_flight' AND channel <> 'agency'"
    " GROUP BY 1 HAVING count(*) > 1"
)
_MARKED = text(
    "SELECT max(o.in_flight_since) FROM outbound_message AS o"
    " JOIN outbound_item AS i ON i.message_id = o.id"
    " WHERE i.case_id || '/' || i.episode || '/' || i.step = :id"
)
_BANK = text("SELECT customer, id, amount FROM payment WHERE source = 'bank'")
_OVERSPENT = text(
    "SELECT p.id FROM payment p WHERE p.amount <"
    " (SELECT coalesce(sum(amount), 0) FROM payment_part r"
    "   WHERE (r.creditor, r.source, r.id) = (p.creditor, p.source, p.id))"
    " + (SELECT coalesce(sum(amount), 0) FROM payment_refund r"
    "   WHERE (r.creditor, r.source, r.id) = (p.creditor, p.source, p.id))"
)
_HEARD = text(
    "SELECT 1 FROM message WHERE case_id = :case AND key LIKE '%' || :id UNION ALL "
    "SELECT 1 FROM task WHERE case_id = :case AND detail LIKE '%\"' || :id || '\"%'"
)
_UNFINISHED = text("SELECT id FROM outbound_message WHERE state = 'in_flight'")
_RUNNING = text("SELECT case_id FROM case_file WHERE outcome = '' AND NOT parked ORDER BY 1")
_LATE = text(
    "SELECT case_id, next_do, next_at, next_why FROM case_file WHERE outcome = ''"
    " AND NOT parked AND (next_at IS NULL OR next_at < :late) AND recorded_at < :late ORDER BY 1"
)
_CASE = re.compile(r"invoice/acme/[\w-]+")
_ENGLISH_SUM = re.compile(r"^Amount owed: EUR ([\d,.]+)$", re.MULTILINE)


class Watch:
    """Looks at everything after every step, and stops the run at the first broken promise."""

    def __init__(
        self, stage: Stage, office: Office, books: Books, people: Mapping[str, Customer]
    ) -> None:
        self.stage, self.office, self.books, self.people = stage, office, books, people
        self.looks = self.messages = 0
        self.deeds = Counter[str]()
        self._streets: dict[str, KnownStreet] = {}
        self._lives: dict[str, Watched] = {}
        self._known: Counter[str] = Counter()
        self._seen = {"m": 0, "d": 0}
        self._commits = -1
        self._sent: dict[tuple[str, str, int], str] = {}
        self._called: set[str] = set()
        self._late: Counter[tuple[object, ...]] = Counter()
        for channel in office.channels.values():
            channel.before, channel.after = self.calls, self.takes
        office.agency.before = self.files

    def look(self) -> None:
        """Look at every customer about whom anything was written."""
        commits = self.office.ledger.commits
        if commits == self._commits:
            return
        self._commits = commits
        with self.office.ledger.looking.connect() as link:
            news = link.execute(_NEWS, self._seen).all()
            if link.execute(_FLYING).first():
                raise Broken("a customer has two messages on their way at once")
        for _, what, last in news:
            self._seen[what] = max(self._seen[what], last)
        for customer in sorted({row[0] for row in news}):
            self.audit(customer)

    def audit(self, customer: str) -> None:
        """Look at all cases of a customer."""
        self.looks += 1
        for file in self._files(customer):
            self._audit_case(customer, file)

    def _files(self, customer: str) -> list[CaseFile]:
        known = self.people[customer]
        ids = [known.case_id(invoice.number) for invoice in known.invoices]
        return list(reads.files_of(self.office.ledger.looking, ids))

    def _street(self, customer: str, file: CaseFile) -> KnownStreet:
        if customer not in self._streets:
            self._streets[customer] = KnownStreet(self.people[customer], self.stage.now)
        street = self._streets[customer]
        street.ends, street.home.customer = self.stage.now, file.customer
        return street

    def _life(self, street: KnownStreet, state: CaseState) -> Watched:
        case_id = state.invoice.case_id
        life = self._lives.get(case_id)
        if life is None:
            life = self._lives[case_id] = Watched(state, street.ends, street.home)
        before = life.case.open
        life.state, life.cases = state, [state.case]
        for promise in state.case.promises:
            life.asked.setdefault(promise.key, min(before, promise.amount or before))
        return life

    def _audit_case(self, customer: str, file: CaseFile) -> None:
        state, street = case_state(file, self.stage.now), self._street(customer, file)
        life, case_id = self._life(street, state), file.invoice.case_id
        known, self._known[case_id] = self._known[case_id], len(file.deeds)
        life.seen_deeds = [
            Seen(replace(state, deeds=file.deeds[:n]).case, file.customer, file.deeds[n])
            for n in range(known, len(file.deeds))
        ]
        self.deeds.update(seen.deed.do.value for seen in life.seen_deeds)
        for check in AT_EVERY_STEP:
            self._must(check.__name__, case_id, lambda: check(street, life))  # noqa: B023

    def _must(self, name: str, about: str, check: object) -> None:
        try:
            check()  # type: ignore[operator]
        except Broken:
            raise
        except AssertionError as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            raise Broken(f"{about}: {name}: {place.line} {str(error)[:200]}") from error

    def calls(self, envelope: Envelope) -> None:
        """A message is about to leave: everything is looked at anew, by nobody's lock."""
        assert self.office.letters.newest
        data, letter = self.office.letters.newest
        if letter.text != envelope.text:
            raise Broken(f"{envelope.id}: another letter was sent than was written")
        told = {line.case.invoice.case_id: line.statement for line in data.lines}
        if not data.lines and data.statement:
            told[data.case.invoice.case_id] = data.statement
        with self.office.ledger.looking.connect() as link:
            rows = link.execute(_ITEMS, {"id": envelope.id}).all()
        steps = {row.case_id: (row.step, row.episode) for row in rows}
        deeds = [
            self._may_leave(envelope, case, *steps[case], stated.total)
            for case, stated in sorted(told.items())
        ]
        if not any(_is_of_an_agreement(deed) for deed in deeds):
            self._names_its_sums(data, envelope, [one.total.minor for one in told.values()])
        self._pending = deeds

    def _may_leave(
        self, envelope: Envelope, case_id: str, step: str, episode: int, asked: Money
    ) -> Deed:
        file = reads.file_of(self.office.ledger.looking, case_id)
        assert file
        state = case_state(file, self.stage.now)
        customer, number = file.invoice.customer, file.invoice.number
        street, action = self._street(customer, file), state.next_action
        about = f"{case_id} {step} by {envelope.channel}"
        if action.do not in WITHOUT_DELAY and action.step != step:
            raise Broken(f"{about}: the rules want {action.do} {action.step}: {action.why}")
        do = action.do if action.do in MESSAGES_TO_DEBTOR else ActionType.REMIND
        # Hardly late is not late; and what goes along with another message goes now.
        at = min(moment_of(action, self.stage.now), self.stage.now)
        deed = Deed(step=step, do=do, at=at, episode=episode, result=Result.ACCEPTED)
        life = Watched(state, street.ends, street.home)
        life.seen_deeds = [Seen(state.case, file.customer, deed)]
        self._must("chased", about, lambda: nobody_is_chased_who_need_not_be(street, life))
        if (then := state.statement_of(action)).total != asked:
            raise Broken(f"{about}: asks for {asked}, and {then.total} are owed")
        first = file.policy.charges.order[0]  # what money pays first
        paid = self.books.settled(number, file.invoice.amount.minor)
        if first == "principal" and paid and then.principal.minor:
            raise Broken(f"{about}: asks for what was acknowledged as paid")
        self._is_not_stopped(about, envelope, file, do)
        return deed

    def _is_not_stopped(
        self, about: str, envelope: Envelope, file: CaseFile, do: ActionType
    ) -> None:
        customer, now = file.invoice.customer, self.stage.now
        if file.invoice.number in self.books.contested and do is not ActionType.ACKNOWLEDGE:
            raise Broken(f"{about}: all of it is contested")
        if self.books.held or file.on_hold or file.parked:
            raise Broken(f"{about}: on hold or parked")
        if customer in self.books.flagged:
            raise Broken(f"{about}: nobody shall write to this customer")
        if envelope.channel in file.debtor.opted_out:
            raise Broken(f"{about}: the customer does not want this channel")
        calendar, policy = debtor_calendar(file.policy, file.debtor), file.policy
        local = now.astimezone(ZoneInfo(calendar.zone))
        if not policy.opens <= local.hour * 60 + local.minute < policy.closes:
            raise Broken(f"{about}: at {local:%H:%M}, outside the window")

    def _names_its_sums(self, data: LetterData, envelope: Envelope, owed: list[int]) -> None:
        """What an English letter names is what is owed, invoice by invoice."""
        found = _ENGLISH_SUM.findall(envelope.text) if data.debtor.language == "en" else []
        said = [parse_money(one.replace(",", ""), "EUR").minor for one in found]
        if said and said != owed:
            raise Broken(f"{envelope.id}: names {said} and owed are {owed}\n{envelope.text}")

    def takes(self, envelope: Envelope) -> None:
        """A message was taken by the provider: once, and with manners."""
        self.messages += 1
        channel = self.office.channels[envelope.channel]
        if channel.taken[envelope.id] > 1:
            raise Broken(f"{envelope.id}: the same message was sent twice")
        with self.office.ledger.looking.connect() as link:
            rows = link.execute(_ITEMS, {"id": envelope.id}).all()
        asked = {deed.step for deed in self._pending}
        for row in [row for row in rows if row.step in asked]:
            step = (row.case_id, row.step, row.episode)
            if self._sent.setdefault(step, envelope.id) != envelope.id:
                raise Broken(f"{step}: said twice, in two messages")
        case_id = rows[0].case_id
        file = reads.file_of(self.office.ledger.looking, case_id)
        assert file
        street = self._street(file.invoice.customer, file)
        answers = all(deed.do is ActionType.ACKNOWLEDGE for deed in self._pending)
        what = Touch.ANSWER if answers else Touch.MESSAGE
        at = max(deed.at for deed in self._pending)
        contact = PlannedContact(at=at, what=what, channel=envelope.channel)
        self._forget_what_nobody_got(street)
        street.home.spoken.append(Spoken(contact, tuple(self._pending)))
        self.stage.note("sent", *((deed.step, deed.do.value) for deed in self._pending))
        self._must("one voice", case_id, lambda: one_voice(street))

    def _forget_what_nobody_got(self, street: KnownStreet) -> None:
        """What is said again keeps no distance from the message that did not arrive."""
        lost = {base_of(deed.step) for deed in self._pending if AGAIN in deed.step}
        street.home.spoken = [
            said for said in street.home.spoken if not lost & {base_of(d.step) for d in said.deeds}
        ]

    def files(self, dossier: Dossier) -> None:
        """The agency is told something; the first time, everything is looked at anew."""
        if dossier.id in self._called:
            return
        self._called.add(dossier.id)
        case_id = dossier.case.invoice.case_id
        file = reads.file_of(self.office.ledger.looking, case_id)
        assert file
        state, street = case_state(file, self.stage.now), self._street(file.invoice.customer, file)
        if dossier.kind != "case.handed_off" or self._was_marked_before(dossier.id):
            return
        step = dossier.id.rpartition("/")[2]
        deed = Deed(step=step, do=ActionType.HAND_OFF, at=self.stage.now, open=state.case.to_chase)
        life = Watched(state, street.ends, street.home)
        life.seen_deeds = [Seen(state.case, file.customer, deed)]
        self._must("agency", case_id, lambda: the_agency_gets_only_what_is_clear(street, life))

    def round_ended(self, work: Work, began: datetime) -> None:
        """A round that went well leaves alone what was cancelled before it began."""
        if not isinstance(work.result, Mended) or work.result.failed:
            return
        for case_id, since in self.office.temporal.taken_up.items():
            if since < began:
                raise Broken(f"{case_id}: cancelled at {since}, and started again by a round")

    def _was_marked_before(self, ident: str) -> bool:
        """Whether another attempt may have told the agency: then it is told, and called back.

        That is the price of decision 6: a file that may be there does not count as missing.
        """
        with self.office.ledger.looking.connect() as link:
            marked = link.execute(_MARKED, {"id": ident}).scalar_one_or_none()
        work = here()
        return bool(marked and work and marked < work.began)

    def daily(self) -> None:
        """Nothing that is planned lies undone for days, and no case is without a plan."""
        self._nothing_was_lost(days_old=2)
        with self.office.ledger.looking.connect() as link:
            late = link.execute(_LATE, {"late": self.stage.now}).all()
        late = [row for row in late if row.next_at or self._is_owed(row.case_id)]
        # What is due since long ago may have been decided today: it has to be so for some days.
        self._late = Counter({one: self._late[one] + 1 for one in map(tuple, late)})
        late = [row for row in late if self._late[tuple(row)] > LATE.days]
        if late:
            worst = late[0]
            told = f"{worst.next_do} is due since {worst.next_at} ({worst.next_why})"
            raise Broken(f"{worst.case_id}: {told}")

    def _is_owed(self, case_id: str) -> bool:
        """Whether a case owes what is worth a word: only then its silence has to end."""
        file = reads.file_of(self.office.ledger.looking, case_id)
        assert file
        return case_state(file, self.stage.now).case.to_chase >= smallest(file.policy)

    def told_of(self, broken: str) -> list[str]:
        """List what was said and done about the cases that a broken promise names."""
        lines = [broken]
        for case_id in sorted(set(_CASE.findall(broken))):
            file = reads.file_of(self.office.ledger.looking, case_id)
            facts = [*file.recorded, *file.deeds] if file else []
            customer = self.people[file.invoice.customer] if file else None
            lines += [case_id, repr(file.invoice if file else ""), *map(repr, facts)]
            lines += [customer.persona, repr(customer.acts)] if customer else []
        return lines

    def finish(self, customers: Sequence[Customer]) -> None:
        """At the end, when faults have stopped, everything is at rest and adds up."""
        self._is_at_rest()
        self._nothing_was_lost()
        for customer in customers:
            for file in self._files(customer.id):
                self._audit_case(customer.id, file)
                street = self._street(customer.id, file)
                life = self._lives[file.invoice.case_id]
                for check in (*AT_THE_END, what_is_handed_over_was_asked_for):
                    self._must(check.__name__, file.invoice.case_id, lambda: check(street, life))  # noqa: B023

    def _is_at_rest(self) -> None:
        """No message is on its way, and exactly the open cases have a running workflow."""
        with self.office.ledger.looking.connect() as link:
            flying, cases = link.execute(_UNFINISHED).all(), link.execute(_RUNNING).scalars()
            open_ones = set(cases)
        runs = self.office.temporal.runs.values()
        alive = {run.case for run in runs if run.status == "running"}
        if flying:
            raise Broken(f"{flying[0].id}: still on its way, days after all faults stopped")
        if open_ones != alive:
            raise Broken(f"{sorted(open_ones ^ alive)}: open without a run, or the other way round")

    def _nothing_was_lost(self, days_old: int = 0) -> None:
        """What the bank was answered is in the ledger, once; what was signalled was heard."""
        heard_by = self.stage.now - timedelta(days=days_old)
        with self.office.ledger.looking.connect() as link:
            kept = {(row.customer, row.id): row.amount for row in link.execute(_BANK)}
            if spent := link.execute(_OVERSPENT).first():
                raise Broken(f"payment {spent.id}: more was made of it than came in")
        odd = sorted(self.books.payments.items() - kept.items())
        odd += sorted(kept.items() - self.books.payments.items()) if not days_old else []
        if odd:  # while it is played, what nobody was answered yet may be in the ledger already
            raise Broken(f"acknowledged and kept payments differ: {odd[:4]}")
        told = [(one, ident) for one, (ident, at) in self.books.signalled.items() if at <= heard_by]
        for case_id, ident in sorted(told):
            with self.office.ledger.looking.connect() as link:
                if not link.execute(_HEARD, {"case": case_id, "id": ident}).first():
                    raise Broken(f"{case_id}: {ident} was signalled and nobody heard it")


def _is_of_an_agreement(deed: Deed) -> bool:
    """Whether a message speaks of what was agreed: that asks for other sums than the invoice."""
    return deed.do is ActionType.ACKNOWLEDGE or bool(OF_AN_AGREEMENT.fullmatch(deed.step))
