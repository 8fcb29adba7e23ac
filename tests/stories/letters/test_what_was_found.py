"""What readers once found wrong in letters, each with the test that holds its mending."""

from __future__ import annotations

from pathlib import Path

import pytest

_LETTERS = "adapters/letters"
HELD: dict[str, str] = {
    "the code of an agreement asks for what was agreed": (
        f"{_LETTERS}/test_letters_asked.py"
        "::test_an_agreement_asks_for_what_was_agreed_and_not_for_all_that_is_open"
    ),
    "a code for several invoices names their numbers": (
        f"{_LETTERS}/paying/test_letters_several.py"
        "::test_a_code_for_several_invoices_names_their_numbers_and_never_the_creditor"
    ),
    "an agreement says what is left after it, and of costs": (
        f"{_LETTERS}/test_letters_asked.py"
        "::test_it_says_what_is_left_after_it_and_what_becomes_of_costs"
    ),
    "no interest is asked for on a contested part": (
        "stories/disputes/test_interest_deferred.py::"
    ),
    "a sum with interest says what each further day adds, and the sums add up": (
        f"{_LETTERS}/test_letters_everywhere.py"
        "::test_the_sums_carry_their_signs_and_add_up_line_by_line"
    ),
    "whoever calls names the sum of the letter": "activities/payments/test_one_sum.py::",
    "a preview has the fees that come before it": (
        "stories/letters/test_what_letters_ask.py"
        "::test_a_letter_is_previewed_with_the_fee_that_is_charged_before_it"
    ),
    "a law is cited as the language cites it": (
        f"{_LETTERS}/test_letters_everywhere.py"
        "::test_the_amounts_equal_the_ledger_each_cost_by_itself_with_its_ground"
    ),
    "the last demand has the form of a law, where it is wanted": (
        f"{_LETTERS}/paper/test_letters_notices.py"
        "::test_a_country_that_is_switched_on_gives_the_last_demand_its_form"
    ),
    "one person in Sweden is told how to dispute it": (
        f"{_LETTERS}/paper/test_letters_notices.py"
        "::test_one_person_in_sweden_is_told_how_to_dispute_it_as_one"
    ),
    "Dutch consumers read the days that count from the receipt": (
        "activities/sending/test_free_reminders.py"
        "::test_a_dutch_consumer_is_told_the_days_from_the_receipt_on"
    ),
    "a consumer is not written to as a company": (
        f"{_LETTERS}/text/test_letters_consumers.py::test_one_person_is_addressed_as_one"
    ),
    "a company's paper, with its register data": (
        f"{_LETTERS}/paper/test_letters_paper.py"
        "::test_the_first_page_holds_the_address_and_all_that_is_needed_to_pay"
    ),
    "sum, day and way stand above the fold": (
        f"{_LETTERS}/formats/test_letters_at_a_glance.py"
        "::test_amount_day_and_way_are_above_the_fold_of_a_phone_in_every_letter"
    ),
    "no number breaks": (
        f"{_LETTERS}/formats/test_letters_at_a_glance.py"
        "::test_no_number_account_or_reference_breaks_at_any_width"
    ),
    "terms stand in the language of the letter": (
        f"{_LETTERS}/paper/test_letters_paper.py"
        "::test_terms_stand_in_the_letters_language_and_never_in_another"
    ),
    "what is copied from paper holds no unseen marks": (
        f"{_LETTERS}/formats/test_letters_pdf.py::test_a_reference_is_copied_without_unseen_marks"
    ),
    "a file is named in the letter's language": (
        f"{_LETTERS}/paper/test_letters_paper.py::test_a_file_is_named_in_the_letters_language"
    ),
    "costs are asked for from a step on": "stories/money/test_costs_asked.py::",
    "what is contested is answered in writing": (
        f"{_LETTERS}/answers/test_letters_answers.py"
        "::test_a_dispute_that_was_received_names_who_looks_after_it_and_until_when"
    ),
    "who cannot pay is answered with an offer": (
        f"{_LETTERS}/answers/test_letters_answers.py"
        "::test_who_cannot_pay_reads_an_offer_that_adds_up_and_no_way_to_pay"
    ),
    "the last text message says what follows and whom to call": (
        f"{_LETTERS}/formats/test_letters_short.py"
        "::test_the_last_text_message_says_what_follows_and_whom_to_call"
    ),
    "no list is cut in a narrow terminal": (
        "starter/cli/test_narrow_terminals.py"
        "::test_nothing_is_cut_and_no_line_is_longer_than_the_terminal"
    ),
    "a case's page begins with what comes next": (
        "domain/decision/test_describing.py"
        "::test_the_page_begins_with_what_comes_next_and_names_no_sum_that_is_nothing"
    ),
    "costs of consumers wait for the first word that the law wants": (
        "stories/consumers/test_what_consumers_owe.py"
        "::test_a_belgian_consumer_owes_nothing_before_the_free_days_have_passed"
    ),
}
"""What was found, and the test; a file alone where all of it is about that."""


@pytest.mark.parametrize("found", HELD)
def test_what_was_found_in_letters_is_still_held_by_its_test(found: str) -> None:
    file, _, name = HELD[found].partition("::")
    text = Path("tests", file).read_text("utf-8")

    assert f"def {name}(" in text if name else "def test_" in text
