"""Drawn bugs that change nothing anybody could see, each with the reason why no test can notice."""

EQUAL: dict[tuple[str, str], str] = {
    (
        "domain/history/reports.py",
        "        if left <= month.minor:\n",
    ): "a month that is used up to the cent counts all its days, as a share or as a whole",
    (
        "domain/ladder/completed_steps.py",
        "        earlier = [step for step in policy.steps if last and step.order <= last.order]\n",
    ): "the step itself is among the case's deeds, which are laid over what came before it",
    (
        "domain/policy/classes.py",
        "        return Trend.SLOWER if now >= then else Trend.FASTER\n",
    ): "two means that are the same differ by less than a day, which was answered above",
    (
        "domain/simulation/world.py",
        "        self.customer = self.customer.touched(contact)\n        self.version += 2\n\n",
    ): "a version is only asked whether it is another one, never by how much",
    (
        "domain/simulation/world.py",
        "        if later is None or later < now:\n",
    ): "a question that gives way up to this very instant is asked then all the same",
    (
        "domain/charges/statement.py",
        "    return bool(charges.confirmed_by or arise)\n",
    ): "it only saves the work: terms that nobody confirmed, or that ask for nothing, add nothing",
}
"""By the file and what the bug makes of its lines."""
