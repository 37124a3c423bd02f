"""A proof: the verdict on one goal, the steps it rests on, and what the search spent.

Steps are data, in an order in which every premise stands before its use; the networkx graph is
derived from them.  A proof of a *proved* goal concludes its literal, of a *disproved* one the
literal's negation, of a *contradicted* one both.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, TypeVar
from typing import Literal as OneOf

import networkx as nx
from pydantic import BaseModel, ConfigDict, Field

from lambada_bc.statements import Literal, Verdict, World

FORMAT_VERSION = 1
"""Version of the stored form; a reader refuses others."""

Stopped = OneOf["settled", "exhausted", "depth", "budget"]
"""Why the search ended.  *settled*: the verdict is final; *exhausted*: everything relevant was
looked at; *depth*, *budget*: a limit was reached, so an ``unknown`` is not final."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FactStep(_Model):
    """``conclusion`` is stated by a sentence of the knowledge base.

    ``guessed``: by a second reading of it, where the likeliest left the goal unknown.
    """

    kind: OneOf["fact"] = "fact"
    sentence: str
    text: str
    conclusion: Literal
    probability: float = 1.0
    guessed: bool = False


class RuleStep(_Model):
    """``premises`` give ``conclusion`` by a rule: the rule's literals under ``bindings``.

    ``guessed`` as for a :class:`FactStep`.
    """

    kind: OneOf["rule"] = "rule"
    sentence: str
    statement: str
    text: str
    antecedents: tuple[Literal, ...]
    consequent: Literal
    bindings: dict[str, str]
    premises: tuple[Literal, ...]
    conclusion: Literal
    probability: float = 1.0
    guessed: bool = False


class ParaphraseStep(_Model):
    """``conclusion`` says in other words what ``premise`` says."""

    kind: OneOf["paraphrase"] = "paraphrase"
    premise: Literal
    conclusion: Literal
    probability: float = 1.0


class NameStep(_Model):
    """``conclusion`` says of a thing no more than its name does: *the pear tree is a tree*."""

    kind: OneOf["name"] = "name"
    conclusion: Literal
    probability: float = 1.0


class FailureStep(_Model):
    """A negative ``conclusion`` that holds because its atom cannot be proved (closed world)."""

    kind: OneOf["failure"] = "failure"
    conclusion: Literal
    probability: float = 1.0


Step = Annotated[
    FactStep | NameStep | RuleStep | ParaphraseStep | FailureStep, Field(discriminator="kind")
]


class OpenGoal(_Model):
    """A sub-goal that was needed and could not be settled."""

    literal: Literal
    depth: int


class NearestRule(_Model):
    """The rule application that came nearest to settling the goal: fewest premises missing."""

    sentence: str
    text: str
    proved: tuple[Literal, ...]
    missing: tuple[Literal, ...]


class Statistics(_Model):
    """What the search spent; ``calls``, ``pairs``, ``tokens``, ``seconds`` go by module name.

    Tokens are those of a language model, of prompts and replies together; where one call served
    several goals, each has its share.
    """

    calls: dict[str, int] = Field(default_factory=dict)
    pairs: dict[str, int] = Field(default_factory=dict)
    tokens: dict[str, float] = Field(default_factory=dict)
    seconds: dict[str, float] = Field(default_factory=dict)
    goals: int = 0
    rounds: int = 0

    def plus(self, other: Statistics) -> Statistics:
        """What two searches have spent together."""
        return Statistics(
            calls=_sum(self.calls, other.calls),
            pairs=_sum(self.pairs, other.pairs),
            tokens=_sum(self.tokens, other.tokens),
            seconds=_sum(self.seconds, other.seconds),
            goals=self.goals + other.goals,
            rounds=self.rounds + other.rounds,
        )


N = TypeVar("N", int, float)


def _sum(one: Mapping[str, N], other: Mapping[str, N]) -> dict[str, N]:
    names = sorted({*one, *other})
    return {name: one.get(name, 0) + other.get(name, 0) for name in names}


class Proof(_Model):
    """The answer to one goal.  Two are equal when all but their statistics are."""

    version: int = FORMAT_VERSION
    goal: str
    literal: Literal
    verdict: Verdict
    probability: float
    stopped: Stopped
    world: World
    strategy: str
    modules: str
    steps: tuple[Step, ...] = ()
    reason: str = ""
    open_goals: tuple[OpenGoal, ...] = ()
    nearest: NearestRule | None = None
    statistics: Statistics = Field(default_factory=Statistics)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Proof):
            return NotImplemented
        compared = Proof.model_fields.keys() - {"statistics"}
        return all(getattr(self, name) == getattr(other, name) for name in compared)

    @property
    def conclusions(self) -> tuple[Literal, ...]:
        """The literals at the root: none for *unknown*, both signs for *contradicted*."""
        match self.verdict:
            case Verdict.PROVED:
                return (self.literal,)
            case Verdict.DISPROVED:
                return (self.literal.negated(),)
            case Verdict.CONTRADICTED:
                return (self.literal, self.literal.negated())
            case Verdict.UNKNOWN:
                return ()

    @property
    def rule_applications(self) -> int:
        """How many distinct rule applications the proof uses."""
        return sum(step.kind == "rule" for step in self.steps)

    @cached_property
    def graph(self) -> nx.DiGraph[str]:
        """The proof as a graph; edges run from a conclusion to what it rests on.

        Nodes have the attribute ``kind``: *goal* (a literal, with ``text``, ``key`` and
        ``positive``), *fact* (a sentence), *rule* (a rule application, with ``bindings`` as
        text), *paraphrase* or *failure*.  The roots are the proof's conclusions.
        """
        from lambada_bc.proof.graph import build

        return build(self)
