"""Ids read back as they were written; what is none is refused with the shape."""

import pytest

from domain.errors import DomainError
from domain.ids import (
    UNKNOWN,
    CaseId,
    DeliveryRef,
    PaymentId,
    PaymentKey,
    PaymentName,
    creditor_named,
    is_meant_by,
)
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic


@pytest.mark.parametrize(
    "written",
    [CaseId("acme", "2026-0007"), CaseId("acme", "2026/0007"), CaseId("acme", " / ü %")],
)
def test_a_case_id_is_read_as_it_was_written(written: CaseId) -> None:
    assert CaseId.parse(str(written)) == written
    assert str(written).startswith(CaseId.beginning("acme"))
    assert CaseId.named(str(written), "other") == CaseId.named(written.number, "acme") == written


@pytest.mark.parametrize(
    "text", ["", "invoice", "invoice/acme", "invoice/acme/", "invoice//1", "payment/acme/1"]
)
def test_what_is_no_case_id_is_refused_with_its_shape(text: str) -> None:
    with pytest.raises(DomainError, match="invoice/CREDITOR/NUMBER"):
        CaseId.parse(text)


@pytest.mark.parametrize("own", ["B-1", "2026/B/1", "ü %"])
def test_a_payments_ids_are_read_as_they_were_written(own: str) -> None:
    whole, name = PaymentId("acme", "bank", own), PaymentName("bank", own)

    assert PaymentId.parse(str(whole)) == whole
    assert PaymentName.parse(str(name)) == name
    assert PaymentKey.own_id(str(PaymentKey("payment", "bank", own)), "bank") == own


@pytest.mark.parametrize("text", ["payment", "payment/acme/bank", "invoice/acme/bank/B-1", ""])
def test_what_is_no_payment_id_is_refused_with_its_shape(text: str) -> None:
    with pytest.raises(DomainError, match="payment/CREDITOR/SOURCE/ID"):
        PaymentId.parse(text)


def test_the_creditor_is_told_even_by_an_id_that_cannot_be_read() -> None:
    named = [creditor_named(text) for text in ("invoice/acme/", "order/acme", "payment//x", "")]
    assert named == ["acme", "acme", UNKNOWN, UNKNOWN]


def test_a_message_is_meant_by_its_key_or_by_the_id_that_ends_it() -> None:
    refs = ("B-1", "bank/B-1", "payment/bank/B-1", "-1", "bank", "")
    assert [is_meant_by("payment/bank/B-1", ref) for ref in refs] == [True] * 3 + [False] * 3


def test_news_name_a_channel_or_a_step_of_it() -> None:
    named = (DeliveryRef("email"), DeliveryRef("email", "polite"), DeliveryRef("", "polite"))
    assert [str(ref) for ref in named] == ["email", "email/polite", "/polite"]
    assert tuple(DeliveryRef.parse(str(ref)) for ref in named) == named


def test_keys_of_tasks_begin_with_what_they_share() -> None:
    key = TaskKey.of(TaskTopic.SURPLUS, CaseId("acme", "1"), 500)

    assert str(key) == "surplus/invoice/acme/1/500"
    assert str(key).startswith(TaskKey.beginning(TaskTopic.SURPLUS, CaseId("acme", "1")))
    assert not str(key).startswith(TaskKey.beginning(TaskTopic.SURPLUS, CaseId("acme", "")))
    assert TaskKey.beginning(TaskTopic.OVERDUE) == "overdue/"
    assert str(TaskKey.of(TaskKind.CALL, "a", 1)) == "call/a/1"


def test_a_key_of_a_task_is_read_as_it_was_written() -> None:
    key = TaskKey.of(TaskKind.CREDIT, "acme", "C/1", 3)

    assert TaskKey.parse(str(key)) == key
    assert key.between == "C/1"
    assert TaskKey.of(TaskTopic.OVERDUE, "acme").between == ""
    assert TaskKey.parse("nobody-knows/1") is None
