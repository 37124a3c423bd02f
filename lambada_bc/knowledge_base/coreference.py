"""What is said of *the cat*, said of Biscuit too, where Biscuit is the cat.

A knowledge base introduces somebody once (*Biscuit is our cat*) and goes on with a description
(*the cat is shut in*).  A description goes with a name where one named thing alone is said to be
it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from lambada_bc import wording
from lambada_bc.statements import Clause, Kind, Literal, Statement

_DETERMINERS = ("the", "our", "my")
_INTRODUCED = re.compile(rf"is (?:{'|'.join(_DETERMINERS)}) ([a-z-]+(?: [a-z-]+)?)")

_ENDED = (
    r"(?=$|'s|,| (?:in|on|at|to|from|by|with|for|of|into|out|up|down|off|back|over|after|before)\b)"
)
"""What may follow a whole description: *the cat flap* is no cat."""


def told_by_name(statements: Sequence[Statement]) -> list[Statement]:
    """The statements that use a description, once more with the name that goes with it.

    Their ids end in ``/n``.  ``["Biscuit is our cat", "the cat sleeps"] -> ["Biscuit sleeps"]``
    """
    names = _names(statements)
    if not names:
        return []
    described = re.compile(
        rf"\b(?:{'|'.join(_DETERMINERS)}) ({'|'.join(map(re.escape, names))}){_ENDED}",
        re.IGNORECASE,
    )

    def named(text: str) -> str:
        return described.sub(lambda found: names[found[1].lower()], text)

    def renamed(literal: Literal) -> Literal:
        return replace(literal, subject=named(literal.subject), predicate=named(literal.predicate))

    told = []
    for one in statements:
        clause = Clause(tuple(map(renamed, one.clause.antecedents)), renamed(one.clause.consequent))
        if clause != one.clause and _INTRODUCED.fullmatch(one.clause.consequent.predicate) is None:
            told.append(replace(one, id=f"{one.id}/n", clause=clause, presupposed=True))
    return told


def _names(statements: Sequence[Statement]) -> dict[str, str]:
    """The name that goes with each description, its determiner left out."""
    introduced: dict[str, set[str]] = defaultdict(set)
    for one in statements:
        said = one.clause.consequent
        found = _INTRODUCED.fullmatch(said.predicate)
        if found and one.kind is Kind.FACT and said.positive and _is_name(said.subject):
            introduced[found[1]].add(said.subject)
    return {described: names.pop() for described, names in introduced.items() if len(names) == 1}


def _is_name(subject: str) -> bool:
    return all(word[0].isupper() for word in wording.tokenize(subject) if word[0].isalpha())
