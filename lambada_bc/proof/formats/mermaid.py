"""Mermaid, for Markdown pages."""

from __future__ import annotations

import networkx as nx

from lambada_bc.proof.proof import Proof

MOST_EDGES = 500
"""Mermaid refuses larger graphs by default."""

_SHAPES = {
    "goal": ("([", "])"),
    "fact": ("[/", "/]"),
    "name": (">", "]"),
    "rule": ("[", "]"),
    "paraphrase": (">", "]"),
    "failure": (">", "]"),
}


def to_mermaid(proof: Proof) -> str:
    """The proof's graph as a flow chart.

    Beyond :data:`MOST_EDGES` edges the part nearest to the goal is drawn, and a comment in the
    first line says how many edges were left out.
    """
    roots = [node for node in proof.graph if not proof.graph.in_degree(node)]
    reached = dict.fromkeys(node for root in roots for node in nx.bfs_tree(proof.graph, root))
    edges = list(proof.graph.edges(reached))
    drawn = edges[:MOST_EDGES]
    shown = set(proof.graph) if len(drawn) == len(edges) else {n for edge in drawn for n in edge}
    numbers = {node: f"n{number}" for number, node in enumerate(proof.graph)}
    lines = ["flowchart TD"]
    if len(drawn) < len(edges):
        lines.insert(0, f"%% {len(edges) - len(drawn)} edges further from the goal are left out")
    for node, data in proof.graph.nodes(data=True):
        if node in shown:
            left, right = _SHAPES[data["kind"]]
            cited = f" ({data['sentence']})" if "sentence" in data else ""
            lines.append(f'  {numbers[node]}{left}"{_escape(data["text"] + cited)}"{right}')
    lines += [f"  {numbers[one]} --> {numbers[two]}" for one, two in drawn]
    return "\n".join(lines) + "\n"


def _escape(text: str) -> str:
    """Everything but letters, digits and plain punctuation as an entity code of Mermaid."""
    return "".join(
        character if character.isalnum() or character in " .,!?'-" else f"#{ord(character)};"
        for character in text
    )
