"""Replays the steps of a proof on the statements it cites, without a graph or a search."""

from __future__ import annotations

from collections.abc import Sequence

from lambada_bc.proof.proof import (
    FactStep,
    FailureStep,
    NameStep,
    ParaphraseStep,
    Proof,
    RuleStep,
)
from lambada_bc.statements import Literal, Statement, World
from lambada_bc.unification import match


def replay(proof: Proof, statements: Sequence[Statement]) -> None:
    """Fail unless every step follows from earlier ones and the last ones are the conclusions."""
    by_id = {statement.id: statement for statement in statements}
    shown: list[Literal] = []
    for step in proof.steps:
        match step:
            case FactStep():
                stated = by_id[step.sentence].clause.consequent
                assert not by_id[step.sentence].clause.antecedents
                assert same(stated, step.conclusion) or covers(stated, step.conclusion)
            case RuleStep():
                clause = by_id[step.statement].clause
                assert step.antecedents == clause.antecedents
                assert step.consequent == clause.consequent
                under = [literal.substitute(step.bindings) for literal in step.antecedents]
                assert len(under) == len(step.premises)
                assert all(map(same, under, step.premises))
                assert same(step.consequent.substitute(step.bindings), step.conclusion)
                assert all(any(same(premise, one) for one in shown) for premise in step.premises)
            case NameStep():
                raise AssertionError("gold modules know nothing of names")
            case ParaphraseStep():
                assert any(same(step.premise, one) for one in shown)
            case FailureStep():
                assert proof.world is World.CLOSED
                assert not step.conclusion.positive
                assert step.conclusion.is_ground
        assert not any(same(step.conclusion, one) for one in shown)
        shown.append(step.conclusion)
    assert all(any(same(end, one) for one in shown) for end in proof.conclusions)


def same(one: Literal, other: Literal) -> bool:
    return (one.key, one.positive) == (other.key, other.positive)


def covers(stated: Literal, instance: Literal) -> bool:
    return stated.positive == instance.positive and match(stated, instance) is not None


def tree_size(proof: Proof, conclusion: Literal) -> int:
    """Rule applications of the proof tree of one conclusion, shared parts counted each time."""
    sizes: dict[tuple[str, bool], int] = {}
    for step in proof.steps:
        premises = step.premises if isinstance(step, RuleStep) else ()
        below = sum(sizes[premise.key, premise.positive] for premise in premises)
        sizes[step.conclusion.key, step.conclusion.positive] = below + (step.kind == "rule")
    return sizes[conclusion.key, conclusion.positive]
