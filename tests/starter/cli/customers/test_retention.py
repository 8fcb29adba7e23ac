"""How long data is kept, on the command line: it is shown before anything is erased."""

from tests.starter.cli.conftest import Shell


def test_a_rule_is_set_shown_and_carried_out_only_when_asked(shell: Shell) -> None:
    assert shell("retention", "show", "--creditor", "quiet", "-o", "json").json["months"] == 0
    told = shell("retention", "set", "36", "--creditor", "quiet", "--by", "ann", "-o", "json")
    assert {"creditor": "quiet", "months": 36, "by": "ann"}.items() <= told.json.items()
    assert told.json["by_itself_from"] is None
    shell("retention", "set", "1201", "--creditor", "quiet", expect=1)

    shown = shell("retention", "run", "--creditor", "quiet", "-o", "json")
    done = shell("retention", "run", "--creditor", "quiet", "--yes", "-o", "json")
    assert shown.json == done.json == []
    assert shell("retention", "show", "--creditor", "quiet", "-o", "json").json["by"] == "ann"


def test_closed_cases_are_counted_before_they_are_archived_and_the_archive_is_verified(
    shell: Shell,
) -> None:
    whose, rule = ("--creditor", "kept"), ("0", "--archive-after", "24", "--by-itself")
    told = shell("retention", "set", *rule, *whose, "-o", "json")
    assert told.json["archive_after"] == 24
    assert told.json["by_itself_from"] > told.json["since"]
    assert shell("retention", "archive", *whose, "-o", "json").json["to_archive"] == 0
    assert shell("retention", "archive", "--yes", *whose, "-o", "json").json["archived"] == 0
    assert shell("retention", "verify", *whose, "-o", "json").json == []
    shell("retention", "bring-back", "R-1", *whose, expect=4)
