"""What two literals may be about in common, so that a comparer can judge them together."""

from __future__ import annotations

from collections.abc import Iterator

from lambada_bc.modules.compact.subjects import (
    PREPOSITIONS,
    names_in,
    owner_of,
    same_subject,
    speaks_of,
    things_in,
    told_from_elsewhere,
    verb_of,
)
from lambada_bc.statements import Bindings, Literal


def alignments(goal: Literal, stated: Literal) -> list[Bindings]:
    """Every way to make both literals ones about the same things, the likeliest first.

    A variable left in one of their predicates stands for the one thing that the other names; a
    variable of what is stated alone may stand for the goal's subject (*prizes go to ?x*), for its
    owner (*?x's bags are sent back*, *Ana's luggage is returned*; *?x loses the bonus*, *Ana's
    bonus is paid*), or for whom the goal names where both tell one thing from its two ends (*?x is
    handed over to the police*, *the police take Bo*).
    """
    ways = (_from_one_end(goal, stated), *_from_both_ends(goal, stated))
    return list({tuple(sorted(way.items())): way for way in ways if way is not None}.values())


def _from_one_end(goal: Literal, stated: Literal) -> Bindings | None:
    bindings = same_subject(goal, stated)
    if bindings is None:
        return None if "?" in goal.predicate else told_from_elsewhere(goal, stated)
    asked, said = goal.substitute(bindings), stated.substitute(bindings)
    free = [*asked.variables, *said.variables]
    if not free or asked.subject.startswith("?"):
        return bindings if set(free) <= set(goal.variables) else None
    one, other = (said, asked) if said.variables else (asked, said)
    things = _things(one.predicate, free[0], other.predicate)
    return {**bindings, free[0]: things[0]} if len(free) == len(things) == 1 else None


def _from_both_ends(goal: Literal, stated: Literal) -> Iterator[Bindings]:
    """What the one variable of a statement may stand for besides, if the goal has none."""
    if goal.variables or len(stated.variables) != 1:
        return
    (variable,) = stated.variables
    if stated.subject == variable:
        is_spoken_of = speaks_of(stated, goal.subject)
        if is_spoken_of and (owner := owner_of(goal.subject)):
            yield {variable: owner}
        things = (things_in(goal.predicate) if is_spoken_of else []) or names_in(goal.predicate)
        if len(things) == 1 and verb_of(stated) != verb_of(goal):
            yield {variable: things[0]}
    elif variable in stated.subject:
        yield {variable: owner_of(goal.subject) or goal.subject}
    else:
        things = _things(stated.predicate, variable, goal.predicate)
        yield from ({variable: thing} for thing in things if len(things) == 1)


def _things(pattern: str, variable: str, predicate: str) -> list[str]:
    """What a variable of one predicate may stand for in another.

    What follows the same preposition, or else the things that are named.
    ``("is owed for ?x", "?x", "pays damages for the delay to Nuuk") -> ["the delay to Nuuk"]``
    """
    before, _, after = pattern.partition(variable)
    rest = predicate.removesuffix(after) if after.strip() else predicate
    last = before.split()[-1:]
    _, found, thing = f" {rest} ".partition(f" {last[0]} " if last else "\0")
    if found and last[0] in PREPOSITIONS and thing.strip():
        return [thing.strip()]
    return things_in(rest)
