"""The names other programs know us by in Temporal; they stand in histories: never change them."""

from collections.abc import Mapping
from types import MappingProxyType

TASK_QUEUE = "amicable"
"""Where cases run and are decided, and where other programs start workflows."""

TASK_QUEUES: Mapping[str, str] = MappingProxyType(
    {"decide": TASK_QUEUE, "send": "amicable-send", "background": "amicable-background"}
)
"""The task queue of each duty that a worker may have."""

INVOICE_WORKFLOW = "InvoiceWorkflow"
PAYMENT_WORKFLOW = "PostPayment"
RECONCILE_WORKFLOW = "Reconcile"
HAPPENINGS_WORKFLOW = "DeliverHappenings"

PLANNED_WAIT = "PlannedWait"
"""The failure of an attempt that waits until no message can be on the wire any more."""

HELD_UP = "Busy"
"""The failure of an attempt that found the account in another's hands."""

SEARCH_ATTRIBUTES: Mapping[str, str] = MappingProxyType(
    {
        "Stage": "Keyword",
        "Creditor": "Keyword",
        "Customer": "Keyword",
        "Currency": "Keyword",
        "DueDate": "Datetime",
    },
)
"""What a person can search cases by, and its type; ids only, never a name or an address."""
