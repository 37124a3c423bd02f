"""What the prover asks of its modules, as protocols over batches.

Every call takes a batch and returns a list of the same length, holds no state but caches, and
gives each answer a probability.  Goals are passed as *atoms* (positive literals): a module says
whether what it found speaks for or against the atom, and the search turns signs.  Variables of
a goal are ``?1``, ``?2``, …, those of a rule are ``?x``, ``?y``, …, so they never clash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from lambada_bc.calibration import Calibration
from lambada_bc.language_models.interface import Usage
from lambada_bc.statements import Bindings, Clause, Literal, Sentence, Statement


@dataclass(frozen=True)
class Reading:
    """What one sentence says: its clauses, and how sure the reader is of them.

    ``presupposed`` is what the sentence takes for granted of those that it is about.  A clause
    of it counts only while nothing in the knowledge base states or denies its consequent of
    anybody: where *pupil* is a matter of fact or rule, nobody is a pupil by presupposition.
    ``implied`` follows from the clauses by logic, said in another way.  ``guesses`` are clauses of
    other readings that the sentence may have, each with its probability.
    """

    clauses: tuple[Clause, ...]
    probability: float = 1.0
    presupposed: tuple[Clause, ...] = ()
    implied: tuple[Clause, ...] = ()
    guesses: tuple[tuple[Clause, float], ...] = ()


@dataclass(frozen=True)
class FactQuery:
    """Which of these facts settle the goal?

    ``rules`` are those that the same goal is compared with; they show which words the knowledge
    base itself uses.
    """

    goal: Literal
    facts: tuple[Statement, ...]
    rules: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class FactMatch:
    """A fact that settles the goal: for it (``supports``) or against it.

    ``bindings`` gives each variable of the goal a term.  ``exact`` is false when the fact's
    wording differs from the goal's and the module judged that they mean the same (or the
    opposite); the proof then shows a paraphrase step.
    """

    fact: Statement
    supports: bool
    bindings: Bindings = field(default_factory=dict)
    probability: float = 1.0
    exact: bool = True


@dataclass(frozen=True)
class RuleQuery:
    """Which of these rules have a consequent that could settle the goal, whichever sign?

    ``facts`` are those that the same goal is compared with.
    """

    goal: Literal
    rules: tuple[Statement, ...]
    facts: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class RuleMatch:
    """A rule whose consequent could settle the goal."""

    rule: Statement
    probability: float = 1.0
    exact: bool = True


@dataclass(frozen=True)
class Application:
    """A goal and a rule that was selected for it."""

    goal: Literal
    rule: Statement


@dataclass(frozen=True)
class Decomposition:
    """The ordered sub-goals that a rule needs for a goal.

    ``bindings`` gives each variable of the goal a term or a variable of the rule;
    ``consequent`` is the rule's consequent under the match with the goal.  Variables that the
    goal does not bind stay in both as variables shared between the sub-goals.
    """

    subgoals: tuple[Literal, ...]
    consequent: Literal
    bindings: Bindings = field(default_factory=dict)
    probability: float = 1.0


@dataclass(frozen=True)
class SignMatch:
    """Whether a rule's consequent has the goal's sign."""

    agrees: bool
    probability: float = 1.0


class Reader(Protocol):
    """Turns sentences and goals into literals; depends on one sentence at a time."""

    @property
    def fingerprint(self) -> str:
        """Names the reader and its weights: readings are kept under it."""
        ...

    def read(self, sentences: Sequence[Sentence]) -> list[Reading]:
        """The clauses of each sentence; a mark decides between fact and rule."""
        ...

    def read_goals(self, goals: Sequence[str]) -> list[tuple[Literal, float]]:
        """Each goal as one ground signed literal, with its probability."""
        ...


ASKED = Literal("what is asked", "is so")
"""The literal of a goal that says more than one thing."""


@dataclass(frozen=True)
class Compound:
    """A goal that says more than one thing, as clauses over :data:`ASKED`.

    ``defined`` tells when it is so and when not.  ``supposed`` are the conditions that the goal
    itself makes, as facts, with the rules by which it is then so; nothing else may rest on them.
    """

    defined: tuple[Clause, ...]
    supposed: tuple[Clause, ...] = ()
    probability: float = 1.0


@runtime_checkable
class ReadsCompounds(Protocol):
    """A reader that can tell what a goal says that says more than one thing."""

    def read_compounds(self, goals: Sequence[str]) -> list[Compound | None]:
        """What each goal is made of; None for what says one thing only."""
        ...


class FactCheck(Protocol):
    """Finds the facts that settle each goal."""

    def __call__(self, queries: Sequence[FactQuery]) -> list[list[FactMatch]]:
        """The matching facts of each query, the most probable first."""
        ...


class RuleSelection(Protocol):
    """Finds the rules that could settle each goal."""

    def __call__(self, queries: Sequence[RuleQuery]) -> list[list[RuleMatch]]:
        """The matching rules of each query, the most probable first."""
        ...


class GoalDecomposition(Protocol):
    """Says what must hold for a rule to settle a goal."""

    def __call__(self, applications: Sequence[Application]) -> list[Decomposition | None]:
        """The sub-goals of each application; None when the rule does not apply after all."""
        ...


class SignAgreement(Protocol):
    """Compares the sign of a rule's consequent with the goal's."""

    def __call__(self, applications: Sequence[Application]) -> list[SignMatch]:
        """Whether each rule's consequent speaks for its goal's atom or against it."""
        ...


class Encoder(Protocol):
    """Embeds short texts for retrieval."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape ``(len(texts), dimension)``."""
        ...


@dataclass(frozen=True)
class Modules:
    """A reader and the four modules; any of them may come from any implementation.

    ``usage`` counts what they ask of a language model, if they ask one.
    """

    name: str
    reader: Reader
    fact_check: FactCheck
    rule_selection: RuleSelection
    goal_decomposition: GoalDecomposition
    sign_agreement: SignAgreement
    encoder: Encoder | None = None
    calibration: Calibration | None = None
    usage: Usage | None = field(default=None, compare=False)
