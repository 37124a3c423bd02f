"""Self-consistency: opposite answers to a statement and its negation, the same to a paraphrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lambada_bc.rewards.answers import answer_of
from lambada_bc.rewards.calling import Completion, Rewards, guarded, text_of
from lambada_bc.statements import Verdict

_OPPOSITE = {
    Verdict.PROVED: Verdict.DISPROVED,
    Verdict.DISPROVED: Verdict.PROVED,
    Verdict.UNKNOWN: Verdict.UNKNOWN,
}


@dataclass
class SelfConsistencyReward:
    """How well an answer agrees with those to the other forms of the same question in the batch.

    Rows of one question share a value of the column ``question``; the column ``positive`` is
    False for its negation.  Each row has the share of the others that its answer agrees with,
    sign considered; a completion without an answer has 0.  A row whose question has no other
    form in the batch gets None, and so does a question whose forms are all answered *unknown*,
    since never to answer would be consistent, too.
    """

    question: str = "question"
    positive: str = "positive"

    def __post_init__(self) -> None:
        self.__name__ = "self_consistency_reward"

    def __call__(
        self, *, completions: Sequence[Completion], log_metric: object = None, **columns: Any
    ) -> Rewards:
        """One share between 0 and 1 for each completion, or None."""
        return guarded(
            self.__name__, len(completions), lambda: self._rewards(completions, columns), log_metric
        )

    def _rewards(self, completions: Sequence[Completion], columns: dict[str, Any]) -> Rewards:
        prompts = columns.get("prompts") or list(range(len(completions)))
        rows = [
            (question, str(prompt), _turned(answer_of(text_of(completion)), positive))
            for question, prompt, completion, positive in zip(
                columns[self.question], prompts, completions, columns[self.positive], strict=True
            )
        ]
        return [_agreement(row, rows) for row in rows]


Row = tuple[object, str, Verdict | None]
"""A question, the form in which it was asked, and the answer, turned if that was its negation."""


def _turned(answer: Verdict | None, positive: bool) -> Verdict | None:
    return answer if positive or answer is None else _OPPOSITE[answer]


def _agreement(row: Row, rows: Sequence[Row]) -> float | None:
    question, form, answer = row
    others = [told for about, asked, told in rows if about == question and asked != form]
    if not others:
        return None
    if answer is None:
        return 0.0
    if answer is Verdict.UNKNOWN and all(told is Verdict.UNKNOWN for told in others):
        return None
    return sum(told is answer for told in others) / len(others)
