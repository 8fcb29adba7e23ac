"""The options that promises, plans and settlements share."""

from __future__ import annotations

from typing import Annotated

import typer

from domain.case.chosen_plan_b import PLAN_B_WORDS

OptionalId = Annotated[str, typer.Option("--id", help="Your own id of it, so a repeat is known.")]
ChannelOption = Annotated[str, typer.Option(help="How it was said: email, phone, letter …")]
PlanBOption = Annotated[
    str,
    typer.Option("--plan-b", help=f"Who goes on if it is not kept: {PLAN_B_WORDS}."),
]
Ref = Annotated[str, typer.Option(help="The id of the agreement; the last one unless given.")]
