"""A workflow that only sleeps; in a file of its own, since the sandbox loads the file again."""

from datetime import timedelta

from temporalio import workflow


@workflow.defn(name="Nap")
class Nap:
    """Sleeps for ninety days."""

    @workflow.run
    async def run(self) -> str:
        """One long sleep."""
        await workflow.sleep(timedelta(days=90))
        return workflow.now().isoformat()
