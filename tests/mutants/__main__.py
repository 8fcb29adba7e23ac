"""`make mutants`: every seeded bug must be caught; a survivor fails the run."""

import sys

from rich.console import Console
from rich.table import Table

from tests.mutants.bugs import ALL
from tests.mutants.hunt import copy_of_the_project, hunt


def main(wanted: str = "") -> int:
    """Hunt all bugs, or those whose name contains a word; 1 if any survives."""
    table = Table("bug", "caught", "s", "seen by")
    bugs = [bug for bug in ALL if wanted in bug.name]
    survivors = 0
    console = Console()
    with copy_of_the_project() as application, console.status("planting bugs") as status:
        for done, verdict in enumerate(hunt(application, bugs)):
            status.update(f"{done} of {len(bugs)}: {verdict.name}")
            survivors += not verdict.caught
            mark = "yes" if verdict.caught else "[bold red]NO"
            table.add_row(verdict.name, mark, f"{verdict.seconds:.0f}", verdict.seen)
    console.print(table)
    console.print(f"{len(bugs)} bugs, {survivors} not caught")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
