"""What the reader's decoder may write can always be parsed, and says what was meant."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lambada_bc.modules.compact.linearize import END, Grammar, linearize, parse
from lambada_bc.statements import Clause, Kind, Literal

SUBJECTS = st.sampled_from(["?x", "Bob", "the red house", "Ana's dog"])
PREDICATES = st.sampled_from(["is big", "likes ?y", "has a key", "can enter the room"])
LITERALS = st.builds(Literal, SUBJECTS, PREDICATES, st.booleans())
RULES = st.builds(Clause, st.lists(LITERALS, min_size=1, max_size=3).map(tuple), LITERALS)
FACTS = st.builds(Clause, st.just(()), LITERALS)


@given(st.lists(st.one_of(RULES, FACTS), min_size=1, max_size=5, unique=True))
def test_parse_undoes_linearize(clauses: list[Clause]) -> None:
    assert set(parse(linearize(clauses))) == set(clauses)


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
