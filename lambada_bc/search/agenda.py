"""What a proof could ask next, the most promising first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal as OneOf

from lambada_bc.modules.interface import RuleMatch
from lambada_bc.search.goals import Goal
from lambada_bc.search.graph import Graph

Stage = OneOf["facts", "rules", "application"]

LONGEST_GOAL = 64
"""Words.  Rules such as "if its owner is rich then it is rich" make ever longer goals; one that
is longer counts as beyond the depth limit."""


@dataclass(frozen=True)
class Item:
    """One question to a module: the facts of a goal, its rules, or what a rule needs for it."""

    stage: Stage
    goal: Goal
    depth: int
    match: RuleMatch | None = None

    @property
    def promise(self) -> tuple[object, ...]:
        """Sorts the most promising first.

        Few rules away from the root, facts before rules, short rules first, probable ones
        first; ties by text.
        """
        if self.match is None:
            return self.depth, self.stage, 0, 0.0, self.goal.literal.key
        rule = self.match.rule
        ties = self.goal.literal.key, rule.sentence.text, rule.id
        return self.depth, "selected", len(rule.clause.antecedents), -self.match.probability, *ties


@dataclass(frozen=True)
class Agenda:
    """The open items, the depth of every goal that matters, and whether a limit cut any off."""

    items: tuple[Item, ...]
    depths: dict[str, int]
    is_cut: bool


def survey(graph: Graph, is_settled: Callable[[Goal], bool], max_depth: int | None) -> Agenda:
    """Walk from the root through unsettled goals, breadth first, and list what is open.

    A goal's depth is the least number of rule applications between it and the root.  Goals at
    ``max_depth`` are compared with facts only.
    """
    depths = {graph.root.literal.key: 0}
    queue = [graph.root]
    items: list[Item] = []
    is_cut = False
    for goal in queue:
        if is_settled(goal):
            continue
        depth = depths[goal.literal.key]
        for item in _open_items(goal, depth):
            beyond = max_depth is not None and depth + (item.stage != "facts") > max_depth
            if beyond or len(goal.literal.words) > LONGEST_GOAL:
                is_cut = True
            else:
                items.append(item)
        for key, need in goal.needs.items():
            if key not in depths:
                depths[key] = depth + 1
                queue.append(need)
    return Agenda(tuple(items), depths, is_cut)


def _open_items(goal: Goal, depth: int) -> Iterator[Item]:
    if not goal.is_checked:
        yield Item("facts", goal, depth)
    elif not goal.is_selected:
        yield Item("rules", goal, depth)
    else:
        for match in goal.rules.values():
            yield Item("application", goal, depth, match)
