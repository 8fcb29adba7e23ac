"""Drawn bugs that change nothing anybody could see, each with the reason why no test can notice."""

EQUAL: dict[tuple[str, str], str] = {}
