"""One HTML page that needs nothing else: no network, no library, no server."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template

from lambada_bc.proof.explain import said
from lambada_bc.proof.proof import Proof, Step
from lambada_bc.statements import GOAL, Literal, Verdict

_COLOURS = {
    Verdict.PROVED: "#0f8a5f",
    Verdict.DISPROVED: "#c0342b",
    Verdict.UNKNOWN: "#6b7686",
    Verdict.CONTRADICTED: "#8e44ad",
}
_STOPPED = {
    "settled": "settled",
    "exhausted": "everything relevant was looked at",
    "depth": "stopped at the depth limit",
    "budget": "stopped when the budget ran out",
}


def to_html(proof: Proof) -> str:
    """The proof as a page: the tree, the sentences it uses, and what it took."""
    template = Template((files("lambada_bc.proof.formats") / "page.html").read_text("utf-8"))
    unknown = proof.verdict is Verdict.UNKNOWN
    return template.substitute(
        title=escape(f"{proof.verdict}: {proof.goal}"),
        colour=_COLOURS[proof.verdict],
        verdict=escape(proof.verdict),
        goal=escape(proof.goal),
        meta=" · ".join(map(escape, _meta(proof))),
        heading="What is missing" if unknown else "Proof",
        tree=_unknown(proof) if unknown else _proof(proof),
        sources=_sources(proof),
        statistics=_statistics(proof),
    )


def _meta(proof: Proof) -> Iterable[str]:
    if proof.verdict is not Verdict.UNKNOWN:
        yield f"probability {proof.probability:.2f}"
        plural = "" if proof.rule_applications == 1 else "s"
        yield f"{proof.rule_applications} rule application{plural}"
    yield f"{proof.world} world"
    yield proof.reason or _STOPPED[proof.stopped]
    yield f"{proof.modules} modules, {proof.strategy.replace('_', ' ')}"


def _proof(proof: Proof) -> str:
    steps = {(step.conclusion.key, step.conclusion.positive): step for step in proof.steps}
    told: set[tuple[str, bool]] = set()
    items = "".join(_item(literal, steps, told) for literal in proof.conclusions)
    return f'<ul class="tree">{items}</ul>'


def _item(
    literal: Literal, steps: dict[tuple[str, bool], Step], told: set[tuple[str, bool]]
) -> str:
    """One conclusion with what it rests on; a part told before is only named."""
    name = literal.key, literal.positive
    step = steps.get(name)
    if step is None or name in told:
        note = '<span class="note"> shown above</span>' if step else ""
        return f"<li>{_card(literal, 'open', note)}</li>"
    told.add(name)
    match step.kind:
        case "fact":
            how = "supposed: " if step.sentence == GOAL else "stated: "
            how = "stated by a second reading: " if step.guessed else how
            return f"<li>{_card(literal, 'fact', _cite(how, step.text, step.sentence))}</li>"
        case "name":
            note = '<span class="note by">by its name</span>'
            return f"<li>{_card(literal, 'fact', note)}</li>"
        case "failure":
            note = '<span class="note by">nothing proves otherwise</span>'
            return f"<li>{_card(literal, 'open', note)}</li>"
        case "paraphrase":
            card = _card(literal, "open", '<span class="note by">in other words</span>')
            premises: tuple[Literal, ...] = (step.premise,)
        case "rule":
            why = "because, by a second reading: " if step.guessed else "because: "
            card = _card(literal, "rule", _cite(why, step.text, step.sentence))
            premises = step.premises
    below = "".join(_item(premise, steps, told) for premise in premises)
    return f"<li>{card}<ul>{below}</ul></li>"


def _card(literal: Literal, kind: str, below: str) -> str:
    sign = "" if literal.positive else " negative"
    text = escape(said(literal))
    return f'<div class="card {kind}{sign}"><span class="said">{text}</span>{below}</div>'


def _cite(lead: str, text: str, sentence: str) -> str:
    return (
        f'<span class="by">{lead}<span class="cite" tabindex="0" '
        f'data-sentence="{escape(sentence)}">{escape(text)}</span></span>'
    )


def _unknown(proof: Proof) -> str:
    parts = []
    if near := proof.nearest:
        cite = _cite("the rule that came nearest: ", near.text, near.sentence)
        rows = [_card(one, "fact", '<span class="note by">proved</span>') for one in near.proved]
        rows += [_card(one, "open", '<span class="note by">missing</span>') for one in near.missing]
        items = "".join(f"<li>{row}</li>" for row in rows)
        root = _card(proof.literal, "rule", cite)
        parts.append(f'<ul class="tree"><li>{root}<ul>{items}</ul></li></ul>')
    if proof.open_goals:
        items = "".join(f"<li>{_card(one.literal, 'open', '')}</li>" for one in proof.open_goals)
        parts.append(
            f'<h2 style="margin-top:1.6rem">Goals left open</h2><ul class="tree">{items}</ul>'
        )
    return "".join(parts) or "<p>No sentence of the knowledge base says anything about it.</p>"


def _sources(proof: Proof) -> str:
    """The sentences that the proof uses, facts first, each once."""
    used = {
        step.sentence: (step.kind, step.text)
        for step in proof.steps
        if step.kind in ("fact", "rule")
    }
    if not used:
        return ""
    order = sorted(used.items(), key=lambda item: (item[1][0], item[1][1]))
    items = "".join(
        f'<li class="{kind}" data-sentence="{escape(sentence)}">{escape(text)}'
        f"<code>{escape(sentence)}</code></li>"
        for sentence, (kind, text) in order
    )
    return f"<h2>Sentences it rests on</h2><ol>{items}</ol>"


def _statistics(proof: Proof) -> str:
    spent = proof.statistics
    rows = [("goals looked at", str(spent.goals)), ("rounds", str(spent.rounds))]
    rows += [
        (name.replace("_", " "), f"{calls} calls, {spent.pairs.get(name, 0)} pairs")
        for name, calls in sorted(spent.calls.items())
    ]
    return "".join(f"<tr><th>{escape(a)}</th><td>{escape(b)}</td></tr>" for a, b in rows)
