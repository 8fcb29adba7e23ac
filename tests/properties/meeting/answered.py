"""The Plan B that is answered to who records an agreement is what follows if nobody says more."""

from domain.agreements.numbering import promise_number
from domain.agreements.text import WITH_AGENCY, what_follows
from domain.case.agreement_types import Plan, Promise, Settlement
from domain.case.model import Case
from domain.fold.fold import fold
from domain.message_types import ActionType
from tests.properties.households import Street, Watched

Agreement = Promise | Plan | Settlement


def the_plan_b_that_was_answered_follows(street: Street, life: Watched) -> None:
    """B3: look at the agreement that was heard last, and at what was done after it."""
    said = sorted(life.state.messages, key=lambda message: message.at)
    if not said:
        return
    last = said[-1]
    done = [deed for deed in life.deeds if deed.at < last.at]
    case = fold(life.invoice, said, done, life.state.ground).case
    agreed = next((one for one in _agreed(case) if one.key == last.key), None)
    if agreed is None or (isinstance(agreed, Plan) and agreed.accepted_at is None):
        return
    later = [deed for deed in life.deeds if deed.at >= last.at]
    if what_follows(case, agreed) == WITH_AGENCY:
        assert not [deed for deed in later if deed.is_message]
        assert any(deed.do is ActionType.INFORM_AGENCY for deed in later), "the agency is not told"
        return
    if _is_kept_or_held(street, life, agreed):
        return
    spoken = [deed for deed in later if deed.at >= agreed.plan_b.check_at]
    assert any(deed.do in (ActionType.REMIND, ActionType.ASK_PERSON) for deed in spoken), "silence"
    if isinstance(agreed, Promise):
        name = f"promise-broken-{promise_number(case, agreed)}"
        assert any(deed.step == name for deed in spoken), f"no {name}"


def _agreed(case: Case) -> tuple[Agreement, ...]:
    return (*case.promises, *case.plans, *case.settlements)


def _is_kept_or_held(street: Street, life: Watched, agreed: Agreement) -> bool:
    case, customer = life.case, street.home.customer
    held = case.paused or case.contested or case.undisputed <= case.slack or customer.human_only
    return bool(held or case.closed or case.outcome or customer.all_in_favour())
