"""Writes the models and the operations of the client from the gateway's description.

python clients/python/generate.py docs/openapi.json
"""

from __future__ import annotations

import json
import keyword
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill, indent
from typing import Any

FOLDER = Path(__file__).parent / "src" / "amicable_client"
WIDTH = 100
_NOTE = "Written by clients/python/generate.py: do not edit."
_AMOUNT = "(\\.[0-9]{1,4})?$"
_TYPES = {"null": "None", "integer": "int", "boolean": "bool", "number": "float"}

Schema = dict[str, Any]


def snake(name: str) -> str:
    """Write an operation's id as Python names its functions."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def type_of(schema: Schema) -> str:
    """Tell the Python type of a schema."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(type_of(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return f"Literal[{', '.join(map(_quoted, schema['enum']))}]"
    return _plain_type(str(schema.get("type", "")), schema)


def _plain_type(kind: str, schema: Schema) -> str:
    if kind == "array":
        return f"list[{type_of(schema['items'])}]"
    if kind == "object":
        of = schema.get("additionalProperties")
        return f"dict[str, {type_of(of) if isinstance(of, dict) else 'Any'}]"
    return _of_text(schema) if kind == "string" else _TYPES.get(kind, "Any")


def _of_text(schema: Schema) -> str:
    if str(schema.get("pattern", "")).endswith(_AMOUNT):
        return "Amount"
    return {"date": "dt.date", "date-time": "dt.datetime"}.get(str(schema.get("format", "")), "str")


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _default(schema: Schema, *, required: bool) -> str:
    if required:
        return ""
    given = schema.get("default")
    if isinstance(given, list):
        return " = Field(default_factory=list)"
    if given is None:
        return " = None"
    return f" = {given!r}" if isinstance(given, bool | int) else f" = {_quoted(given)}"


def _sentence(text: str, *, ahead: str = "    ") -> str:
    """A docstring: the first sentence on a line of its own, wrapped where it is long."""
    plain = text.replace("``", "`").strip()
    first, _, rest = plain.partition("\n")
    if rest.strip() or len(first) + len(ahead) + 6 > WIDTH:
        body = "\n".join(
            fill(" ".join(part.split()), WIDTH - len(ahead), break_on_hyphens=False)
            for part in plain.split("\n\n")
        )
        body = body.replace("\n", "\n\n", 1) if "\n\n" in plain else body
        return indent(f'"""{body}\n"""', ahead)
    return f'{ahead}"""{first}"""'


def _field(name: str, schema: Schema, *, required: bool) -> str:
    python = f"{name}_" if keyword.iskeyword(name) else name
    told, default = type_of(schema), _default(schema, required=required)
    if default == " = None" and "None" not in told.split(" | "):
        told += " | None"
    if python != name:
        given = default.removeprefix(" = ") or "..."
        default = f" = Field({given}, alias={_quoted(name)})"
    return f"    {python}: {told}{default}"


def model(name: str, schema: Schema) -> str:
    """Write the class of a schema."""
    about = str(schema.get("description") or f"{name}.")
    if "enum" in schema:
        values = "\n".join(f"    {one.upper()} = {_quoted(one)}" for one in schema["enum"])
        return f"class {name}(StrEnum):\n{_sentence(about)}\n\n{values}\n"
    required = set(schema.get("required", ()))
    fields = [
        _field(one, told, required=one in required)
        for one, told in schema.get("properties", {}).items()
    ]
    base = "Told" if schema.get("additionalProperties") is False else "Shown"
    body = "\n".join(fields)
    return f"class {name}({base}):\n{_sentence(about)}\n" + (f"\n{body}\n" if body else "")


def _asked_for(name: str, schema: Schema, *, required: bool) -> str:
    """A parameter of a list: what is not given, the gateway decides."""
    kinds = [kind for kind in type_of(schema).split(" | ") if kind != "None"]
    return f"{name}: {' | '.join(kinds)}" + ("" if required else " | None = None")


def _parameters(operation: Schema, description: Schema) -> Iterator[Schema]:
    for one in operation.get("parameters", ()):
        named = str(one.get("$ref", "")).rpartition("/")[2]
        yield description["components"]["parameters"][named] if named else one


def _signature(operation: Schema, description: Schema) -> tuple[list[str], list[str]]:
    """The parameters of a method, and how the request is made of them."""
    given, made, only_named = ["self"], list[str](), list[str]()
    at, query = list[str](), list[str]()
    for one in _parameters(operation, description):
        name, schema = one["name"], one["schema"]
        if one["in"] == "path":
            given.append(f"{name}: str")
            at.append(f'"{name}": {name}')
        elif one["in"] == "query":
            only_named.append(_asked_for(name, schema, required=bool(one.get("required"))))
            query.append(f'"{name}": {name}')
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body:
        optional = "" if operation["requestBody"].get("required") else " | None = None"
        given.append(f"body: {type_of(body['schema'])}{optional}")
        made.append("body=body")
    made += [f"at={{{', '.join(at)}}}"] * bool(at) + [f"query={{{', '.join(query)}}}"] * bool(query)
    return [*given, *(["*", *only_named] if only_named else [])], made


