"""The outbox: a provider made of files, for demos and tests; nothing leaves the machine."""

from __future__ import annotations

import json
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.policy import SMTP
from pathlib import Path

from activities.ports.clock import StaleLookError
from activities.ports.types import Envelope, Found, Receipt, Sent
from adapters.http.address_checks import bad_number, refused_mail, refused_unsigned
from adapters.http.calls import STALE
from adapters.messages import twiml
from adapters.messages.mime import mail_of
from adapters.messages.twilio_addresses import DETAILS, KEY_ANSWERS, twilio_address
from adapters.runtime.files import one_at_a_time, safe_file_name, sync_folder, write_whole

WAITING = ".waiting"
"""Ends the name of what nobody else shall take yet."""


class Outbox(ABC):
    """Writes each message once into a folder per day; its log says what was accepted, and when.

    Attributes:
        forgetful: like a real provider, accept the same id again and log it again.
        listed: suffix of the file by which others learn of what was accepted, if there is one.
    """

    name = ""
    provider = "outbox"
    index_lag = timedelta(0)
    complete_after: timedelta | None = timedelta(0)
    suffix = listed = ""

    def __init__(self, folder: Path, *, forgetful: bool = False) -> None:
        self._folder = folder
        self._log = SentLog(folder / "sent.jsonl")
        self.forgetful = forgetful

    def send(self, envelope: Envelope) -> Receipt:
        """Write the message down, then log it; only the log line makes it accepted."""
        refusal = self._refusal(envelope)
        if refusal:
            return refusal
        try:
            return self._accept(envelope)
        except StaleLookError:
            return STALE
        except OSError as error:
            detail = f"the outbox cannot be written: {error.strerror}; check AMICABLE_OUTBOX_DIR"
            return Receipt(sent=Sent.UNKNOWN, detail=detail)

    def look_up(self, envelope: Envelope, since: datetime) -> Found:
        """Tell whether the log has the message; it is exact and never late."""
        try:
            with self._log.locked():
                known = self._log.knows(self.name, envelope.id)
                if known:
                    self._release(envelope)
        except OSError:
            return Found.CANNOT_TELL
        return Found.YES if known else Found.NO

    @abstractmethod
    def _refusal(self, envelope: Envelope) -> Receipt | None: ...

    @abstractmethod
    def _content(self, envelope: Envelope) -> bytes: ...

    def _accept(self, envelope: Envelope) -> Receipt:
        content = self._content(envelope)  # put together while others write
        with self._log.locked():
            if self.forgetful or not self._log.knows(self.name, envelope.id):
                self._write(envelope, content)
                if envelope.look:
                    envelope.look.must_hold()
                self._log.add(self.name, envelope.id, envelope.to)
            self._release(envelope)
        return Receipt(sent=Sent.ACCEPTED, provider_id=f"outbox-{envelope.id}")

    def _write(self, envelope: Envelope, content: bytes) -> None:
        self._put(envelope, self.suffix, content)

    def _release(self, envelope: Envelope) -> None:
        """Let others learn of what was accepted; said again it changes nothing."""
        if self.listed:
            for about in self._written(envelope, f"{self.listed}{WAITING}"):
                about.replace(about.with_suffix(""))
                sync_folder(about.parent)

    def _put(self, envelope: Envelope, suffix: str, content: bytes) -> None:
        day = (envelope.at or datetime.now(UTC)).date().isoformat()
        # What a crash left before its log line was never accepted; it must not look like a double.
        for leftover in self._written(envelope, suffix):
            leftover.unlink(missing_ok=True)
        write_whole(self._folder / day / f"{safe_file_name(envelope.id)}{suffix}", content)

    def _written(self, envelope: Envelope, suffix: str) -> list[Path]:
        return list(self._folder.glob(f"????-??-??/{safe_file_name(envelope.id)}{suffix}"))


