"""Clauses as a flat sequence of tokens, the language that the reader's decoder writes.

``If Bob is big or red then he is kind but not blue.`` reads ::

    <rule> Bob <+> is big <or> Bob <+> is red <then> Bob <+> is kind <also> Bob <-> is blue <end>

A sign stands between subject and predicate.  Everything that is not a structure token is a
word, either of the sentence (a copy) or of a short closed list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from lambada_bc import wording
from lambada_bc.statements import Clause, Kind, Literal

FACT, RULE, PLUS, MINUS = "<fact>", "<rule>", "<+>", "<->"
AND, OR, THEN, ALSO, NEXT, END = "<and>", "<or>", "<then>", "<also>", "<;>", "<end>"
STRUCTURE = (FACT, RULE, PLUS, MINUS, AND, OR, THEN, ALSO, NEXT, END)

Conjunction = tuple[Literal, ...]
Group = tuple[tuple[Conjunction, ...], tuple[Literal, ...]]


def _groups(clauses: Sequence[Clause]) -> list[Group]:
    """Put clauses together that share antecedents or consequents: (alternatives, consequents)."""
    groups: list[Group] = [((c.antecedents,), (c.consequent,)) for c in clauses]
    for _ in range(2):
        same_if = [(k, list(g)) for k, g in groupby(groups, key=lambda group: group[0])]
        groups = [(k, tuple(then for _, thens in g for then in thens)) for k, g in same_if]
        # A fact and a rule may conclude the same; only rules have alternatives to put together.
        same_then = [
            (thens, list(g))
            for (thens, _), g in groupby(groups, key=lambda g: (g[1], g[0] == ((),)))
        ]
        groups = [
            (tuple(dict.fromkeys(a for alternatives, _ in g for a in alternatives)), thens)
            for thens, g in same_then
        ]
    return groups


def _literal(literal: Literal) -> list[str]:
    sign = PLUS if literal.positive else MINUS
    return [*wording.tokenize(literal.subject), sign, *wording.tokenize(literal.predicate)]


def _joined(parts: Sequence[Sequence[str]], separator: str) -> list[str]:
    tokens: list[str] = []
    for number, part in enumerate(parts):
        tokens += [separator, *part] if number else part
    return tokens


def linearize(clauses: Sequence[Clause]) -> list[str]:
    """The tokens of one sentence's clauses, the last one ``<end>``."""
    rule = any(clause.antecedents for clause in clauses)
    groups = []
    for alternatives, consequents in _groups(clauses):
        conclusions = [_literal(literal) for literal in consequents]
        if alternatives == ((),):
            groups += conclusions
            continue
        conditions = [_joined([_literal(one) for one in body], AND) for body in alternatives]
        groups.append([*_joined(conditions, OR), THEN, *_joined(conclusions, ALSO)])
    return [RULE if rule else FACT, *_joined(groups, NEXT), END]


def _split(tokens: Sequence[str], separator: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token == separator:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _text(words: Sequence[str]) -> str:
    return re.sub(r" (?=['.,])", "", " ".join(words))


def _read_literal(tokens: Sequence[str]) -> Literal:
    at = next(place for place, token in enumerate(tokens) if token in (PLUS, MINUS))
    said = [word.lower() if word in ("A", "An", "The") else word for word in tokens[at + 1 :]]
    return Literal(_text(tokens[:at]), _text(said), tokens[at] == PLUS)


def parse(tokens: Sequence[str]) -> tuple[Clause, ...]:
    """The clauses that well-formed tokens stand for: the inverse of :func:`linearize`."""
    clauses: list[Clause] = []
    for group in _split(tokens[1:-1], NEXT):
        if THEN not in group:
            clauses.append(Clause((), _read_literal(group)))
            continue
        at = group.index(THEN)
        bodies = [
            tuple(_read_literal(literal) for literal in _split(body, AND))
            for body in _split(group[:at], OR)
        ]
        heads = [_read_literal(literal) for literal in _split(group[at + 1 :], ALSO)]
        clauses += [Clause(body, head) for body in bodies for head in heads]
    return tuple(clauses)


class Grammar:
    """Which tokens may come next, so that whatever is decoded can be parsed.

    ``mark`` forces a fact or a rule; ``single`` allows one ground literal only (a goal).
    """

    def __init__(self, mark: Kind | None = None, *, single: bool = False) -> None:
        self._single = single
        self._starts = {None: (FACT, RULE), Kind.FACT: (FACT,), Kind.RULE: (RULE,)}[mark]
        self._kind = ""
        self._part = "start"
        self._length = 0
        self._concluded = False
        self._complete = False
        self._conditional = False

    def advance(self, token: str) -> None:
        """Take one token that :meth:`allowed` permitted."""
        if token in (FACT, RULE):
            self._kind, self._part, self._length = token, "subject", 0
        elif token in (PLUS, MINUS):
            self._part, self._length = "predicate", 0
        elif token in STRUCTURE:
            self._part, self._length = "subject", 0
            self._concluded = token in (THEN, ALSO)
            self._conditional = token in (AND, OR)
            self._complete = self._complete or self._concluded
        else:
            self._length += 1

    @property
    def words_allowed(self) -> bool:
        """Whether a word may come next."""
        return self._part != "start"

    @property
    def variables_allowed(self) -> bool:
        """Whether a variable may come next."""
        return self.words_allowed and not self._single

    def structure_allowed(self) -> tuple[str, ...]:
        """The structure tokens that may come next."""
        if self._part == "start":
            return self._starts
        if not self._length:
            return ()
        if self._part == "subject":
            return (PLUS, MINUS)
        if self._single:
            return (END,)
        if self._kind == FACT:
            return (NEXT, END)
        if self._concluded:
            return (ALSO, NEXT, END)
        if self._conditional:
            return (AND, OR, THEN)
        return (AND, OR, THEN, NEXT, END) if self._complete else (AND, OR, THEN, NEXT)
