"""The project's own files, as the rules about them see them."""

import ast
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("amicable", "domain", "activities", "adapters", "workflows", "starter", "infra")


def tracked() -> list[Path]:
    """Every file under version control, without the generated histories."""
    git = shutil.which("git") or "git"
    listing = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = listing.stdout.decode().rstrip("\0").split("\0")
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def sources(*folders: str) -> list[Path]:
    """Python files under those folders, tests and the worker included where asked for."""
    wanted = [ROOT / folder for folder in folders]
    mine = [path for path in tracked() if path.suffix == ".py"]
    return [path for path in mine if any(path.is_relative_to(folder) for folder in wanted)]


def tree(path: Path) -> ast.Module:
    """A file's syntax."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, nested ones and methods too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def shown(path: Path) -> str:
    """A path as a person writes it."""
    return str(path.relative_to(ROOT))