class OutboxMail(Outbox):
    """E-mails as RFC 5322 files that any mail program opens."""

    name = "email"
    suffix = ".eml"

    def _refusal(self, envelope: Envelope) -> Receipt | None:
        # In a demo a creditor may have no address yet; the file shows that it is nobody's.
        return refused_mail(envelope) if envelope.sender else refused_unsigned(envelope)

    def _content(self, envelope: Envelope) -> bytes:
        return mail_of(envelope).as_bytes(policy=SMTP)


class OutboxSms(Outbox):
    """Text messages as JSON files."""

    name = "sms"
    suffix = ".json"

    def _refusal(self, envelope: Envelope) -> Receipt | None:
        reason = bad_number(envelope.to)
        return Receipt(sent=Sent.REJECTED, detail=reason, bad_point=True) if reason else None

    def _content(self, envelope: Envelope) -> bytes:
        message = {
            "id": envelope.id,
            "to": envelope.to,
            "to_name": envelope.to_name,
            "from": envelope.sender_name,
            "text": envelope.text,
            "at": (envelope.at or datetime.now(UTC)).isoformat(),
            "valid_for_seconds": envelope.seconds_left,
        }
        return json.dumps(message, indent=2, ensure_ascii=False).encode()


class OutboxVoice(Outbox):
    """Calls as TwiML files: what everybody hears, and what is said after the key."""

    name = "voice"
    suffix = ".xml"
    pressed = ".pressed.xml"

    def _refusal(self, envelope: Envelope) -> Receipt | None:
        reason = bad_number(envelope.to)
        if reason:
            return Receipt(sent=Sent.REJECTED, detail=reason, bad_point=True)
        if envelope.call is None:
            return Receipt(sent=Sent.REJECTED, detail="there are no words for a call")
        return None

    def _accept(self, envelope: Envelope) -> Receipt:
        return replace(super()._accept(envelope), spoken=envelope.text)

    def _write(self, envelope: Envelope, content: bytes) -> None:
        super()._write(envelope, content)
        if envelope.call:
            keys = twilio_address("", KEY_ANSWERS, envelope.id)
            said = twiml.call_details(envelope.call, envelope.text, keys)
            self._put(envelope, self.pressed, said.encode())

    def _content(self, envelope: Envelope) -> bytes:
        return twiml.call(envelope.call, _pressed(envelope)).encode() if envelope.call else b""


def _pressed(envelope: Envelope) -> str:
    return twilio_address("", DETAILS, envelope.id)


class SentLog:
    """One JSON line per accepted message, appended and synced before it counts."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        self._known: set[tuple[str, str]] = set()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other writers out; the other methods are called inside."""
        with one_at_a_time(self._path.with_name(".sent.lock")):
            self._catch_up()
            yield

    def knows(self, channel: str, message: str) -> bool:
        """Tell whether a message was accepted on a channel."""
        return (channel, message) in self._known

    def add(self, channel: str, message: str, to: str) -> None:
        """Accept a message: from here on it counts as sent, whatever crashes."""
        now = datetime.now(UTC).isoformat()
        line = json.dumps({"id": message, "channel": channel, "to": to, "at": now})
        new = not self._path.exists()
        with self._path.open("ab") as file:
            # A torn line of a killed process must not swallow ours.
            gap = b"\n" if file.tell() > self._read else b""
            file.write(gap + line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if new:
            sync_folder(self._path.parent)
        self._known.add((channel, message))

    def _catch_up(self) -> None:
        size = self._path.stat().st_size if self._path.exists() else 0
        if size < self._read:
            self._read, self._known = 0, set()
        if size == self._read:
            return
        with self._path.open("rb") as file:
            file.seek(self._read)
            whole, newline, _ = file.read().rpartition(b"\n")
        self._read += len(whole + newline)
        self._known.update(key for key in map(_key, whole.splitlines()) if key)


def _key(line: bytes) -> tuple[str, str] | None:
    try:
        entry = json.loads(line)
        return str(entry["channel"]), str(entry["id"])
    except (ValueError, KeyError, TypeError):
        return None
