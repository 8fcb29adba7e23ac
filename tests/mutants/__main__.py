"""`make mutants`: every seeded bug must be caught, and of those drawn at random nineteen in twenty.

`python -m tests.mutants WORD` plants the seeded bugs whose name has the word;
`python -m tests.mutants drawn [HOW_MANY] [SEED] [--record FOLDER]` only those that are drawn;
with a folder, what the tests run and what they saw is kept there and used again;
`python -m tests.mutants simulation [WORD]` those that are sought by a simulation.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.mutants.bug import Bug
from tests.mutants.bugs import ALL
from tests.mutants.drawing import draw
from tests.mutants.hunt import Verdict, copy_of_the_project, hunt
from tests.mutants.records.keeping import Keep
from tests.mutants.seeking import seek
from tests.mutants.survivors import EQUAL
from tests.simulation.bugs import SIMULATED_BUGS, seek_by_simulation

CONSOLE = Console()
DRAWN = 200
LEAST_CAUGHT_PERCENT = 95


def main(*wanted: str) -> int:
    """Hunt what is asked for; 1 if a seeded bug survives, or too many of those drawn."""
    if wanted[:1] == ("drawn",):
        figures, _, folder = (" ".join(wanted[1:])).partition("--record ")
        given = [int(figure) for figure in figures.split()]
        number, seed = (*given, *(DRAWN, 1)[len(given) :])
        return _drawn(number, seed, Keep(Path(folder)) if folder else None)
    if wanted[:1] == ("simulation",):
        return _simulated(*wanted[1:])
    word = wanted[0] if wanted else ""
    seeded = _seeded([bug for bug in ALL if word in bug.name])
    return seeded if word else max(seeded, _drawn(DRAWN, 1))


def _seeded(bugs: Sequence[Bug]) -> int:
    with copy_of_the_project() as application:
        verdicts = _shown(hunt(application, bugs), len(bugs))
    return 0 if all(one.caught for one in verdicts) else 1


def _simulated(word: str = "") -> int:
    """Show which bugs a simulation sees; whether each is seen is not asked for here."""
    number = len([bug for bug in SIMULATED_BUGS if word in bug.name])
    _shown(seek_by_simulation(word), number)
    return 0


def _drawn(number: int, seed: int, keep: Keep | None = None) -> int:
    every = draw(number, seed)
    bugs = [bug for bug in every if bug.place not in EQUAL]
    verdicts = _shown(seek(bugs, keep), len(bugs))
    caught = sum(one.caught for one in verdicts)
    for one in verdicts:
        if not one.caught:
            CONSOLE.print(f"survived: {one.name} ({one.seen})", highlight=False)
    CONSOLE.print(
        f"drawn with seed {seed}: {caught} of {len(bugs)} caught; "
        f"{len(every) - len(bugs)} more change nothing that anybody could see"
    )
    return 0 if caught * 100 >= LEAST_CAUGHT_PERCENT * len(bugs) else 1


def _shown(coming: Iterable[Verdict], number: int) -> list[Verdict]:
    verdicts: dict[str, Verdict] = {}
    with CONSOLE.status("planting bugs") as status:
        for verdict in coming:
            verdicts[verdict.name] = verdict
            status.update(f"{len(verdicts)} of {number}: {verdict.name}")
    table = Table("bug", "caught", "s", "seen by")
    for name, one in verdicts.items():
        mark = "yes" if one.caught else "[bold red]NO"
        table.add_row(name, mark, f"{one.seconds:.0f}", one.seen.rpartition("/")[2])
    CONSOLE.print(table)
    return list(verdicts.values())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
