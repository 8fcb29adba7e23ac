"""A billing system tells Amicable of bills and receipts, and asks what is open and deliverable."""

import os
from collections.abc import Iterable

from amicable_client import Amicable, NewCase, NewPayment, RefusedError, every
from domain import Bill, Receipt


def report(bills: Iterable[Bill], receipts: Iterable[Receipt]) -> None:
    """Say everything, each thing once: run again tomorrow, or after a crash, nothing doubles."""
    with Amicable(os.environ["AMICABLE_URL"], key=os.environ["AMICABLE_KEY"]) as amicable:
        for bill in bills:
            amicable.open_case(
                NewCase(
                    number=bill.number,
                    customer=bill.customer,
                    issued=bill.issued,
                    due=bill.due,
                    amount=bill.gross,
                    currency="EUR",
                )
            )
        for receipt in receipts:
            payment = NewPayment(
                id=receipt.id,
                customer=receipt.customer,
                amount=receipt.gross,
                currency="EUR",
                invoices=[receipt.bill],
            )
            try:
                posted = amicable.post_payment(payment)
                print(receipt.id, posted.parts, "left:", posted.left)
            except RefusedError as problem:
                print(receipt.id, "refused:", problem.detail)
        for case in every(amicable.list_cases, open_only=True):
            customer = amicable.show_customer(case.customer)
            print(case.number, case.open, case.currency, "credit:", customer.credit)
