"""The search: decides what to look at next, and what follows.  It runs no model itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal as OneOf

from lambada_bc.proof.proof import Proof
from lambada_bc.search import scheduler
from lambada_bc.search.best_first import Options, Proving, Sides
from lambada_bc.search.constants import constants
from lambada_bc.search.depth_first import DEFAULT_DEPTH, prove_depth_first
from lambada_bc.search.meter import Budget
from lambada_bc.search.table import Candidates, Proposal, Table
from lambada_bc.statements import Literal, World

__all__ = [
    "Budget",
    "Candidates",
    "Proposal",
    "Sides",
    "Strategy",
    "Table",
    "constants",
    "search",
]

Strategy = OneOf["best_first", "lambada"]
"""*best_first*: all goals at once, most promising first.  *lambada*: the paper's algorithm."""


def search(
    goals: Sequence[tuple[str, Literal, float]],
    table: Table,
    *,
    strategy: Strategy = "best_first",
    world: World = World.OPEN,
    sides: Sides = "first",
    max_depth: int | None = None,
    budget: Budget | None = None,
    width: int = 16,
) -> list[Proof]:
    """Prove goals, each a text, the ground literal that it says, and that reading's probability.

    ``sides="first"`` stops at the first evidence in the words of the knowledge base; where there
    are only paraphrases, the surest side counts.  ``"both"`` looks at everything that matters,
    returns the smallest proof there is, and *contradicted* when both signs follow.
    ``strategy="lambada"`` knows neither ``sides`` nor failure nor ``width``, and goes
    :data:`~lambada_bc.search.depth_first.DEFAULT_DEPTH` deep by default.
    """
    budget = budget or Budget()
    if strategy == "lambada":
        depth = DEFAULT_DEPTH if max_depth is None else max_depth
        return prove_depth_first(goals, table, world=world, max_depth=depth, budget=budget)
    options = Options(world, sides, max_depth, width)
    proofs = [Proving(*goal, table.constants, options) for goal in goals]
    scheduler.run(proofs, table, budget)
    return [proving.proof(strategy, table.modules.name) for proving in proofs]
