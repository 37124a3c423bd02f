"""``check_statements``: what of a text follows from a knowledge base, and what it denies.

A text is also held against itself: two of its statements contradict each other when one is
refuted by the other together with the knowledge base.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lambada_bc.modules.interface import Modules
from lambada_bc.modules.loading import load
from lambada_bc.proof.proof import FactStep, NameStep, ParaphraseStep, Proof, RuleStep
from lambada_bc.prover import KnowledgeBaseLike, as_knowledge_base, prove_literals
from lambada_bc.search import Budget
from lambada_bc.statement_checking.claims import Claim, claims
from lambada_bc.statements import Clause, Literal, Sentence, Statement, Verdict, World


@dataclass(frozen=True)
class CheckedStatement:
    """A statement of a text; ``text[start:end]`` is the sentence that makes it.

    ``sentence`` is that sentence with its pronouns resolved, ``proof`` the proof of its verdict.
    """

    start: int
    end: int
    sentence: str
    literal: Literal
    proof: Proof

    @property
    def verdict(self) -> Verdict:
        """What the knowledge base says of it: nothing, where the proof rests on a name alone."""
        steps = self.proof.steps
        by_name = steps and all(isinstance(step, NameStep | ParaphraseStep) for step in steps)
        return Verdict.UNKNOWN if by_name else self.proof.verdict

    @property
    def probability(self) -> float:
        """How probable it is that the verdict is right."""
        return self.proof.probability


@dataclass(frozen=True)
class Contradiction:
    """Statement ``number`` is refuted by ``others`` of the text with the knowledge base.

    ``proof`` concludes the statement's denial; numbers count from 0.
    """

    number: int
    others: tuple[int, ...]
    proof: Proof


@dataclass(frozen=True)
class CheckedText:
    """The statements of a text in its order, and where it contradicts itself."""

    statements: tuple[CheckedStatement, ...]
    contradictions: tuple[Contradiction, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """How many statements have this verdict."""
        return sum(one.verdict is verdict for one in self.statements)


def check_statements(
    text: str,
    kb: KnowledgeBaseLike,
    *,
    modules: str | Modules = "compact",
    world: World | str | None = None,
    budget: Budget | None = None,
    threshold: float = 0.0,
) -> CheckedText:
    """The statements of a text, each with its span, verdict, probability and proof.

    Compound sentences and lists are taken apart, pronouns at the beginning of a sentence stand
    for the last subject; questions, headings, hedged sentences and rules are left out.

    Args:
        text: any text, for instance what a language model wrote.
        kb: as in :func:`lambada_bc.prove`.
        modules: as in :func:`lambada_bc.prove`.
        world: as in :func:`lambada_bc.prove`.
        budget: for all statements together.
        threshold: as in :func:`lambada_bc.prove`.

    Raises what :func:`lambada_bc.prove` raises, but for :class:`GoalError`.
    """
    (found,) = check_texts(
        [text], kb, modules=modules, world=world, budget=budget, threshold=threshold
    )
    return found


def check_texts(
    texts: Sequence[str],
    kb: KnowledgeBaseLike,
    *,
    modules: str | Modules = "compact",
    world: World | str | None = None,
    budget: Budget | None = None,
    threshold: float = 0.0,
    contradictions: bool = True,
) -> list[CheckedText]:
    """:func:`check_statements` of several texts, in one batch of module calls.

    Without ``contradictions`` no text is held against itself, which takes a search of its own.
    """
    kb = as_knowledge_base(kb)
    modules = load(modules) if isinstance(modules, str) else modules
    found = claims(texts, modules.reader)
    distinct = {str(one.literal): one for some in found for one in some}
    proofs = dict(
        zip(
            distinct,
            prove_literals(
                [_goal(one) for one in distinct.values()],
                kb,
                modules=modules,
                world=world,
                budget=budget,
                threshold=threshold,
            ),
            strict=True,
        )
    )
    checked = [
        tuple(
            CheckedStatement(
                one.start, one.end, one.sentence, one.literal, proofs[str(one.literal)]
            )
            for one in some
        )
        for some in found
    ]
    if not contradictions:
        return [CheckedText(one) for one in checked]
    return [
        CheckedText(one, _contradictions(some, kb, modules, world, budget))
        for one, some in zip(checked, found, strict=True)
    ]


def _goal(claim: Claim) -> tuple[str, Literal, float]:
    return claim.sentence, claim.literal, claim.probability


def _contradictions(
    said: Sequence[Claim],
    kb: KnowledgeBaseLike,
    modules: Modules,
    world: World | str | None,
    budget: Budget | None,
) -> tuple[Contradiction, ...]:
    """The statements that the others refute; the text's statements are assumed, as facts."""
    if len({str(one.literal) for one in said}) < 2:
        return ()
    assumed = [
        Statement(f"said {n}", Sentence(f"said {n}", one.sentence), Clause((), one.literal))
        for n, one in enumerate(said)
    ]
    proofs = prove_literals(
        [_goal(one) for one in said],
        kb,
        modules=modules,
        world=world,
        budget=budget,
        sides="both",
        assumed=assumed,
    )
    found = []
    for number, (one, proof) in enumerate(zip(said, proofs, strict=True)):
        cited = _cited(proof, one.literal.negated())
        others = sorted({int(name[5:]) for name in cited if name.startswith("said ")} - {number})
        if others:
            found.append(Contradiction(number, tuple(others), proof))
    return tuple(found)


def _cited(proof: Proof, conclusion: Literal) -> set[str]:
    """The sentences that a conclusion of a proof rests on; none if it is not concluded."""
    made = {_signed(step.conclusion): step for step in proof.steps}
    cited: set[str] = set()
    ahead = [_signed(conclusion)]
    while ahead:
        step = made.pop(ahead.pop(), None)
        match step:
            case FactStep():
                cited.add(step.sentence)
            case RuleStep():
                cited.add(step.sentence)
                ahead += map(_signed, step.premises)
            case ParaphraseStep():
                ahead.append(_signed(step.premise))
    return cited


def _signed(literal: Literal) -> tuple[str, bool]:
    return literal.key, literal.positive
