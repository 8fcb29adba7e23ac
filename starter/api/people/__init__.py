"""Addresses about customers and the team: ways of contact, wishes, data, links, absences."""
