"""Where the embedded servers keep what must survive a restart."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Places:
    """One folder with everything that one installation keeps: data, messages, logs, process ids."""

    home: Path

    @property
    def postgres(self) -> Path:
        """The ledger's data, unless root's data had to move (see `infra.servers.unix_user`)."""
        return self.home / "postgres"

    @property
    def temporal(self) -> Path:
        """The Temporal dev server's state file and its ports."""
        return self.home / "temporal"

    @property
    def outbox(self) -> Path:
        """The messages that would have gone out: `.eml` files and SMS as JSON."""
        return self.home / "outbox"

    @property
    def logs(self) -> Path:
        """What the servers and the worker write while nobody watches."""
        return self.home / "logs"

    @property
    def run(self) -> Path:
        """Process ids, and `env`: how other terminals find the running servers."""
        return self.home / "run"

    @property
    def env_file(self) -> Path:
        """KEY=VALUE lines with the addresses of the running servers."""
        return self.run / "env"

    def prepare(self) -> "Places":
        """Make the folders; raises OSError when the home cannot be written."""
        for folder in (self.temporal, self.outbox, self.logs, self.run):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)  # messages and logs name debtors
        return self


def places(home: Path | str | None = None) -> Places:
    """Choose the folder: the given one, else AMICABLE_HOME, else `var` in the project folder."""
    chosen = home or os.environ.get("AMICABLE_HOME") or _project_folder() / "var"
    return Places(Path(chosen).expanduser().resolve())


def _project_folder() -> Path:
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "worker.py").exists() and (folder / "infra").is_dir():
            return folder
    return here
