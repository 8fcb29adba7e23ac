"""Every workflow that a worker runs."""

from workflows.happenings import DeliverHappenings
from workflows.invoice import InvoiceWorkflow
from workflows.payment import PostPayment
from workflows.reconcile import Reconcile

WORKFLOWS = (InvoiceWorkflow, PostPayment, Reconcile, DeliverHappenings)
