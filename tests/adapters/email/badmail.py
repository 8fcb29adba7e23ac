"""A mail server that misbehaves at any step of the conversation, on demand."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

PATIENCE = 0.4
HANG_UP, RESET, SILENCE = "hang up", "reset", "silence"
USUAL = {
    "greeting": "220 mail.example ESMTP",
    "EHLO": "250-mail.example\r\n250-SIZE 30000000\r\n250 8BITMIME",
    "DATA": "354 go on",
    "the mail": "250 2.0.0 Ok: queued as 4F2A",
    "QUIT": "221 bye",
}


class BadMailServer:
    """Answers as told; whoever says that he will is hung up on in the middle of a mail.

    Attributes:
        replies: by command, the greeting and the mail itself; or how to break off there.
        pause: seconds before each reply.
        before: what is done before the reply to a command.
        heard: the commands that came.
        taken: the mails that came whole.
        over: set when the one conversation is over.
    """

    def __init__(self) -> None:
        self.port = 0
        self.replies: dict[str, str] = {}
        self.pause = 0.0
        self.before: dict[str, Callable[[], None]] = {}
        self.heard: list[str] = []
        self.taken: list[bytes] = []
        self.over = threading.Event()

    def talk(self, peer: socket.socket) -> None:
        """One conversation."""
        lines = peer.makefile("rb")
        self._answer(peer, "greeting")
        while line := lines.readline():
            command = line[:4].decode("latin-1").strip().upper().replace("HELO", "EHLO")
            self.heard.append(command)
            self._answer(peer, command)
            if command == "DATA":
                self.taken.append(self._mail(peer, lines))
                self._answer(peer, "the mail")

    def _mail(self, peer: socket.socket, lines: BinaryIO) -> bytes:
        read = []
        while (line := lines.readline()) != b".\r\n":
            if not line:
                raise OSError("left in the middle of a mail")
            read.append(line)
            self._break_off(peer, self.replies.get("body", ""))
        return b"".join(read)

    def _answer(self, peer: socket.socket, at: str) -> None:
        time.sleep(self.pause)
        self.before.get(at, lambda: None)()
        reply = self.replies.get(at) or USUAL.get(at, "250 OK")
        self._break_off(peer, reply)
        peer.sendall(reply.encode("latin-1") + b"\r\n")

    def _break_off(self, peer: socket.socket, how: str) -> None:
        if how == RESET:
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if how == SILENCE:
            time.sleep(PATIENCE * 2)
        if how in {RESET, SILENCE, HANG_UP}:
            raise OSError(how)


@contextmanager
def bad_mail_server() -> Iterator[BadMailServer]:
    """One that takes one connection after another."""
    server = BadMailServer()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]

        def serve() -> None:
            with suppress(OSError):
                while True:
                    peer, _ = listener.accept()
                    with peer, suppress(OSError):
                        server.talk(peer)
                    server.over.set()

        threading.Thread(target=serve, daemon=True).start()
        yield server
        listener.shutdown(socket.SHUT_RDWR)
