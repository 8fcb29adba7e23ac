"""The durable shells: they wait, ask and act, and decide nothing."""
