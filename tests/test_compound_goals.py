"""Goals that say more than one thing, checked against truth tables."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest

from lambada_bc import check, prove
from lambada_bc.modules.compact.choices import Choice, Link
from lambada_bc.modules.compact.compound import compound
from lambada_bc.modules.interface import ASKED, Compound, Modules
from lambada_bc.proof.explain import explain
from lambada_bc.statements import Clause, Literal
from tests.plain_english import PlainReader, plain_modules

A, B, C = (Literal(name, "is kind") for name in ("Ana", "Bo", "Cem"))
OR = Choice((), A, Link.OR, B).clauses()
XOR = Choice((), A, Link.XOR, B).clauses()
SHAPES = {
    "a and b": (Clause((), A), Clause((), B)),
    "a and not b": (Clause((), A), Clause((), B.negated())),
    "if a then b": (Clause((A,), B),),
    "if a then b and c": (Clause((A,), B), Clause((A,), C)),
    "if a or b then c": (Clause((A,), C), Clause((B,), C)),
    "a or b": OR,
    "either a or b": XOR,
    "c, and a or b": (Clause((), C), *OR),
    "if c then a or b": Choice((C,), A, Link.OR, B).clauses(),
    "if c then either a or b": Choice((C,), A, Link.XOR, B).clauses(),
}


def is_true(clauses: Sequence[Clause], world: dict[str, bool]) -> bool:
    """Whether all clauses hold, the independent meaning of a sentence."""

    def holds(one: Literal) -> bool:
        return world[one.key] == one.positive

    return all(holds(c.consequent) or not all(map(holds, c.antecedents)) for c in clauses)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_goal_is_so_in_just_the_worlds_where_it_is_true(shape: str) -> None:
    """Forward chaining over what defines a goal decides it in every complete world, rightly."""
    clauses = SHAPES[shape]
    found = compound(clauses, 1.0)
    assert found is not None
    for values in product((False, True), repeat=3):
        world = dict(zip((A.key, B.key, C.key), values, strict=True))
        known = {one if world[one.key] else one.negated() for one in (A, B, C)}
        while new := {
            c.consequent
            for c in found.defined
            if set(c.antecedents) <= known and c.consequent not in known
        }:
            known |= new
        assert (ASKED in known, ASKED.negated() in known) == (
            is_true(clauses, world),
            not is_true(clauses, world),
        )


def test_one_thing_and_all_of_a_kind_are_no_compounds() -> None:
    assert compound([Clause((), A)], 1.0) is None
    assert compound([Clause((Literal("?x", "is kind"),), Literal("?x", "is nice"))], 1.0) is None
    assert compound([], 1.0) is None


class _Reader(PlainReader):
    """Reads goals by their shape, *kind* of each letter's name."""

    def read_compounds(self, goals: Sequence[str]) -> list[Compound | None]:
        return [compound(SHAPES[goal], 1.0) if goal in SHAPES else None for goal in goals]


def _modules() -> Modules:
    return replace(plain_modules(), reader=_Reader())


@pytest.mark.parametrize(
    ("goal", "sentences", "verdict"),
    [
        ("a and b", ["Ana is kind.", "Bo is kind."], "proved"),
        ("a and b", ["Ana is kind."], "unknown"),
        ("a and b", ["Bo is not kind."], "disproved"),
        ("a and not b", ["Bo is kind."], "disproved"),
        ("if a then b", ["Ana is kind.", "Bo is not kind."], "disproved"),
        ("if a then b", ["Bo is not kind."], "unknown"),
        ("if a then b", ["If someone is kind then they are nice."], "unknown"),
        ("a or b", ["Bo is kind."], "proved"),
        ("a or b", ["Bo is not kind.", "Ana is not kind."], "disproved"),
        ("either a or b", ["Bo is kind.", "Ana is kind."], "disproved"),
        ("if c then a or b", ["Cem is not kind."], "proved"),
        ("Ana is kind", ["Ana is kind."], "proved"),
    ],
)
def test_the_whole_goal_is_decided(goal: str, sentences: list[str], verdict: str) -> None:
    modules = _modules()
    proof = prove(goal, sentences, modules=modules)
    assert proof.verdict == verdict
    assert check(proof, sentences, modules=modules) == ()


def test_a_condition_is_supposed_for_the_proof_and_never_against_it() -> None:
    """Nothing is known of Ana; whoever is kind is nice, so if she is kind she is nice."""
    nice = Literal("Ana", "is nice")
    shapes = {"if kind then nice": nice, "if kind then not nice": nice.negated()}

    class Reader(PlainReader):
        def read_compounds(self, goals: Sequence[str]) -> list[Compound | None]:
            return [compound([Clause((A,), shapes[goal])], 1.0) for goal in goals]

    modules = replace(plain_modules(), reader=Reader())
    sentences = ["If someone is kind then they are nice."]
    proof = prove("if kind then nice", sentences, modules=modules)
    assert proof.verdict == "proved"
    assert check(proof, sentences, modules=modules) == ()
    assert "Ana is kind  (supposed)" in explain(proof)
    other = prove("if kind then not nice", sentences, modules=modules)
    assert other.verdict == "unknown"
