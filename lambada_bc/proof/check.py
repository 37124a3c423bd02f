"""Checking a finished proof against a knowledge base, without any search.

This shares no code with the search, nor with the unification that it uses: a fault there must
not hide itself here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lambada_bc import wording
from lambada_bc.proof.proof import (
    FactStep,
    FailureStep,
    NameStep,
    ParaphraseStep,
    Proof,
    RuleStep,
    Step,
)
from lambada_bc.statements import Literal, Statement, Verdict, World


def check(proof: Proof, statements: Iterable[Statement]) -> tuple[str, ...]:
    """What is wrong with a proof, one sentence each; nothing if it is valid.

    ``statements`` are those of the knowledge base, as its reader read them.  A proof is valid
    when every fact and rule that it uses is there with that text and meaning, every rule has all
    its antecedents proved under one binding, signs add up, each premise is concluded before it
    is used (so there is no cycle), failures occur in a closed world only, everything serves the
    conclusion, and the verdict is what is concluded.
    """
    known = {statement.id: statement for statement in statements}
    problems: list[str] = []
    concluded: list[Literal] = []
    for number, step in enumerate(proof.steps, start=1):
        found = [*_step_problems(step, known, proof), *_premise_problems(step, concluded)]
        problems += [f"Step {number} ({step.conclusion}): {problem}." for problem in found]
        concluded.append(step.conclusion)
    problems += _verdict_problems(proof, concluded)
    problems += _unused_problems(proof)
    return tuple(problems)


def _step_problems(step: Step, known: dict[str, Statement], proof: Proof) -> list[str]:
    match step:
        case FactStep():
            return _fact_problems(step, known)
        case NameStep():
            return _name_problems(step)
        case RuleStep():
            return _rule_problems(step, known)
        case FailureStep():
            return _failure_problems(step, proof)
        case ParaphraseStep():
            return [] if 0 < step.probability <= 1 else ["its probability is not one"]


def _fact_problems(step: FactStep, known: dict[str, Statement]) -> list[str]:
    cited = [one for one in known.values() if one.sentence.id == step.sentence]
    if not any(one.sentence.text == step.text for one in cited):
        return [f"the knowledge base has no sentence {step.sentence!r} with this text"]
    stating = [
        one
        for one in cited
        if not one.clause.antecedents and _is_instance(one.clause.consequent, step.conclusion)
    ]
    if not stating:
        return ["its sentence does not state this"]
    if not any(one.guessed == step.guessed for one in stating):
        return [f"its sentence states this {'at once' if step.guessed else _AS_GUESSED}"]
    return []


_AS_GUESSED = "by a second reading only"


def _name_problems(step: NameStep) -> list[str]:
    said = step.conclusion
    verb, *kind = (word.lemma for word in wording.words(said.predicate))
    name = {word.lemma for word in wording.words(said.subject)}
    if said.positive and verb == "be" and kind and set(kind) <= name:
        return []
    return ["this is more than its subject's name says"]


def _rule_problems(step: RuleStep, known: dict[str, Statement]) -> list[str]:
    rule = known.get(step.statement)
    if rule is None or (rule.sentence.id, rule.sentence.text) != (step.sentence, step.text):
        return [f"the knowledge base has no rule {step.statement!r} with this text"]
    problems = []
    if rule.guessed != step.guessed:
        problems.append(f"its rule is said {_AS_GUESSED if rule.guessed else 'at once'}")
    if (rule.clause.antecedents, rule.clause.consequent) != (step.antecedents, step.consequent):
        problems.append("its rule says something else in the knowledge base")
    needed = [literal.substitute(step.bindings) for literal in step.antecedents]
    if len(needed) != len(step.premises) or not all(map(_same, needed, step.premises)):
        problems.append("its premises are not the antecedents of its rule under the bindings")
    if not _same(step.consequent.substitute(step.bindings), step.conclusion):
        problems.append("it is not the consequent of its rule under the bindings")
    return problems


def _failure_problems(step: FailureStep, proof: Proof) -> list[str]:
    if proof.world is not World.CLOSED:
        return ["failure proves nothing in an open world"]
    if step.conclusion.positive:
        return ["failure can only conclude a negation"]
    if any(_same(other.conclusion, step.conclusion.negated()) for other in proof.steps):
        return ["the proof itself concludes the opposite"]
    return []


def _premise_problems(step: Step, concluded: Sequence[Literal]) -> list[str]:
    return [
        f"its premise “{premise}” was not concluded before"
        for premise in _premises(step)
        if not any(_is_instance(literal, premise) for literal in concluded)
    ]


def _verdict_problems(proof: Proof, concluded: Sequence[Literal]) -> list[str]:
    problems = [
        f"The verdict is {proof.verdict}, but “{literal}” is not concluded."
        for literal in proof.conclusions
        if not any(_is_instance(one, literal) for one in concluded)
    ]
    if proof.verdict is Verdict.UNKNOWN and proof.steps:
        problems.append("The verdict is unknown, but there are steps.")
    return problems


def _unused_problems(proof: Proof) -> list[str]:
    """Steps that nothing after them rests on and that are not the conclusion."""
    used = [*proof.conclusions, *(one for step in proof.steps for one in _premises(step))]
    return [
        f"Step {number} ({step.conclusion}) serves nothing."
        for number, step in enumerate(proof.steps, start=1)
        if proof.conclusions and not any(_is_instance(step.conclusion, one) for one in used)
    ]


def _premises(step: Step) -> tuple[Literal, ...]:
    match step:
        case RuleStep():
            return step.premises
        case ParaphraseStep():
            return (step.premise,)
        case _:
            return ()


def _same(one: Literal, other: Literal) -> bool:
    return one.positive == other.positive and one.key == other.key


def _is_instance(general: Literal, special: Literal) -> bool:
    """Whether a literal says ``special``, perhaps of all: ``?x is red`` and ``Bob is red``."""
    if general.positive != special.positive:
        return False
    if general.key == special.key:
        return True
    names: set[str] = set()

    def pattern(word: str) -> str:
        if not word.startswith("?"):
            return re.escape(word)
        name = f"v{word[1:]}"
        if name in names:
            return f"(?P={name})"
        names.add(name)
        return f"(?P<{name}>.+)"

    return re.fullmatch(" ".join(map(pattern, general.key.split())), special.key) is not None
