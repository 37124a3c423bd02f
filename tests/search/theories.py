"""Random theories, and the search over them with exact modules."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from lambada_bc.modules.gold import (
    GoldReader,
    check_facts,
    compare_signs,
    decompose_goals,
    select_rules,
)
from lambada_bc.modules.interface import Modules
from lambada_bc.proof.proof import Proof
from lambada_bc.search import Table, search
from lambada_bc.statements import Kind, Literal, Statement, Verdict
from tests.oracle import WORDS, Atom, Rule, literal, statement

CONSTANTS = ("anne", "bob", "cat")
UNARY, BINARY = ("red", "big", "kind"), ("like", "see")
GOALS = [
    *(Atom(relation, (one,)) for relation in UNARY for one in CONSTANTS),
    *(Atom(r, pair) for r in BINARY for pair in itertools.product(CONSTANTS, repeat=2)),
]


def atoms(terms: Sequence[str]) -> st.SearchStrategy[Atom]:
    """Atoms over some constants and variables, a third of them negative."""
    one, sign = st.sampled_from(terms), st.sampled_from((True, True, False))
    return st.one_of(
        st.builds(Atom, st.sampled_from(UNARY), st.tuples(one), sign),
        st.builds(Atom, st.sampled_from(BINARY), st.tuples(one, one), sign),
    )


facts = st.builds(Rule, st.one_of(*[atoms(CONSTANTS)] * 7, atoms((*CONSTANTS, "X"))))
_parts = atoms((*CONSTANTS, "X", "X", "Y"))
rules = st.builds(Rule, _parts, st.lists(_parts, min_size=1, max_size=3).map(tuple))
theories = st.builds(
    lambda some, more: [*some, *more],
    st.lists(facts, min_size=1, max_size=5),
    st.lists(rules, min_size=1, max_size=7),
)


EXACT = Modules(
    name="exact",
    reader=GoldReader({"sentences": [], "gold": {"facts": {}, "rules": {}}}),
    fact_check=check_facts,
    rule_selection=select_rules,
    goal_decomposition=decompose_goals,
    sign_agreement=compare_signs,
)


def table(statements: Sequence[Statement], modules: Modules = EXACT) -> Table:
    """A table that compares every goal with every statement."""
    stated = tuple(one for one in statements if one.kind is Kind.FACT)
    others = tuple(one for one in statements if one.kind is Kind.RULE)
    names = [WORDS[name] for name in CONSTANTS]
    return Table(modules, lambda goals: [(stated, others)] * len(goals), names)


def worded(theory: Sequence[Rule]) -> list[Statement]:
    """A theory in English."""
    return [statement(number, rule) for number, rule in enumerate(theory)]


def asked(*goals: Atom | Literal) -> list[tuple[str, Literal, float]]:
    """Goals as the search takes them."""
    literals = [goal if isinstance(goal, Literal) else literal(goal) for goal in goals]
    return [(f"{one}.", one, 1.0) for one in literals]


def rule(head: str, *body: str) -> Rule:
    """``rule("red X", "not like X bob")``: Xs that do not like Bob are red."""
    return Rule(_atom(head), tuple(map(_atom, body)))


def _atom(text: str) -> Atom:
    relation, *terms = text.removeprefix("not ").split()
    return Atom(relation, tuple(terms), not text.startswith("not "))


def prove(goal: str, *theory: Rule, **options: Any) -> Proof:
    """``prove("not red bob", rule("red bob"))``."""
    return search(asked(_atom(goal)), table(worded(theory)), **options)[0]


SIGNS: dict[Verdict, set[bool]] = {
    Verdict.PROVED: {True},
    Verdict.DISPROVED: {False},
    Verdict.UNKNOWN: set(),
    Verdict.CONTRADICTED: {True, False},
}
"""What each verdict on a positive goal says of its atom."""
