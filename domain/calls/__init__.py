"""Phone calls: how one went, and which messages of the case follow from it."""
