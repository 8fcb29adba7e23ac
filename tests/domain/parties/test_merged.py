"""What is said about a customer goes over what is known; what is not said stays."""

from dataclasses import replace

from domain.parties.people import Debtor, merged

KNOWN = Debtor(id="C-1", name="Acme", email="a@example.com", zone="Europe/Paris", language="fr")


def test_nothing_is_known_yet() -> None:
    assert merged(KNOWN, None) == KNOWN


def test_what_is_said_counts_and_the_rest_stays() -> None:
    told = Debtor(id="C-1", email="b@example.com", phone="+33123456789")
    assert merged(told, KNOWN) == replace(KNOWN, email="b@example.com", phone="+33123456789")
    assert merged(Debtor(id="C-1"), KNOWN) == KNOWN
