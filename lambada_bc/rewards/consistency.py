"""Consistency: what a completion states must follow from the knowledge base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lambada_bc.knowledge_base import KnowledgeBase
from lambada_bc.prover import KnowledgeBaseLike
from lambada_bc.rewards.calling import Completion, Rewards, by_knowledge_base, guarded, text_of
from lambada_bc.rewards.scoring import Scale, is_copied, score
from lambada_bc.search import Budget
from lambada_bc.statement_checking import CheckedText, check_texts
from lambada_bc.statements import Verdict


@dataclass
class ConsistencyReward:
    """Rewards statements that are proved and punishes those that are disproved, by ``scale``.

    ``kb`` is the knowledge base of all rows; if it is None, each row brings its own in the
    data set's column ``column``: a file's path, a text with one sentence a line, or sentences.
    ``seconds`` bounds the proofs of one call: what is not settled by then is *unknown*.
    ``contradictions`` also holds each text against itself.
    """

    kb: KnowledgeBaseLike | None = None
    column: str = "kb"
    scale: Scale = field(default_factory=Scale)
    modules: str = "compact"
    seconds: float = 60.0
    threshold: float = 0.5
    contradictions: bool = True

    def __post_init__(self) -> None:
        self.__name__ = "consistency_reward"

    def __call__(
        self, *, completions: Sequence[Completion], log_metric: object = None, **columns: Any
    ) -> Rewards:
        """One score for each completion, at most ``scale.proved``; None where checking failed."""
        return guarded(
            self.__name__,
            len(completions),
            lambda: self._rewards(completions, columns, log_metric),
            log_metric,
        )

    def _rewards(
        self, completions: Sequence[Completion], columns: dict[str, Any], log_metric: object
    ) -> Rewards:
        told = columns[self.column] if self.kb is None else [self.kb] * len(completions)
        everything: list[CheckedText] = []

        def scores(kb: KnowledgeBase, places: list[int], left: Budget) -> list[float]:
            checked = check_texts(
                [text_of(completions[row]) for row in places],
                kb,
                modules=self.modules,
                budget=left,
                threshold=self.threshold,
                contradictions=self.contradictions,
            )
            everything.extend(checked)
            return [score(one, self.scale) for one in checked]

        found = by_knowledge_base(told, self.seconds, scores)
        if callable(log_metric):
            for name, share in shares(everything).items():
                log_metric(f"{self.__name__}/{name}", share)
        return found


def shares(checked: Sequence[CheckedText]) -> dict[str, float]:
    """Of all statements, the shares of each verdict and of copies; and their number a text."""
    total = sum(len(one.statements) for one in checked)
    copied = sum(is_copied(one) for text in checked for one in text.statements)
    counted = {
        str(verdict): sum(one.count(verdict) for one in checked) / max(total, 1)
        for verdict in (Verdict.PROVED, Verdict.DISPROVED, Verdict.UNKNOWN)
    }
    return {
        **counted,
        "copied": copied / max(total, 1),
        "statements": total / max(len(checked), 1),
    }
