"""Answering the questions of one theory: one knowledge base, one table, one record each."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from lambada_bc.errors import GoalError
from lambada_bc.evaluation.datasets import Question, Theory
from lambada_bc.evaluation.records import Record, step_records
from lambada_bc.evaluation.replay import replays
from lambada_bc.knowledge_base import KnowledgeBase
from lambada_bc.language_models.interface import Usage
from lambada_bc.modules.interface import Reader
from lambada_bc.proof.check import check
from lambada_bc.proof.proof import FactStep, Proof, RuleStep
from lambada_bc.prover import of_goal
from lambada_bc.statements import GOAL, Verdict

Ask = Callable[[Sequence[str]], list[Proof]]


def answer(
    theory: Theory, kb: KnowledgeBase, reader: Reader, ask: Ask, usage: Usage | None = None
) -> list[Record]:
    """The records of a theory's questions; ``ask`` proves goals from ``kb`` as ``reader`` reads.

    What a language model with this ``usage`` was asked meanwhile goes to the first record.
    """
    begun, before = time.perf_counter(), usage.counts() if usage else {}
    answers = _proofs([question.text for question in theory.questions], ask)
    seconds = (time.perf_counter() - begun) / len(theory.questions)
    statements = kb.statements(reader, guessed=True)
    records = [
        _unasked(theory, question, proof, seconds)
        if isinstance(proof, GoalError)
        else _record(
            theory,
            question,
            proof,
            not check(proof, (*statements, *of_goal(proof, reader))),
            seconds,
        )
        for question, proof in zip(theory.questions, answers, strict=True)
    ]
    if usage is not None:
        asked = {name: count - before[name] for name, count in usage.counts().items()}
        records[0] = records[0].model_copy(update={"usage": asked})
    return records


def _proofs(goals: Sequence[str], ask: Ask) -> list[Proof | GoalError]:
    """All goals in one batch; one by one if some of them cannot be asked."""
    try:
        return list(ask(goals))
    except GoalError as error:
        if len(goals) == 1:
            return [error]
        return [proof for goal in goals for proof in _proofs([goal], ask)]


def _record(
    theory: Theory, question: Question, proof: Proof, is_valid: bool, seconds: float
) -> Record:
    steps = step_records(proof)
    cited = [step.sentence for step in proof.steps if isinstance(step, FactStep | RuleStep)]
    used = {int(sentence) for sentence in cited if sentence != GOAL}
    replayed = None
    if theory.gold is not None and question.literal is not None:
        replayed = replays(steps, theory.gold, question.literal, proof.verdict)
    return Record(
        theory_id=theory.id,
        question_id=question.id,
        label=question.label,
        predicted=proof.verdict,
        confidence=proof.probability,
        proof_valid=is_valid,
        stopped=proof.stopped,
        depth=question.depth,
        proof=steps,
        gold_replayed=replayed,
        needs_found=len(used & set(question.needs)) / len(question.needs)
        if question.needs
        else None,
        calls=proof.statistics.calls,
        pairs=proof.statistics.pairs,
        tokens=proof.statistics.tokens,
        seconds=seconds,
    )


def _unasked(theory: Theory, question: Question, error: GoalError, seconds: float) -> Record:
    """The record of a question that the prover refused."""
    return Record(
        theory_id=theory.id,
        question_id=question.id,
        label=question.label,
        predicted=Verdict.UNKNOWN,
        confidence=0.0,
        proof_valid=False,
        stopped="error",
        depth=question.depth,
        proof=[],
        calls={},
        pairs={},
        seconds=seconds,
        error=str(error),
    )
