"""A line to the gateway on which things go wrong."""

from __future__ import annotations

import json

import httpx


class Rough(httpx.BaseTransport):
    """A line on which answers are lost and gateways are busy, in this order."""

    def __init__(self, *troubles: str) -> None:
        self._behind, self._troubles = httpx.HTTPTransport(), list(troubles)
        self.keys: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Let it through, unless something is to go wrong."""
        self.keys.append(request.headers.get("idempotency-key", ""))
        trouble = self._troubles.pop(0) if self._troubles else ""
        if trouble == "refused":
            raise httpx.ConnectError("nobody is there", request=request)
        if trouble.isdecimal():
            return httpx.Response(int(trouble), headers={"Retry-After": "7"})
        answer = self._behind.handle_request(request)
        if trouble == "lost":
            answer.read()
            answer.close()
            raise httpx.ReadTimeout("the answer was lost", request=request)
        return answer

    def close(self) -> None:
        """Hang up."""
        self._behind.close()


class Crowded(httpx.BaseTransport):
    """A line whose gateway takes short bodies only, and is busy for some lines the first time."""

    def __init__(self, *, most_bytes: int = 10**6, busy: int = 0) -> None:
        self._behind, self._most, self._busy = httpx.HTTPTransport(), most_bytes, busy
        self.sizes: list[int] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Let all but its last lines through."""
        lines = request.read().decode().splitlines()
        self.sizes.append(len(lines))
        if len(request.content) > self._most:
            problem = {"type": "urn:amicable:problem:too-large", "title": "Content too large"}
            return httpx.Response(413, json=problem)
        taken, busy = lines[: len(lines) - self._busy], lines[len(lines) - self._busy :]
        self._busy = 0
        headers = dict(request.headers) | {"content-length": ""}
        del headers["content-length"]
        sent = httpx.Request("POST", request.url, headers=headers, content="\n".join(taken))
        answer = self._behind.handle_request(sent)
        text = answer.read().decode()
        answer.close()
        for number, _ in enumerate(busy, start=len(taken) + 1):
            problem = {"type": "urn:amicable:problem:busy", "title": "Service unavailable"}
            text += json.dumps({"line": number, "status": 503, "problem": problem}) + "\n"
        return httpx.Response(answer.status_code, text=text)

    def close(self) -> None:
        """Hang up."""
        self._behind.close()
