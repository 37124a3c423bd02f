"""What an evaluation keeps of each question; every table can be computed from these alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lambada_bc.errors import DatasetError
from lambada_bc.files import read_text
from lambada_bc.proof.proof import (
    FactStep,
    FailureStep,
    NameStep,
    ParaphraseStep,
    Proof,
    RuleStep,
    Step,
)
from lambada_bc.statements import GOAL, Literal, Verdict

StepRecord = dict[str, Any]
"""``{fact: i, conclusion}``, ``{rule: i, premises, conclusion}`` or ``{failure: true, conclusion}``
with ``i`` an index into the item's sentences and the rest English text.  What a goal supposes or
says of its parts has ``supposed`` or ``asked`` in the place of an index."""


class Record(BaseModel):
    """The answer to one question and what it cost, by module.

    ``confidence`` is the probability of ``predicted``; ``seconds`` is the question's share of
    its theory's time.  ``gold_replayed`` and ``needs_found`` are None where the data has no
    annotation to compare with.  ``usage`` is what a language model was asked for all questions
    of the theory, kept with the first of them, so that the sum over records is what was asked.
    ``error`` says why a question could not be asked; such a question counts as answered
    *unknown*.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    theory_id: str
    question_id: str
    label: Verdict
    predicted: Verdict
    confidence: float
    proof_valid: bool
    stopped: str
    depth: int | None
    proof: list[StepRecord]
    gold_replayed: bool | None = None
    needs_found: float | None = None
    calls: dict[str, int]
    pairs: dict[str, int]
    tokens: dict[str, float] = Field(default_factory=dict)
    seconds: float
    usage: dict[str, int] = Field(default_factory=dict)
    error: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What identifies the question."""
        return self.theory_id, self.question_id

    @property
    def right(self) -> bool:
        """Whether the label is the expected one."""
        return self.predicted is self.label

    @property
    def right_with_proof(self) -> bool:
        """Whether the label is right and, unless it is *unknown*, its proof valid."""
        return self.right and (self.proof_valid or self.predicted is Verdict.UNKNOWN)


def step_records(proof: Proof) -> list[StepRecord]:
    """The steps of a proof whose sentences are named by their index in the item.

    A rewording is no step of its own: the step that it rewords concludes the new words.
    """
    made: dict[_Said, Step] = {}
    for step in proof.steps:
        if not isinstance(step, ParaphraseStep):
            made[_said(step.conclusion)] = step
        elif reworded := made.get(_said(step.premise)):
            made[_said(step.conclusion)] = reworded.model_copy(
                update={"conclusion": step.conclusion}
            )
    return [_record(made[said]) for said in _used(proof.conclusions, made)]


def read_records(path: Path) -> list[Record]:
    """The records of a finished or broken-off run.

    Raises :class:`DatasetError` naming the file and the line.
    """
    records = []
    for number, line in enumerate(read_text(path, DatasetError).split("\n"), start=1):
        if not line:
            continue
        try:
            records.append(Record.model_validate_json(line))
        except ValidationError:
            raise DatasetError(f"{path}:{number}: is not a record of an evaluation.") from None
    return records


_Said = tuple[str, bool]


def _said(literal: Literal) -> _Said:
    return literal.key, literal.positive


def _used(roots: Iterable[Literal], made: dict[_Said, Step]) -> list[_Said]:
    """What the roots rest on, every premise before its use.

    A premise that no step concludes is passed over; the check has found it.
    """
    order: dict[_Said, None] = {}
    pending = [(_said(root), False) for root in reversed(list(roots))]
    while pending:
        said, is_ready = pending.pop()
        if said in order or said not in made:
            continue
        if is_ready:
            order[said] = None
            continue
        pending.append((said, True))
        step = made[said]
        if isinstance(step, RuleStep):
            pending += [(_said(premise), False) for premise in reversed(step.premises)]
    return list(order)


def _record(step: Step) -> StepRecord:
    conclusion = str(step.conclusion)
    match step:
        case FactStep():
            if step.sentence == GOAL:
                return {"supposed": True, "conclusion": conclusion}
            return {"fact": int(step.sentence), "conclusion": conclusion}
        case NameStep():
            return {"name": True, "conclusion": conclusion}
        case RuleStep():
            premises = [str(premise) for premise in step.premises]
            if step.sentence == GOAL:
                return {"asked": True, "premises": premises, "conclusion": conclusion}
            return {"rule": int(step.sentence), "premises": premises, "conclusion": conclusion}
        case FailureStep():
            return {"failure": True, "conclusion": conclusion}
        case ParaphraseStep():
            raise AssertionError("a rewording is folded into the step that it rewords")
