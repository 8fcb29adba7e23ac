"""The options that promises, plans and settlements share."""

from __future__ import annotations

from typing import Annotated

import typer

OptionalId = Annotated[str, typer.Option("--id", help="Your own id of it, so a repeat is known.")]
ChannelOption = Annotated[str, typer.Option(help="How it was said: email, phone, letter …")]
Ref = Annotated[str, typer.Option(help="The id of the agreement; the last one unless given.")]
