"""Tells which build a worker is, where Temporal tells builds apart (Worker Deployments)."""

from __future__ import annotations

import os
from collections.abc import Mapping

from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.worker import WorkerDeploymentConfig

from adapters.config.environment import SettingsError

DEPLOYMENT, BUILD = "TEMPORAL_DEPLOYMENT_NAME", "TEMPORAL_WORKER_BUILD_ID"
"""Temporal's worker controller sets both; so may anybody else."""


def build_of(environ: Mapping[str, str] = os.environ) -> WorkerDeploymentConfig | None:
    """Read which build this worker is; None where all workers are alike.

    Cases move to the current build with their next task: see docs/versioning.md.

    Raises:
        SettingsError: if only one of the two variables is set.
    """
    name, build = environ.get(DEPLOYMENT, ""), environ.get(BUILD, "")
    if not name and not build:
        return None
    if not name or not build:
        raise SettingsError(f"{DEPLOYMENT} and {BUILD}: set both, or none of them")
    return WorkerDeploymentConfig(
        version=WorkerDeploymentVersion(deployment_name=name, build_id=build),
        use_worker_versioning=True,
        default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE,
    )
