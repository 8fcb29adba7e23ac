"""The letter that went out, its preview, and all who look then, name one sum (C4)."""

import re
from datetime import date

import pytest

from activities.services.briefings import BriefingService
from activities.services.previews import PreviewRequest
from adapters.config.settings import Settings
from adapters.ledger.queries import reads
from adapters.ledger.stores.cases import SqlCaseFiles
from domain.briefing.briefing import sums_of
from domain.message_types import MessageType
from domain.parties.tasks import TaskState
from starter.application import Application
from starter.views.case_sheet import case_sheet
from starter.views.looking import View, look_at_case
from tests.activities.payments.test_costs_in_letters import Charged
from tests.activities.sending_harness import Office


def money_in(text: str, label: str) -> str:
    found = re.search(rf"^{label}: EUR ([\d,.]+)$", text, re.MULTILINE)
    return found[1].replace(",", "") if found else ""


@pytest.fixture
def charged(office: Office) -> Charged:
    """An invoice of 1,190.00: 300.00 came, 100.00 are contested, a fee and interest beside it."""
    charged = Charged(office, date(2026, 3, 1))
    case_id = charged.invoice.case_id
    office.desk.say(case_id, MessageType.PAYMENT, {"id": "p1", "amount": "300.00"})
    dispute = {"id": "d1", "amount": "100.00", "reason": "goods"}
    office.desk.say(case_id, MessageType.DISPUTE_OPENED, dispute)
    return charged


def looked_at(office: Office, charged: Charged) -> View:
    file = reads.file_of(office.engine, charged.invoice.case_id)
    assert file is not None
    return look_at_case(file, office.now)


def test_the_letter_its_preview_and_whoever_looks_name_one_sum(
    office: Office, charged: Charged
) -> None:
    application = Application(Settings(), office.engine)
    before = looked_at(office, charged)
    wish = PreviewRequest(step="polite")
    preview = application.letter_previews.write(before.file, office.now, wish)
    asked = money_in(charged.remind(), "Amount owed")
    view = looked_at(office, charged)
    sheet = case_sheet(application, view)
    service = BriefingService(SqlCaseFiles(office.engine), office.clock)
    (due,) = service.prepare([view.file])[0].invoices

    assert asked
    assert money_in(preview.text, "Amount owed") == asked
    assert view.state.statement.total.plain == sheet["to_pay"].plain == due.to_pay.plain == asked
    assert sheet["open"].plain == due.open.plain == "890.00"
    assert view.state.statement.principal.plain == due.chased.plain == "790.00"
    assert f"to pay on 2026-03-11: **{asked} EUR**" in charged.page()
    assert sums_of(due).startswith(
        f"890.00 EUR open, of which 790.00 EUR may be asked for; to pay today: {asked} EUR with "
    )


def test_a_call_task_names_the_sum_of_now_and_keeps_no_old_title_when_it_is_paid(
    office: Office,
) -> None:
    """C7: what is open, and what is to be paid on that day with costs."""
    charged = Charged(office, date(2026, 3, 1))
    charged.remind()
    task, total = charged.call(), charged.statement().total

    assert f"R-9, 1190.00 EUR open, {total} to pay on 2026-03-12 with costs: call" in task.title

    office.desk.say(charged.invoice.case_id, MessageType.PAYMENT, {"id": "p1", "amount": "600.00"})
    charged.page()
    rest = charged.statement().total
    assert f"R-9, 590.00 EUR open, {rest} to pay on 2026-03-12 with costs" in charged.calls()[0]

    office.desk.say(charged.invoice.case_id, MessageType.PAYMENT, {"id": "p2", "amount": "590.00"})
    charged.page()
    assert charged.calls(TaskState.DONE)[0].startswith("R-9, paid: call the customer")
