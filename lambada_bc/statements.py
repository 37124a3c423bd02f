"""The vocabulary of the prover: sentences, what they say, and verdicts.

A :class:`Sentence` is what a person wrote.  Reading it gives clauses, each a set of
antecedent literals and one consequent; a clause of a sentence of the knowledge base is a
:class:`Statement`, which is a *fact* if it has no antecedent and a *rule* otherwise.
Everything here is immutable and knows nothing of models, search or files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from lambada_bc import wording

Bindings = Mapping[str, str]
"""Variable (``"?x"``) → term, a piece of text or another variable."""


class Kind(StrEnum):
    """Whether a sentence states a fact or a rule."""

    FACT = "fact"
    RULE = "rule"


class World(StrEnum):
    """Open: what is not provable is unknown.  Closed: it is false (negation as failure)."""

    OPEN = "open"
    CLOSED = "closed"


class Verdict(StrEnum):
    """What a proof says of its goal."""

    PROVED = "proved"
    DISPROVED = "disproved"
    UNKNOWN = "unknown"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True)
class Literal:
    """An atomic statement with a sign, as a subject and the rest of the statement.

    Variables are words that start with ``?``; they stand for the subject or for a word of the
    predicate: ``Literal("?x", "chases ?y")``, ``Literal("Anne", "is kind", positive=False)``.
    The predicate is always worded positively; ``positive`` holds the sign.
    """

    subject: str
    predicate: str
    positive: bool = True

    @cached_property
    def words(self) -> tuple[wording.Word, ...]:
        """The words of subject and predicate, articles joined to the word they precede."""
        return wording.words(f"{self.subject} {self.predicate}")

    @cached_property
    def key(self) -> str:
        """The meaning of the statement without its sign, as far as word forms can tell.

        Case, articles and inflection do not count, and variables are numbered in order:
        ``Literal("The cat", "chases ?y").key == "cat chase ?1"``.
        """
        return wording.key(self.words)

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The variables in order of appearance, each once."""
        found = (word.surface for word in self.words if word.is_variable)
        return tuple(dict.fromkeys(found))

    @property
    def is_ground(self) -> bool:
        """Whether the literal has no variable."""
        return not self.variables

    def negated(self) -> Literal:
        """The same statement with the other sign."""
        return Literal(self.subject, self.predicate, not self.positive)

    def atom(self) -> Literal:
        """The same statement with a positive sign."""
        return self if self.positive else self.negated()

    def substitute(self, bindings: Bindings) -> Literal:
        """Replace variables by what they are bound to; unbound ones stay."""
        if not self.variables or not bindings:
            return self
        subject = wording.substitute(self.subject, bindings)
        return Literal(subject, wording.substitute(self.predicate, bindings), self.positive)

    def __str__(self) -> str:
        return wording.render(self.subject, self.predicate, self.positive)


@dataclass(frozen=True)
class Clause:
    """``antecedents`` together imply ``consequent``; no antecedent: the consequent holds."""

    antecedents: tuple[Literal, ...]
    consequent: Literal

    @property
    def kind(self) -> Kind:
        """A clause without antecedents is a fact."""
        return Kind.RULE if self.antecedents else Kind.FACT

    def __str__(self) -> str:
        if not self.antecedents:
            return str(self.consequent)
        return f"{' and '.join(map(str, self.antecedents))} → {self.consequent}"


@dataclass(frozen=True)
class Source:
    """Where a sentence was read: file name and line, counted from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Sentence:
    """A sentence of a knowledge base, as written.

    ``mark`` is the kind that its author gave it explicitly, if any; it overrules the reader.
    """

    id: str
    text: str
    source: Source | None = None
    mark: Kind | None = None


OWN_NAME = ""
"""The id of a sentence that nobody has to write: a thing is what it is called.

*The old pear tree is a pear tree*, *slugs are slugs*; no sentence of a knowledge base has it.
"""


GOAL = "the goal"
"""The id of a goal's own sentence, where it tells what is asked: *if Ana sings, Ben hums*."""


@dataclass(frozen=True)
class Statement:
    """One clause of a sentence of the knowledge base, with the reader's probability of it.

    ``id`` is the sentence's id when it says one thing only, else ``"<id>/<n>"`` with n from 1.
    ``presupposed``: the sentence takes it for granted or implies it, and does not say it.
    ``guessed``: it is of a second reading, and may not be said at all.
    """

    id: str
    sentence: Sentence
    clause: Clause
    probability: float = 1.0
    presupposed: bool = False
    guessed: bool = False

    @property
    def kind(self) -> Kind:
        """Fact or rule."""
        return self.clause.kind
