"""Every workflow that a worker runs."""

from workflows.invoice import InvoiceWorkflow
from workflows.payment import PostPayment
from workflows.reconcile import Reconcile
from workflows.webhooks import DeliverWebhooks

WORKFLOWS = (InvoiceWorkflow, PostPayment, Reconcile, DeliverWebhooks)
