"""How long data is kept, on the command line: it is shown before anything is erased."""

from tests.starter.cli.conftest import Shell


def test_a_rule_is_set_shown_and_carried_out_only_when_asked(shell: Shell) -> None:
    assert shell("retention", "show", "--creditor", "quiet", "-o", "json").json["months"] == 0
    told = shell("retention", "set", "36", "--creditor", "quiet", "--by", "ann", "-o", "json")
    assert told.json == {"creditor": "quiet", "months": 36, "by": "ann"}
    shell("retention", "set", "1201", "--creditor", "quiet", expect=1)

    shown = shell("retention", "run", "--creditor", "quiet", "-o", "json")
    done = shell("retention", "run", "--creditor", "quiet", "--yes", "-o", "json")
    assert shown.json == done.json == []
    assert shell("retention", "show", "--creditor", "quiet", "-o", "json").json["by"] == "ann"
