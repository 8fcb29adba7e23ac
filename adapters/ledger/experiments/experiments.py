"""Experiments with policies, and who takes part in them, in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import distinct_on, insert

from activities.ports.experiments.store import EnrolledCase, Experiment, Trial
from activities.ports.stores.holds import EVERYONE
from adapters.ledger.cases.cases import put_policy
from adapters.ledger.core import codec
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.cases import case_file, policy, policy_choice
from adapters.ledger.tables.desk import hold
from adapters.ledger.tables.people import account
from adapters.ledger.tables.trials.experiments import experiment as experiment_table
from adapters.ledger.tables.trials.experiments import experiment_case
from domain.experiments.arms import Arm, arm_of

_A, _C, _E, _X = account.c, case_file.c, experiment_table.c, experiment_case.c
_CHAMPION, _CHALLENGER = policy.alias("champion"), policy.alias("challenger")
_WHOLE = (
    select(experiment_table, _CHAMPION.c.body.label("one"), _CHALLENGER.c.body.label("other"))
    .join(_CHAMPION, _CHAMPION.c.sha256 == _E.champion_sha)
    .join(_CHALLENGER, _CHALLENGER.c.sha256 == _E.challenger_sha)
)


def trial_of(connection: Connection, creditor: str, customer: str) -> Trial | None:
    """Find the arm of a customer's next case; None if no experiment runs, or it stays outside.

    Who is in one stays in its arm. Who must be left alone, has a policy of its own, or an invoice
    running from before, comes into none.
    """
    running = (
        connection.execute(_WHOLE.where(_E.creditor == creditor, _E.ended_at.is_(None)))
        .mappings()
        .first()
    )
    if running is None:
        return None
    found = _experiment(running)
    mine = (_X.creditor == creditor) & (_X.experiment == found.id) & (_X.customer == customer)
    known = connection.execute(select(_X.arm).where(mine).limit(1)).scalar_one_or_none()
    if known is None and not _may_come_in(connection, creditor, customer):
        return None
    arm = Arm(known) if known else arm_of(found.id, creditor, customer)
    return Trial(experiment=found.id, arm=arm, policy=found.policy_of(arm))


def enrol(connection: Connection, creditor: str, customer: str, case: str, trial: Trial) -> None:
    """Write down that a new case belongs to an arm."""
    row = {"creditor": creditor, "customer": customer, "case_id": case}
    told = {"experiment": trial.experiment, "arm": trial.arm}
    connection.execute(insert(experiment_case).values(**row, **told).on_conflict_do_nothing())


def _may_come_in(connection: Connection, creditor: str, customer: str) -> bool:
    mine = (_A.creditor == creditor) & (_A.customer == customer)
    alone = or_(_A.do_not_contact, _A.vulnerable, _A.erased_at.is_not(None), _A.opted_out != [])
    query = select(or_(exists().where(mine, alone), *_elsewhere(creditor, customer)))
    return not connection.execute(query).scalar_one()


def _elsewhere(creditor: str, customer: str) -> list[ColumnElement[bool]]:
    """What keeps a customer out whose own flags do not."""
    own = (policy_choice.c.creditor == creditor) & (policy_choice.c.customer == customer)
    running = (_C.creditor == creditor) & (_C.customer == customer) & (_C.outcome == "")
    held = hold.c.scope.in_([creditor, EVERYONE])
    return [exists().where(own), exists().where(running), exists().where(held)]


class SqlExperimentStore:
    """The experiments of each creditor; one runs at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def start(self, new: Experiment) -> bool:
        """Begin an experiment; False if another one runs, or had that name."""
        with self._engine.begin() as connection:
            shas = [put_policy(connection, one) for one in (new.champion, new.challenger)]
            row = insert(experiment_table).values(
                creditor=new.creditor,
                id=new.id,
                champion_sha=shas[0],
                challenger_sha=shas[1],
                started_at=new.started_at,
                by_whom=new.by,
            )
            done = row.on_conflict_do_nothing().returning(_E.id)
            return connection.execute(done).first() is not None

    def list(self, creditor: str) -> tuple[Experiment, ...]:
        """List a creditor's experiments, newest first."""
        query = _WHOLE.where(_E.creditor == creditor).order_by(_E.started_at.desc(), _E.id)
        with reading(self._engine) as connection:
            return tuple(_experiment(row) for row in connection.execute(query).mappings())

    def stop(self, creditor: str, experiment: str, kept: str) -> bool:
        """End an experiment; False if it does not run."""
        mine = (_E.creditor == creditor) & (_E.id == experiment) & _E.ended_at.is_(None)
        change = update(experiment_table).where(mine)
        ended = change.values(ended_at=func.clock_timestamp(), kept=kept).returning(_E.id)
        with self._engine.begin() as connection:
            return connection.execute(ended).first() is not None

    def first_cases(self, creditor: str, experiment: str) -> tuple[EnrolledCase, ...]:
        """List the first case of each customer in an experiment, by case id."""
        mine = (_X.creditor == creditor) & (_X.experiment == experiment)
        first = (
            select(_X.case_id, _X.customer, _X.arm)
            .where(mine)
            .ext(distinct_on(_X.customer))
            .order_by(_X.customer, _X.recorded_at, _X.case_id)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(first).all()
        found = (EnrolledCase(case=r.case_id, customer=r.customer, arm=Arm(r.arm)) for r in rows)
        return tuple(sorted(found, key=lambda one: one.case))


def _experiment(row: RowMapping) -> Experiment:
    return Experiment(
        creditor=row["creditor"],
        id=row["id"],
        champion=codec.read_policy(row["one"]),
        challenger=codec.read_policy(row["other"]),
        started_at=row["started_at"],
        by=row["by_whom"],
        ended_at=row["ended_at"],
        kept=row["kept"],
    )
