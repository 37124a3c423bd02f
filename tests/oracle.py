"""An independent logic engine: what follows from a formal theory, according to clingo.

Theories are made of :class:`Rule`; :func:`literal` and :func:`statement` word them in English
for the search.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import clingo

from lambada_bc.statements import Clause, Literal, Sentence, Statement


@dataclass(frozen=True)
class Atom:
    """``Atom("like", ("anne", "X"), False)``; capitals are variables."""

    relation: str
    terms: tuple[str, ...]
    positive: bool = True


@dataclass(frozen=True)
class Rule:
    """``head`` if all of ``body``; a fact when there is no body."""

    head: Atom
    body: tuple[Atom, ...] = ()


Key = tuple[str, tuple[str, ...]]
"""Relation and terms of a ground atom."""

WORDS = {
    "anne": "Anne", "bob": "Bob", "cat": "the cat", "X": "?x", "Y": "?y", "Z": "?z",
    "red": "is red", "big": "is big", "kind": "is kind", "like": "likes", "see": "sees",
}  # fmt: skip


def literal(atom: Atom) -> Literal:
    """An atom in English."""
    subject, *objects = (WORDS[term] for term in atom.terms)
    return Literal(subject, " ".join((WORDS[atom.relation], *objects)), atom.positive)


def statement(number: int, rule: Rule) -> Statement:
    """A rule in English."""
    clause = Clause(tuple(map(literal, rule.body)), literal(rule.head))
    return Statement(f"s{number}", Sentence(f"s{number}", f"{clause}."), clause)


def follows(
    rules: Iterable[Rule], constants: Sequence[str], *, closed: bool
) -> dict[Key, set[bool]]:
    """The signs that hold of each ground atom; atoms that are left out are unknown.

    Open world: the least model, an atom and its negation being two predicates.  Closed world:
    the well-founded model by the alternating fixpoint, each step a least model of the reduct;
    a negative premise holds by explicit negation or by failure, and so does a negative answer.
    """
    program = " ".join([*(f"c({name})." for name in constants), *map(_clause, rules)])
    true: frozenset[str] = frozenset()
    if not closed:
        return _signs(_least_model(program))
    while True:
        possible = _least_model(_reduct(program, true))
        now = _least_model(_reduct(program, possible))
        if now == true:
            return _signs(now)
        true = now


def _clause(rule: Rule) -> str:
    """A negative premise ``n_r(X)`` is met by a negative conclusion ``x_r(X)``, or by failure."""
    atoms = (rule.head, *rule.body)
    names = {term for atom in atoms for term in atom.terms if term.isupper()}
    head = _atom("p" if rule.head.positive else "x", rule.head)
    body = [_atom("p" if atom.positive else "n", atom) for atom in rule.body]
    body += [f"c({name})" for name in sorted(names)]
    return f"{head} :- {', '.join(body)}." if body else f"{head}."


def _atom(kind: str, atom: Atom) -> str:
    return f"{kind}({','.join((atom.relation, *atom.terms))})"


_EXPLICIT = "n(R,X) :- x(R,X). n(R,X,Y) :- x(R,X,Y)."
_RELATIONS = "unary(red;big;kind). binary(like;see)."
_FAILURE = (
    "n(R,X) :- unary(R), c(X), not holds(p(R,X))."
    "n(R,X,Y) :- binary(R), c(X), c(Y), not holds(p(R,X,Y))."
)


def _reduct(program: str, model: frozenset[str]) -> str:
    """The program when exactly what is in ``model`` counts as not failing."""
    holds = " ".join(f"holds({atom})." for atom in model)
    return f"#defined holds/1. {program} {_RELATIONS} {_FAILURE} {holds}"


def _least_model(program: str) -> frozenset[str]:
    control = clingo.Control(["--warn=none"])
    control.add("base", [], f"#defined x/2. #defined x/3. {program} {_EXPLICIT}")
    control.ground([("base", [])])
    return frozenset(
        str(atom.symbol) for atom in control.symbolic_atoms if atom.symbol.name in {"p", "n"}
    )


def _signs(model: frozenset[str]) -> dict[Key, set[bool]]:
    found: dict[Key, set[bool]] = {}
    for text in model:
        relation, *terms = text[2:-1].split(",")
        found.setdefault((relation, tuple(terms)), set()).add(text[0] == "p")
    return found
