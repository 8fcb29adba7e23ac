"""Files that are kept with one account's cases, in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import select

from adapters.ledger.account.scope import AccountScope
from adapters.ledger.core.sql import added
from adapters.ledger.evidence import evidence
from adapters.ledger.tables.cases import evidence as table
from domain.evidence.model import INVOICE, Evidence, Filed

_C = table.c


class SqlEvidence:
    """The files of one account's cases."""

    def __init__(self, scope: AccountScope) -> None:
        self._scope = scope

    def keep(self, case_id: str, given: Filed) -> Evidence:
        """Keep a file; the same content again is the same file, as it was named first.

        As the invoice it is kept again if another copy came in between: the newest one counts.
        """
        if not self._is_there(case_id, given):
            self._add(case_id, given)
        return next(one for one in self.of_case(case_id) if one.sha256 == given.sha256)

    def of_case(self, case_id: str) -> tuple[Evidence, ...]:
        """List what is kept with a case, oldest first, without the contents."""
        return evidence.kept_with(self._scope.unflushed, case_id)

    def content(self, case_id: str, sha256: str) -> bytes | None:
        """Read a file by its hash; None if the case has no such file, or it was erased."""
        query = select(_C.body).where(_C.case_id == case_id, _C.sha256 == sha256).limit(1)
        found = self._scope.unflushed.execute(query).scalar_one_or_none()
        return bytes(found) if found else None

    def invoice_copy(self, case_id: str) -> tuple[str, bytes] | None:
        """Read name and content of the newest copy of the invoice (P23); None without any."""
        return evidence.invoice_copy(self._scope.unflushed, case_id)

    def _is_there(self, case_id: str, given: Filed) -> bool:
        """Whether adding it would change nothing; asked under the account's lock."""
        connection = self._scope.unflushed
        if given.role == INVOICE:
            newest = evidence.newest_copy(case_id).with_only_columns(_C.sha256)
            return connection.execute(newest).scalar_one_or_none() == given.sha256
        same = select(_C.id).where(_C.case_id == case_id, _C.sha256 == given.sha256)
        return connection.execute(same.limit(1)).first() is not None

    def _add(self, case_id: str, given: Filed) -> None:
        added(
            self._scope.unflushed,
            table,
            case_id=case_id,
            ref=given.ref,
            name=given.name,
            media_type=given.media_type,
            sha256=given.sha256,
            body=given.body,
            note=given.note,
            by_whom=given.by,
            role=given.role,
        )
