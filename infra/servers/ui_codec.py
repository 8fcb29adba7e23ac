"""The address at which the embedded UI has sealed payloads opened; none while nothing is sealed."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.servers import tcp_ports

_KEYS = "AMICABLE_ENCRYPTION__KEYS"
_CODEC_KEY = "AMICABLE_ENCRYPTION__CODEC_KEY"
_BYTES = 24


@dataclass(frozen=True)
class UiCodec:
    """The gateway's codec, as the UI on this machine asks it.

    Attributes:
        key_file: holds what opens the codec, for this user only.
        given: the environment has a key already, which is left alone.
    """

    key_file: Path
    given: str = ""

    def url(self, port: int) -> str:
        """Make the address, which holds the key: the UI sends no headers of its own."""
        return f"http://{tcp_ports.LOOPBACK}:{port}/codec/{self.given or self._kept()}"

    def env(self, ui_url: str) -> dict[str, str]:
        """Make what the gateway has to know."""
        port = ui_url.rpartition(":")[2]
        key = {} if self.given else {f"{_CODEC_KEY}_FILE": str(self.key_file)}
        return {**key, "AMICABLE_ENCRYPTION__UI_ORIGIN": f"{ui_url},http://localhost:{port}"}

    def _kept(self) -> str:
        """The key of last time, so that an open page of the UI goes on working."""
        if not self.key_file.exists():
            with os.fdopen(
                os.open(self.key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
            ) as file:
                file.write(secrets.token_urlsafe(_BYTES))
        return self.key_file.read_text().strip()


def ui_codec(run: Path, environ: Mapping[str, str]) -> UiCodec | None:
    """Find whether payloads are sealed here, and with what the UI may have them opened."""
    if not any(environ.get(name) for name in (_KEYS, f"{_KEYS}_FILE")):
        return None
    given = environ.get(_CODEC_KEY, "")
    if path := environ.get(f"{_CODEC_KEY}_FILE"):
        given = Path(path).read_text().strip()
    return UiCodec(run / "codec-key", given)
