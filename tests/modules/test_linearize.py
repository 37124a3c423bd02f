"""What the reader's decoder may write can always be parsed, and says what was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambada_bc.modules.compact.choices import Choice, Link, as_doings
from lambada_bc.modules.compact.linearize import END, Grammar, linearize, parse
from lambada_bc.statements import Clause, Kind, Literal

SUBJECTS = st.sampled_from(["?x", "Bob", "the red house", "Ana's dog"])
PREDICATES = st.sampled_from(["is big", "likes ?y", "has a key", "can enter the room"])
LITERALS = st.builds(Literal, SUBJECTS, PREDICATES, st.booleans())
RULES = st.builds(Clause, st.lists(LITERALS, min_size=1, max_size=3).map(tuple), LITERALS)
FACTS = st.builds(Clause, st.just(()), LITERALS)


CHOICES = st.builds(
    Choice, st.lists(LITERALS, max_size=1).map(tuple), LITERALS, st.sampled_from(Link), LITERALS
).map(Choice.clauses)


def unordered(clauses: Iterable[Clause]) -> set[tuple[frozenset[Literal], Literal]]:
    return {(frozenset(one.antecedents), one.consequent) for one in clauses}


@given(
    st.lists(st.one_of(RULES.map(lambda one: (one,)), FACTS.map(lambda one: (one,)), CHOICES),
             min_size=1, max_size=4)
)  # fmt: skip
def test_parse_undoes_linearize(said: list[tuple[Clause, ...]]) -> None:
    clauses = list(dict.fromkeys(clause for one in said for clause in one))
    assert unordered(parse(linearize(clauses))) == unordered(clauses)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Bob is big and kind.", "<fact> Bob <+> is big <;> <same> <+> is kind <end>"),
        ("Bob is big. Bob is kind.", "<fact> Bob <+> is big <;> Bob <+> is kind <end>"),
    ],
)
def test_a_subject_that_is_named_again_is_told_again(text: str, tokens: str) -> None:
    clauses = (Clause((), Literal("Bob", "is big")), Clause((), Literal("Bob", "is kind")))
    assert linearize(clauses, text.replace(".", " .").split()) == tokens.split()


@pytest.mark.parametrize(
    ("link", "holds"),
    [
        (Link.OR, lambda one, other: one or other),
        (Link.XOR, lambda one, other: one != other),
        (Link.ONLY, lambda one, other: other or not one),
    ],
)
def test_the_rules_of_a_choice_mean_just_that(
    link: Link, holds: Callable[[bool, bool], bool]
) -> None:
    one, other = Literal("Bob", "is in"), Literal("Bob", "is out")
    rules = Choice((), one, link, other).clauses()
    for world in ({one: a, other: b} for a in (True, False) for b in (True, False)):

        def true(literal: Literal, world: dict[Literal, bool] = world) -> bool:
            return world[literal.atom()] == literal.positive

        kept = all(true(r.consequent) or not all(map(true, r.antecedents)) for r in rules)
        assert kept == holds(world[one], world[other])


def test_a_choice_and_a_subject_are_told_once() -> None:
    tokens = linearize(
        Choice((), Literal("Bob", "is in"), Link.XOR, Literal("Bob", "is out")).clauses()
    )
    assert " ".join(tokens) == "<rule> Bob <+> is in <xor> <same> <+> is out <end>"


@given(
    st.data(),
    st.sampled_from([None, Kind.FACT, Kind.RULE]),
    st.booleans(),
)
def test_whatever_the_grammar_allows_can_be_parsed(
    data: st.DataObject, mark: Kind | None, single: bool
) -> None:
    mark = Kind.FACT if single else mark
    grammar, tokens = Grammar(mark, single=single), []
    while not tokens or tokens[-1] != END:
        structure = grammar.structure_allowed()
        if len(tokens) > 60 and END in structure:
            choices = [END]
        elif len(tokens) > 60 and structure:
            choices = [structure[-1] if "<then>" not in structure else "<then>"]
        else:
            words = ["Bob", "is", "big"] if grammar.words_allowed else []
            choices = [*structure, *words]
        token = data.draw(st.sampled_from(choices))
        tokens.append(token)
        grammar.advance(token)
    clauses = parse(tokens)
    assert clauses
    if mark is Kind.FACT:
        assert all(clause.kind is Kind.FACT for clause in clauses)
    if mark is Kind.RULE:
        assert any(clause.kind is Kind.RULE for clause in clauses)
    if single:
        assert len(clauses) == 1


def test_a_choice_of_what_one_can_do_is_one_of_doings() -> None:
    body = (Literal("Ada", "is calm"),)
    can = Choice(body, Literal("Ada", "can rest"), Link.XOR, Literal("Ada", "can be first"))
    does = Choice(body, Literal("Ada", "rest"), Link.XOR, Literal("Ada", "is first"))
    assert as_doings(can.clauses()) == does.clauses()
    assert as_doings(does.clauses()) == does.clauses()
    either = Choice((), Literal("Ada", "can rest"), Link.OR, Literal("Ada", "can run"))
    assert as_doings(either.clauses()) == either.clauses()
