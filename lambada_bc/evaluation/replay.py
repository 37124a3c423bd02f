"""Replaying a recorded proof on the gold annotation of a data set.

Nothing of the prover is used but its word forms: each step, as English text, is compared with
the annotated literals of the sentence that it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lambada_bc import wording
from lambada_bc.evaluation.datasets import Gold, GoldLiteral
from lambada_bc.evaluation.records import StepRecord
from lambada_bc.statements import Verdict

_Said = tuple[str, bool]
"""The words of a literal in their dictionary form, and its sign."""


def replays(
    steps: Sequence[StepRecord], gold: Gold, goal: GoldLiteral, verdict: Verdict
) -> bool | None:
    """Whether every step follows on the annotation and the steps end in what was concluded.

    None where the annotation cannot tell: for proofs that use a failure, a thing's own name or what
    a goal says of its parts.
    """
    if any({"failure", "name", "supposed", "asked"} & step.keys() for step in steps):
        return None
    concluded: set[_Said] = set()
    for step in steps:
        if not _follows(step, gold, concluded):
            return False
        concluded.add(_said(step["conclusion"]))
    words, positive = _annotated(goal)
    signs: set[bool] = {
        Verdict.PROVED: {positive},
        Verdict.DISPROVED: {not positive},
        Verdict.CONTRADICTED: {True, False},
        Verdict.UNKNOWN: set(),
    }[verdict]
    return all((words, sign) in concluded for sign in signs)


def _follows(step: StepRecord, gold: Gold, concluded: set[_Said]) -> bool:
    """Whether a step says what its sentence says, from premises concluded before."""
    conclusion = _said(step["conclusion"])
    if "fact" in step:
        fact = gold.facts.get(step["fact"])
        return fact is not None and _annotated(fact) == conclusion
    rule = gold.rules.get(step["rule"])
    premises = {_said(premise) for premise in step["premises"]}
    if rule is None or not premises <= concluded:
        return False
    pairs = _unifiers(rule.conclusion, conclusion, {})
    return any(_covered(rule.conditions, premises, bindings) for bindings in pairs)


def _covered(
    conditions: Sequence[GoldLiteral], premises: set[_Said], bindings: Mapping[str, str]
) -> bool:
    """Whether each condition is one of the premises, all under the same bindings."""
    if not conditions:
        return True
    return any(
        _covered(conditions[1:], premises, extended)
        for premise in premises
        for extended in _unifiers(conditions[0], premise, bindings)
    )


def _unifiers(
    pattern: GoldLiteral, said: _Said, bindings: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    """The bindings under which a literal with variables says this: one or none."""
    words, positive = _annotated(pattern)
    seen: set[str] = set()
    parts = []
    for word in words.split():
        if not word.startswith("?"):
            parts.append(re.escape(word))
        elif word in bindings:
            parts.append(re.escape(bindings[word]))
        elif word in seen:
            parts.append(f"(?P={word[1:]})")
        else:
            seen.add(word)
            parts.append(f"(?P<{word[1:]}>.+)")
    found = re.fullmatch(" ".join(parts), said[0])
    if found and positive == said[1]:
        yield {**bindings, **{f"?{name}": value for name, value in found.groupdict().items()}}


def _annotated(literal: GoldLiteral) -> _Said:
    subject, relation, thing, sign = literal
    return _forms(f"{subject} {relation} {thing}"), sign == "+"


def _said(text: str) -> _Said:
    """A conclusion in words: ``"the cat does not chase Bob" -> ("cat chase bob", False)``."""
    words = _forms(text).split()
    if "not" not in words:
        return " ".join(words), True
    at = words.index("not")
    before = words[: at - 1] if words[at - 1] == "do" else words[:at]
    return " ".join(before + words[at + 1 :]), False


def _forms(text: str) -> str:
    return " ".join(word.lemma for word in wording.words(text))
