"""Runs many proofs side by side: all that they ask in a round goes to the modules at once."""

from __future__ import annotations

import time
from collections.abc import Sequence

from lambada_bc.search.agenda import Item
from lambada_bc.search.best_first import Proving
from lambada_bc.search.meter import Budget
from lambada_bc.search.table import Table


def run(proofs: Sequence[Proving], table: Table, budget: Budget) -> None:
    """Go on in rounds until every proof has stopped, or the budget is spent.

    A proof chooses its items and takes in their answers without regard to other proofs, so
    running it in company changes nothing but the number of module calls.
    """
    started = time.monotonic()
    running = list(proofs)
    while running:
        if budget.is_spent((p.meter for p in proofs), time.monotonic() - started):
            return
        _ask([(proving, item) for proving in running for item in proving.items], table)
        for proving in running:
            proving.close_round()
        running = [proving for proving in running if proving.stopped is None]


def _ask(work: Sequence[tuple[Proving, Item]], table: Table) -> None:
    """Answer the items of a round, with one batch a stage."""
    facts = [(proving, item) for proving, item in work if item.stage == "facts"]
    goals = [item.goal.literal for _, item in facts]
    matches = table.facts(goals, [proving.meter for proving, _ in facts])
    for (proving, item), found in zip(facts, matches, strict=True):
        proving.graph.add_facts(item.goal, found)

    rules = [(proving, item) for proving, item in work if item.stage == "rules"]
    goals = [item.goal.literal for _, item in rules]
    selected = table.rules(goals, [proving.meter for proving, _ in rules])
    for (proving, item), chosen in zip(rules, selected, strict=True):
        proving.graph.add_rules(item.goal, chosen)

    pending = [(proving, item.goal, item.match) for proving, item in work if item.match]
    pairs = [(goal.literal, match.rule) for _, goal, match in pending]
    applications = table.applications(pairs, [proving.meter for proving, _, _ in pending])
    for (proving, goal, match), applied in zip(pending, applications, strict=True):
        proving.graph.add_application(goal, match, applied)
