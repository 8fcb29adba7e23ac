"""Tasks for people, the collectors' team, and escalation of what nobody did."""
