"""Every format holds the whole proof, and no text of a knowledge base breaks out of it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambada_bc.errors import ProofFileError
from lambada_bc.proof import FORMATS, Proof, explain, read_proof, to_json
from lambada_bc.proof.formats.json import from_json
from lambada_bc.proof.formats.mermaid import MOST_EDGES
from lambada_bc.proof.proof import FactStep, ParaphraseStep
from lambada_bc.statements import Literal, Verdict, World

NASTY = (
    "</script><script>alert(1)</script> \"quoted\" 'single' `tick` "
    "]]> --> [x] {y} & #35; é 木 %% \\"
)


def one_fact(text: str) -> Proof:
    literal = Literal("Bob", "is big")
    return Proof(
        goal=text,
        literal=literal,
        verdict=Verdict.PROVED,
        probability=1.0,
        stopped="settled",
        world=World.OPEN,
        strategy="best_first",
        modules="gold",
        steps=(FactStep(sentence=text, text=text, conclusion=literal),),
    )


class Page(HTMLParser):
    """Collects the tags and texts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def page_of(proof: Proof) -> Page:
    page = Page()
    page.feed(FORMATS["html"](proof))
    return page


def test_json_round_trip(disproof: Proof, open_question: Proof, tmp_path: Path) -> None:
    for proof in (disproof, open_question):
        file = tmp_path / "proof.json"
        file.write_text(to_json(proof), encoding="utf-8")
        assert read_proof(file) == proof
        assert to_json(read_proof(file)) == to_json(proof)


@pytest.mark.parametrize(
    "broken",
    ["", "{", "[]", "{}", '{"version": 99}', '{"version": 1}', '{"version": 1, "verdict": 3}'],
)
def test_broken_json_names_the_file(broken: str, tmp_path: Path) -> None:
    file = tmp_path / "broken.json"
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(ProofFileError, match=re.escape(str(file))):
        read_proof(file)


def test_missing_and_undecodable_files(tmp_path: Path) -> None:
    with pytest.raises(ProofFileError, match="none"):
        read_proof(tmp_path / "none.json")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe{")
    with pytest.raises(ProofFileError, match="UTF-8"):
        read_proof(tmp_path / "bytes.json")


def test_graph_is_a_tree_of_reasons(disproof: Proof) -> None:
    graph = disproof.graph
    assert nx.is_directed_acyclic_graph(graph)
    roots = [node for node in graph if not graph.in_degree(node)]
    assert [graph.nodes[root]["text"] for root in roots] == ["Bob is not shy"]
    leaves = [graph.nodes[node] for node in graph if not graph.out_degree(node)]
    assert {leaf["kind"] for leaf in leaves} == {"fact"}
    assert {leaf["text"] for leaf in leaves} == {"Bob is big.", "Bob is not blue."}


def test_graphml_can_be_read_again(disproof: Proof) -> None:
    again = nx.parse_graphml(FORMATS["graphml"](disproof))
    assert dict(again.nodes(data=True)) == dict(disproof.graph.nodes(data=True))
    assert set(again.edges) == set(disproof.graph.edges)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_any_text_survives_html_and_graphml(text: str) -> None:
    proof = one_fact(f"{NASTY} {text}")
    page = page_of(proof)
    assert page.tags == page_of(one_fact("plain")).tags
    assert page.links == []
    nx.parse_graphml(FORMATS["graphml"](proof))
    assert from_json(to_json(proof)) == proof


def test_html_shows_the_text_as_written() -> None:
    assert any(text == NASTY for text in page_of(one_fact(NASTY)).texts)


def test_html_needs_no_network(disproof: Proof) -> None:
    assert "http" not in FORMATS["html"](disproof).replace("http-equiv", "")


def test_dot_and_mermaid_quote(disproof: Proof) -> None:
    dot = FORMATS["dot"](one_fact(NASTY))
    assert len(re.findall(r'(?<!\\)"', dot.replace("\\\\", ""))) % 2 == 0
    mermaid = FORMATS["mermaid"](one_fact(NASTY))
    for line in mermaid.splitlines()[1:]:
        assert line.count('"') in (0, 2)
        assert "<" not in line
        assert "`" not in line
    assert FORMATS["dot"](disproof).count(" -> ") == disproof.graph.number_of_edges()
    assert FORMATS["mermaid"](disproof).count(" --> ") == disproof.graph.number_of_edges()


def test_mermaid_stays_within_its_limit() -> None:
    literals = [Literal("Bob", f"is number{n}") for n in range(400)]
    fact = FactStep(sentence="s", text="Bob counts.", conclusion=literals[0])
    chain = [ParaphraseStep(premise=one, conclusion=two) for one, two in pairwise(literals)]
    proof = one_fact("x").model_copy(update={"literal": literals[-1], "steps": (fact, *chain)})
    drawn = FORMATS["mermaid"](proof)
    assert drawn.count(" --> ") == MOST_EDGES
    assert drawn.startswith("%%")
    assert "number399" in drawn


def test_json_is_canonical(disproof: Proof) -> None:
    data = json.loads(to_json(disproof))
    assert list(data) == sorted(data)


def test_explanation_tells_the_reasons_in_order(disproof: Proof) -> None:
    text = explain(disproof)
    assert text.startswith("DISPROVED (100%): Bob is shy.")
    told = [text.index(part) for part in ("Bob is not shy", "Bob is brave", "Bob is strong")]
    assert told == sorted(told)
    assert "(shown above)" in text
    assert "“Bob is not blue.”" in text


def test_explanation_of_unknown_names_what_is_missing(open_question: Proof) -> None:
    text = explain(open_question)
    assert text.startswith("UNKNOWN: Ana is nice.")
    assert "✓ proved: Ana is kind" in text
    assert "✗ missing: Ana is calm" in text


def test_explanation_of_failure(failure: Proof) -> None:
    assert "nothing proves otherwise" in explain(failure)
