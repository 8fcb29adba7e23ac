"""The shells on a real server with a clock per workflow, over a real ledger."""
