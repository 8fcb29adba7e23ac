"""The way from a case's page in the Temporal UI back to the console."""

from domain.decision.describing import LONGEST_DETAILS, details_with_link

AT = "https://console.example"


def test_the_page_ends_in_a_link_whatever_signs_a_number_holds() -> None:
    told = details_with_link("**1.00 EUR open**", "invoice/acme/R 1/2)", AT)

    assert told.endswith("(https://console.example/cases/R%201%2F2%29)")
    assert told.startswith("**1.00 EUR open**\n\n")


def test_without_a_console_or_a_page_nothing_is_added() -> None:
    assert details_with_link("x", "invoice/acme/R-1", "") == "x"
    assert details_with_link("", "invoice/acme/R-1", AT) == ""
    assert details_with_link("x", "no case of ours", AT) == "x"
    assert len(details_with_link("x" * LONGEST_DETAILS, "invoice/acme/R-1", AT)) < (
        LONGEST_DETAILS + 200
    )
