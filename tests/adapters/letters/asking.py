"""What a letter asks for, read from its code, its bold line and its agreement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import zxingcpp
from PIL import Image

from activities.ports.letter_data import Letter, LetterData
from adapters.letters.letter import LetterContent
from domain.case.model import Case
from domain.charges.statement import CostLine, Statement
from domain.money import Money
from tests.adapters.letters.samples import letter

GERMAN = "DE02120300000000202051"
COSTS = Statement(
    day=date(2026, 2, 4),
    principal=Money(119000, "EUR"),
    lines=(CostLine(name="fee", amount=Money(5975, "EUR"), ground="by the payment terms"),),
    costs_paid=Money(0, "EUR"),
    waived=Money(0, "EUR"),
)


def bold(content: LetterContent) -> list[str]:
    """The sums that stand out in a letter."""
    rows = (*(row for table in content.tables for row in table.rows), *content.totals)
    return [row.value for row in rows if row.weight == "total"]


def code(written: Letter) -> list[str]:
    """The lines of the code to scan; empty if there is none."""
    pictures = [one.body for one in written.attachments if one.cid == "pay-code"]
    if not pictures:
        return []
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(pictures[0])))
    return str(found.text).splitlines()


def coded(money: Money) -> str:
    """A sum as a code holds it: without zeros at its end."""
    plain = money.plain.rstrip("0").rstrip(".") if "." in money.plain else money.plain
    return f"{money.currency}{plain}"


def agreed(case: Case, **more: Any) -> LetterData:
    us = replace(letter().creditor, iban=GERMAN, bic="", pay_link=more.pop("pay_link", ""))
    told: dict[str, Any] = {"do": "acknowledge", "tone": "warm", "deadline": "", "creditor": us}
    told |= {"step": "agreement-1-confirmed", "case": case}
    data: LetterData = letter(**(told | more))
    return data