def _answer(operation: Schema) -> str:
    for status, response in operation["responses"].items():
        content = response.get("content", {}).get("application/json")
        if status.startswith("2") and content:
            return type_of(content["schema"])
    return ""


def method(place: tuple[str, str, Schema], description: Schema, *, waits: bool) -> str:
    """Write one operation as a method."""
    verb, path, operation = place
    given, made = _signature(operation, description)
    answer, name = _answer(operation), snake(operation["operationId"])
    if verb != "get":
        given += [*([] if "*" in given else ["*"]), "idempotency_key: str | None = None"]
        made.append("idempotency_key=idempotency_key")
    asked = ", ".join([f'"{verb.upper()}"', _quoted(path), answer, *made])
    if waits:
        head, await_ = "async def", "await "
    else:
        head, await_ = "def", ""
    lines = [
        f"    {head} {name}({', '.join(given)}) -> {answer}:",
        _sentence(str(operation["summary"]), ahead=" " * 8),
        f"        answer: {answer} = {await_}self._ask(Ask({asked}))",
        "        return answer",
    ]
    return "\n".join(lines) + "\n"


def operations(description: Schema) -> Iterator[tuple[str, str, Schema]]:
    """List every operation that takes and answers JSON."""
    for path, methods in description["paths"].items():
        for verb, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {"application/json": {}})
            if "application/json" in content and _answer(operation):
                yield verb, path, operation


def line_method(place: tuple[str, Schema], *, waits: bool) -> str:
    """Write an operation that takes and answers a line for each of many."""
    path, operation = place
    of = operation["x-lines"]
    told, answer = type_of(of["each"]), type_of(of["answer"])
    iterables = f"Iterable[{told}] | AsyncIterable[{told}]" if waits else f"Iterable[{told}]"
    iterator = "AsyncIterator" if waits else "Iterator"
    name = snake(operation["operationId"])
    lines = [
        f"    def {name}(self, lines: {iterables}) -> {iterator}[Line[{told}, {answer}]]:",
        _sentence(str(operation["summary"]), ahead=" " * 8),
        f"        return self._lines({_quoted(path)}, {answer}, lines)",
    ]
    return "\n".join(lines) + "\n"


def line_operations(description: Schema) -> Iterator[tuple[str, Schema]]:
    """List every operation that takes a line for each of many."""
    for path, methods in description["paths"].items():
        for operation in methods.values():
            if "x-lines" in operation:
                yield path, operation


def models_file(description: Schema) -> str:
    """Write all models, in the order of the alphabet."""
    schemas = description["components"]["schemas"]
    told = [model(name, schemas[name]) for name in sorted(schemas)]
    names = "\n".join(f'    "{name}",' for name in sorted(schemas))
    text = "\n\n".join(told)
    literal = ", Literal" if "Literal[" in text else ""
    return f'''"""What the gateway is told, and what it answers. {_NOTE}"""

from __future__ import annotations

import datetime as dt  # a field may be called date as well
from enum import StrEnum
from typing import Any{literal}

from pydantic import Field

from amicable_client.model import Amount, Shown, Told

__all__ = [
{names}
]


{text}'''


def client_file(description: Schema, *, waits: bool) -> str:
    """Write one of the two clients."""
    listed = sorted(operations(description), key=lambda one: snake(one[2]["operationId"]))
    text = "\n".join(
        [
            *(method(one, description, waits=waits) for one in listed),
            *(line_method(one, waits=waits) for one in line_operations(description)),
        ]
    )
    schemas = description["components"]["schemas"]
    used = sorted(name for name in schemas if re.search(rf"\b{name}\b", text))
    name, base = ("AsyncAmicable", "AsyncTransport") if waits else ("Amicable", "SyncTransport")
    imports = "\n".join(f"    {one}," for one in used)
    amount = "from amicable_client.model import Amount\n" if "Amount" in text else ""
    day = "import datetime as dt\n" if "dt.date" in text else ""
    literal = "from typing import Literal\n" if "Literal[" in text else ""
    about = "with an event loop" if waits else "without an event loop"
    given = ("AsyncIterable", "AsyncIterator", "Iterable") if waits else ("Iterable", "Iterator")
    taken = f"from collections.abc import {', '.join(given)}\n"
    return f'''"""The gateway's operations {about}. {_NOTE}"""

from __future__ import annotations

{day}{taken}{literal}
from amicable_client.lines import Line
{amount}from amicable_client.models import (
{imports}
)
from amicable_client.transport import Ask, {base}


class {name}({base}):
    """Asks the gateway; each method is one operation of its description.

    A command has a key of its own, so that it counts once however often it arrives: give one to
    let it count once across restarts of your program as well.
    """

{text}'''


def main(description: str) -> None:
    """Write all three files."""
    told = json.loads(Path(description).read_text(encoding="utf-8"))
    for name, text in written(told).items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def written(description: Schema) -> dict[str, str]:
    """What stands in the files that are made from a description."""
    return {
        "models.py": models_file(description),
        "client.py": client_file(description, waits=False),
        "async_client.py": client_file(description, waits=True),
    }


if __name__ == "__main__":
    main(sys.argv[1])
