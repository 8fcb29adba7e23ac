"""What a policy writes instead of a step for the time from which costs are asked for."""

FROM_DUE = "due"
"""Costs are asked for from the due date on."""
