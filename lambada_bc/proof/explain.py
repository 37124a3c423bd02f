"""A proof as indented text for people."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from lambada_bc.proof.proof import FactStep, Proof, RuleStep, Step
from lambada_bc.statements import GOAL, Literal, Verdict

WIDTH = 88

_STOPPED = {
    "settled": "",
    "exhausted": "everything relevant was looked at",
    "depth": "the depth limit was reached, so this is not final",
    "budget": "the budget ran out, so this is not final",
}


def explain(proof: Proof) -> str:
    """The verdict, then the proof as a tree whose leaves are sentences of the knowledge base.

    For *unknown*: what is missing from the rule that came nearest, and the goals left open.
    """
    lines = [headline(proof), ""]
    if proof.verdict is Verdict.UNKNOWN:
        lines += _unknown(proof)
    else:
        steps = {_name(step.conclusion): step for step in proof.steps}
        told: set[tuple[str, bool]] = set()
        for conclusion in proof.conclusions:
            lines += _tree(conclusion, steps, told, "", "")
    return "\n".join(line.rstrip() for line in lines).strip() + "\n"


def headline(proof: Proof) -> str:
    """One line: the verdict, its probability and the goal."""
    sure = "" if proof.verdict is Verdict.UNKNOWN else f" ({proof.probability:.0%})"
    why = proof.reason or (_STOPPED[proof.stopped] if proof.verdict is Verdict.UNKNOWN else "")
    return f"{proof.verdict.upper()}{sure}: {proof.goal}" + (f"\n({why})" if why else "")


def said(literal: Literal) -> str:
    """A literal as a sentence: a capital letter, variables as words."""
    text = str(literal)
    for variable, word in zip(literal.variables, ("something", "something else"), strict=False):
        text = text.replace(variable, word)
    return text[:1].upper() + text[1:]


def _name(literal: Literal) -> tuple[str, bool]:
    return literal.key, literal.positive


def _wrapped(text: str, first: str, rest: str) -> Iterator[str]:
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )


def _tree(
    literal: Literal,
    steps: dict[tuple[str, bool], Step],
    told: set[tuple[str, bool]],
    first: str,
    rest: str,
) -> Iterator[str]:
    """The lines below one conclusion; what was told before is only referred to."""
    step = steps.get(_name(literal))
    if step is None:
        yield from _wrapped(said(literal), first, rest)
        return
    if _name(literal) in told:
        yield from _wrapped(f"{said(literal)}  (shown above)", first, rest)
        return
    told.add(_name(literal))
    match step.kind:
        case "fact":
            how = "supposed" if step.sentence == GOAL else "stated"
            yield from _wrapped(f"{said(literal)}  ({how}{_perhaps(step)})", first, rest)
            yield from _wrapped(f"“{step.text}” [{step.sentence}]", f"{rest}   · ", f"{rest}     ")
        case "name":
            yield from _wrapped(f"{said(literal)}  (by its name)", first, rest)
        case "failure":
            yield from _wrapped(f"{said(literal)}  (nothing proves otherwise)", first, rest)
        case "paraphrase":
            yield from _wrapped(f"{said(literal)}  (in other words)", first, rest)
            yield from _children((step.premise,), steps, told, rest)
        case "rule":
            yield from _wrapped(f"{said(literal)}", first, rest)
            cited = f"by “{step.text}” [{step.sentence}]{_perhaps(step)}"
            yield from _wrapped(cited, f"{rest}   ", f"{rest}   ")
            yield from _children(step.premises, steps, told, rest)


def _perhaps(step: FactStep | RuleStep) -> str:
    return ", by a second reading" if step.guessed else ""


def _children(
    premises: tuple[Literal, ...],
    steps: dict[tuple[str, bool], Step],
    told: set[tuple[str, bool]],
    rest: str,
) -> Iterator[str]:
    for number, premise in enumerate(premises, start=1):
        last = number == len(premises)
        yield from _tree(
            premise,
            steps,
            told,
            f"{rest}{'└─ ' if last else '├─ '}",
            f"{rest}{'   ' if last else '│  '}",
        )


def _unknown(proof: Proof) -> Iterator[str]:
    if proof.nearest is not None:
        near = proof.nearest
        yield "The rule that came nearest:"
        yield from _wrapped(f"“{near.text}” [{near.sentence}]", "   ", "   ")
        yield from _listed("proved", near.proved, "✓")
        yield from _listed("missing", near.missing, "✗")
    elif not proof.open_goals:
        yield "No fact and no rule of the knowledge base says anything about it."
    if proof.open_goals:
        yield ""
        yield "Goals left open:"
        for goal in proof.open_goals[:12]:
            yield from _wrapped(said(goal.literal), "   ? ", "     ")
        if len(proof.open_goals) > 12:
            yield f"   … and {len(proof.open_goals) - 12} more"


def _listed(title: str, literals: tuple[Literal, ...], sign: str) -> Iterator[str]:
    for literal in literals:
        yield from _wrapped(f"{title}: {said(literal)}", f"   {sign} ", "     ")
