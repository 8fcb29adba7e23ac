"""Stands in for a model: it speaks the chat API, knows the sample answers, and lies beside it.

No real model was at hand. What is measured with it is what Amicable does with claims, true and
false; how well a model reads, only a model can show.
"""

from __future__ import annotations

import json
from typing import Any

from werkzeug import Request, Response

from tests.domain.intake.test_reply_rules import Sample, samples

LIES: tuple[dict[str, Any], ...] = (
    {"meaning": "paid", "quote": "We have paid everything in full.", "date": None},
    {"meaning": "promise", "quote": "on the 24th", "date": "2026-12-24", "amount": "119.00"},
    {"meaning": "approve", "quote": "ok"},
    {"meaning": "dispute", "quote": ""},
    {"meaning": "question"},
)
"""Quotes that nobody wrote, meanings that are none, and claims without any quote."""


def claims_of(sample: Sample) -> list[dict[str, Any]]:
    """What a model that reads well would claim of a sample: all that it says, quoted whole."""
    found = []
    for word in sorted(sample.means):
        rest, _, amount = word.partition("@")
        meaning, _, day = rest.partition("=")
        told = {"meaning": meaning, "quote": sample.said, "date": day or None}
        found.append({**told, "amount": amount or None})
    return found


class StandIn:
    """Answers each question about a sample, with lies before and after what is true."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self._known = {sample.said: sample for sample in samples()}

    def __call__(self, request: Request) -> Response:
        """Answer one question."""
        body = json.loads(request.get_data())
        self.asked.append(body)
        self.keys.append(request.headers.get("Authorization", ""))
        said = body["messages"][-1]["content"].partition("The answer:\n")[2]
        sample = self._known.get(said)
        told = [LIES[0], *(claims_of(sample) if sample else []), *LIES[1:]]
        return answered({"meanings": told})


def answered(content: Any) -> Response:
    """An answer of the chat API."""
    words = content if isinstance(content, str) else json.dumps(content)
    choice = {"index": 0, "message": {"role": "assistant", "content": words}}
    body = json.dumps({"object": "chat.completion", "choices": [choice]})
    return Response(body, content_type="application/json")
