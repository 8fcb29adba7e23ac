"""Runs one command after the other in one process: words in, a line each; how it ended out."""

import contextlib
import io
import json
import os
import sys

from adapters.runtime.machine import leave
from starter.cli.main import run


def main() -> None:
    """Serve until stdin ends."""
    own = dict(os.environ)
    for line in sys.stdin:
        asked = json.loads(line)
        os.environ.clear()
        os.environ.update({**own, **asked["env"]})
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(asked["words"])
        sys.stdout.write(json.dumps([code, out.getvalue(), err.getvalue()]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
    leave()
