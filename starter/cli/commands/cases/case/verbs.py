"""The verbs of `case`, in the order of the help."""

from __future__ import annotations

import typer

from starter.cli.commands.cases.case import looking, steering
from starter.cli.commands.cases.case.statement import show_statement

app = typer.Typer(help="One case: show, why, preview, pause, resume, end.", no_args_is_help=True)
app.command("show")(looking.show)
app.command("why")(looking.why)
app.command("preview")(looking.preview)
app.command("pause")(steering.pause)
app.command("resume")(steering.resume)
app.command("skip")(steering.skip)
app.command("send-now")(steering.send_now)
app.command("undo")(steering.undo)
app.command("withdraw")(steering.withdraw)
app.command("write-off")(steering.write_off)
app.command("waive-costs")(steering.waive_costs)
app.command("undo-write-off")(steering.undo_write_off)
app.command("correct-letter")(steering.correct_letter)
app.command("approve")(steering.approve)
app.command("approve-handoff")(steering.approve_handoff)
app.command("statement")(show_statement)
