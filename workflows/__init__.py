"""The workflows: they wait, ask and act, and decide nothing."""
