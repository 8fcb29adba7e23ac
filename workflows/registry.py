"""Every workflow that a worker runs."""

from workflows.invoice import InvoiceWorkflow
from workflows.payment import PostPayment
from workflows.reconcile import Reconcile
from workflows.webhooks import DeliverHappenings

WORKFLOWS = (InvoiceWorkflow, PostPayment, Reconcile, DeliverHappenings)
