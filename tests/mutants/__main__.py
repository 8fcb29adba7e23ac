"""`make mutants`: every seeded bug must be caught, and of those drawn at random nineteen in twenty.

`python -m tests.mutants WORD` plants the seeded bugs whose name has the word;
`python -m tests.mutants drawn [HOW_MANY] [SEED]` only those that are drawn.
"""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tests.mutants.bug import Bug
from tests.mutants.bugs import ALL
from tests.mutants.drawing import draw
from tests.mutants.hunt import Verdict, copy_of_the_project, hunt
from tests.mutants.survivors import EQUAL

DRAWN = 200
LEAST_CAUGHT_PERCENT = 95


def main(*wanted: str) -> int:
    """Hunt what is asked for; 1 if a seeded bug survives, or too many of those drawn."""
    if wanted[:1] == ("drawn",):
        number, seed = (*map(int, wanted[1:]), *(DRAWN, 1)[len(wanted) - 1 :])
        return _drawn(number, seed)
    word = wanted[0] if wanted else ""
    seeded = _seeded([bug for bug in ALL if word in bug.name])
    return seeded if word else max(seeded, _drawn(DRAWN, 1))


def _seeded(bugs: Sequence[Bug]) -> int:
    survivors = [one for one in _hunted(bugs) if not one.caught]
    return 1 if survivors else 0


def _drawn(number: int, seed: int) -> int:
    bugs = [bug for bug in draw(number, seed) if bug.place not in EQUAL]
    verdicts = [one for one in _hunted(bugs) if one.name in {bug.name for bug in bugs}]
    caught = sum(one.caught for one in verdicts)
    Console().print(f"drawn with seed {seed}: {caught} of {len(verdicts)} caught")
    return 0 if caught * 100 >= LEAST_CAUGHT_PERCENT * len(verdicts) else 1


def _hunted(bugs: Sequence[Bug]) -> list[Verdict]:
    table = Table("bug", "caught", "s", "seen by")
    console = Console()
    verdicts = []
    with copy_of_the_project() as application, console.status("planting bugs") as status:
        for done, verdict in enumerate(hunt(application, bugs)):
            status.update(f"{done} of {len(bugs)}: {verdict.name}")
            verdicts.append(verdict)
            mark = "yes" if verdict.caught else "[bold red]NO"
            table.add_row(verdict.name, mark, f"{verdict.seconds:.0f}", verdict.seen)
    console.print(table)
    return verdicts


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
