"""From the statements of a text to one number that is hard to drive up without telling truths."""

from __future__ import annotations

from dataclasses import dataclass

from lambada_bc.proof.proof import FactStep, NameStep, Proof, RuleStep
from lambada_bc.statement_checking import CheckedStatement, CheckedText
from lambada_bc.statements import Verdict


@dataclass(frozen=True)
class Scale:
    """What a statement of each verdict is worth, and how many make a full score.

    ``copied`` is for what the knowledge base states, in whatever words, ``silent`` for a text
    without statements.  A text's score is the sum over its statements divided by their number, or
    by ``expected`` if they are fewer; those after the first ``most`` are worth nothing.
    """

    proved: float = 1.0
    disproved: float = -1.0
    unknown: float = 0.0
    copied: float = 0.0
    silent: float = -0.5
    expected: int = 3
    most: int = 12


def score(checked: CheckedText, scale: Scale) -> float:
    """The score of a text.

    What was said before, or rests on the same facts in the same way, counts once: repetitions,
    rewordings and statements about other matters only make the score smaller.  A statement
    that contradicts another of the text is worth no more than a disproved one.
    """
    if not checked.statements:
        return scale.silent
    contradicted = {one.number for one in checked.contradictions}
    seen: set[object] = set()
    total = 0.0
    for number, one in enumerate(checked.statements[: scale.most]):
        told = {(one.literal.key, one.literal.positive), _grounds(one.proof)}
        is_new, seen = not told & seen, seen | (told - {frozenset()})
        if is_new:
            value = _value(one, scale)
            total += min(value, scale.disproved) if number in contradicted else value
    return total / max(scale.expected, len(checked.statements))


def is_copied(one: CheckedStatement) -> bool:
    """Whether a statement is proved without a rule: a stated fact, in its own words or in others.

    Whole sentences are not what counts: facts strung together to one sentence are copies, too.
    """
    by_rule = any(isinstance(step, RuleStep) for step in one.proof.steps)
    return one.verdict is Verdict.PROVED and not by_rule


def _value(one: CheckedStatement, scale: Scale) -> float:
    match one.verdict:
        case Verdict.PROVED if _is_of_a_stranger(one):
            return scale.unknown
        case Verdict.PROVED:
            return scale.copied if is_copied(one) else scale.proved
        case Verdict.DISPROVED:
            return scale.disproved
        case _:
            return scale.unknown


def _is_of_a_stranger(one: CheckedStatement) -> bool:
    """Whether nothing is known of what it speaks of but its name: *the green dog is an animal*."""
    kinds = {type(step) for step in one.proof.steps}
    return NameStep in kinds and FactStep not in kinds


def _grounds(proof: Proof) -> frozenset[str]:
    """The facts that a proof without rules rests on: to reword a fact is to repeat it."""
    if any(isinstance(step, RuleStep) for step in proof.steps):
        return frozenset()
    return frozenset(step.sentence for step in proof.steps if isinstance(step, FactStep))
