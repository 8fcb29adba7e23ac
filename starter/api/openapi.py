"""Describes the gateway in OpenAPI 3.1, the same for everybody who asks."""

from __future__ import annotations

from importlib import metadata
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from starter.api import schemas

_ABOUT = """Amicable chases unpaid invoices without losing the customer.

Billing systems open cases and report money; collectors record what was agreed, contested and said.
Each key belongs to one creditor and sees nothing of any other.
Amounts are decimals as text, days are ISO dates, instants are RFC 3339.
Problems are RFC 9457; what each type means and the way out stands in docs/gateway.md."""

IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A repeat with the same key and body is answered the same, for 30 days.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "example": "4f6d1f5e-5a0f-4a52-9d2e-3c1a6c3b7f10",
}


def described(app: FastAPI) -> None:
    """Let the application describe itself by our words."""

    def describe() -> dict[str, Any]:
        if not app.openapi_schema:
            app.openapi_schema = _description(app)
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]  # the documented way


def _description(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(
        title=app.title,
        version=metadata.version("amicable"),
        openapi_version="3.1.0",
        description=_ABOUT,
        routes=app.routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    parts = found.setdefault("components", {})
    parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    parts["parameters"] = {"IdempotencyKey": IDEMPOTENCY_KEY}
    parts["schemas"]["Problem"] = schemas.Problem.model_json_schema()
    parts["responses"] = _shared_problems(found)
    for name in ("HTTPValidationError", "ValidationError"):  # the framework's own shape
        parts["schemas"].pop(name, None)
    return found


def _shared_problems(found: dict[str, Any]) -> dict[str, Any]:
    """Each problem is described once and only named by the addresses that may answer it."""
    shared: dict[str, Any] = {}
    for path in found["paths"].values():
        for operation in path.values():
            operation.pop("description", None)  # it would only repeat the summary
            for status in filter(_is_problem, operation["responses"]):
                shared[status] = operation["responses"][status]
                operation["responses"][status] = {"$ref": f"#/components/responses/{status}"}
    return dict(sorted(shared.items()))


def _is_problem(status: str) -> bool:
    return status[0] in "45"
