"""Graphviz DOT."""

from __future__ import annotations

import textwrap
from typing import Any

from lambada_bc.proof.proof import Proof

_STYLES = {
    "goal": 'shape=box, style="rounded,filled", fillcolor="#eef2ff"',
    "fact": 'shape=note, style=filled, fillcolor="#ecfdf5"',
    "name": 'shape=plain, fontcolor="#047857"',
    "rule": 'shape=box, style=filled, fillcolor="#fffbeb"',
    "paraphrase": 'shape=plain, fontcolor="#6b7280"',
    "failure": 'shape=plain, fontcolor="#b91c1c"',
}


def to_dot(proof: Proof) -> str:
    """The proof's graph; render it with ``dot -Tsvg``."""
    numbers = {node: f"n{number}" for number, node in enumerate(proof.graph)}
    lines = ["digraph proof {", '  node [fontname="Helvetica"];']
    for node, data in proof.graph.nodes(data=True):
        lines.append(f"  {numbers[node]} [label={_label(data)}, {_STYLES[data['kind']]}];")
    lines += [f"  {numbers[one]} -> {numbers[two]};" for one, two in proof.graph.edges]
    return "\n".join([*lines, "}"]) + "\n"


def _label(data: dict[str, Any]) -> str:
    """A quoted string of DOT, wrapped."""
    text = f"{data['text']}\n[{data['sentence']}]" if "sentence" in data else str(data["text"])
    wrapped = "\n".join(part for line in text.splitlines() for part in textwrap.wrap(line, 36))
    escaped = wrapped.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
