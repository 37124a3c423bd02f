"""GraphML, for Gephi, yEd and networkx."""

from __future__ import annotations

import re

import networkx as nx

from lambada_bc.proof.proof import Proof

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_graphml(proof: Proof) -> str:
    """The proof's graph with all its attributes; characters that XML cannot hold become ``�``."""
    graph: nx.DiGraph[str] = nx.DiGraph(verdict=str(proof.verdict), goal=_clean(proof.goal))
    for node, attributes in proof.graph.nodes(data=True):
        cleaned = {k: _clean(v) if isinstance(v, str) else v for k, v in attributes.items()}
        graph.add_node(_clean(node), **cleaned)
    graph.add_edges_from((_clean(one), _clean(two)) for one, two in proof.graph.edges)
    return "\n".join(nx.generate_graphml(graph)) + "\n"


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
