"""A proof in the formats of other tools."""

from __future__ import annotations

from collections.abc import Callable

from lambada_bc.proof.explain import explain
from lambada_bc.proof.formats.dot import to_dot
from lambada_bc.proof.formats.graphml import to_graphml
from lambada_bc.proof.formats.html import to_html
from lambada_bc.proof.formats.json import read_proof, to_json
from lambada_bc.proof.formats.mermaid import to_mermaid
from lambada_bc.proof.proof import Proof

FORMATS: dict[str, Callable[[Proof], str]] = {
    "text": explain,
    "json": to_json,
    "mermaid": to_mermaid,
    "dot": to_dot,
    "graphml": to_graphml,
    "html": to_html,
}
"""Every format by name."""

__all__ = ["FORMATS", "read_proof", "to_dot", "to_graphml", "to_html", "to_json", "to_mermaid"]
