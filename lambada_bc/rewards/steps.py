"""Step validity: each step of a reasoning must follow, and its answer must be right.

After process supervision (Lightman et al., *Let's verify step by step*, 2023), with a prover in
the place of the trained judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lambada_bc.knowledge_base import KnowledgeBase
from lambada_bc.prover import KnowledgeBaseLike, prove_many
from lambada_bc.rewards.answers import answer_of
from lambada_bc.rewards.calling import Completion, Rewards, by_knowledge_base, guarded, text_of
from lambada_bc.search import Budget
from lambada_bc.statement_checking import CheckedText, check_texts
from lambada_bc.statements import Verdict


@dataclass
class StepReward:
    """The share of valid steps, and whether the last answer is the verdict on the row's goal.

    A step is a statement of the completion; it is valid if the knowledge base proves it, since
    whatever follows from that and from valid steps before it also follows from the knowledge
    base alone.  ``answer`` is the weight of the final answer, the rest that of the steps.  The
    goal stands in the column ``goal``; what is right is the prover's verdict on it.  ``fewest``
    is how many distinct steps make a full score.
    """

    kb: KnowledgeBaseLike | None = None
    column: str = "kb"
    goal: str = "goal"
    answer: float = 0.5
    fewest: int = 2
    modules: str = "compact"
    seconds: float = 60.0
    threshold: float = 0.5

    def __post_init__(self) -> None:
        self.__name__ = "step_reward"

    def __call__(
        self, *, completions: Sequence[Completion], log_metric: object = None, **columns: Any
    ) -> Rewards:
        """One score between 0 and 1 for each completion; None where checking failed."""
        return guarded(
            self.__name__, len(completions), lambda: self._rewards(completions, columns), log_metric
        )

    def _rewards(self, completions: Sequence[Completion], columns: dict[str, Any]) -> Rewards:
        told = columns[self.column] if self.kb is None else [self.kb] * len(completions)
        goals = columns[self.goal]

        def scores(kb: KnowledgeBase, places: list[int], left: Budget) -> list[float]:
            texts = [text_of(completions[row]) for row in places]
            checked = check_texts(
                texts,
                kb,
                modules=self.modules,
                budget=left,
                threshold=self.threshold,
                contradictions=False,
            )
            asked = list(dict.fromkeys(goals[row] for row in places))
            proofs = prove_many(
                asked, kb, modules=self.modules, budget=left, threshold=self.threshold
            )
            verdicts = {goal: proof.verdict for goal, proof in zip(asked, proofs, strict=True)}
            return [
                self.answer * (answer_of(text) is verdicts[goals[row]])
                + (1 - self.answer) * self._validity(one)
                for row, text, one in zip(places, texts, checked, strict=True)
            ]

        return by_knowledge_base(told, self.seconds, scores)

    def _validity(self, checked: CheckedText) -> float:
        """Distinct valid steps among all; what is said twice is valid once."""
        steps = {(one.literal.key, one.literal.positive): one.verdict for one in checked.statements}
        valid = sum(verdict is Verdict.PROVED for verdict in steps.values())
        return valid / max(self.fewest, len(checked.statements))
