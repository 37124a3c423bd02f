"""The graph of a proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from lambada_bc.statements import Literal

if TYPE_CHECKING:
    from lambada_bc.proof.proof import Proof, Step


def goal_node(literal: Literal) -> str:
    """The node of a literal: its key with a sign."""
    return f"goal:{'+' if literal.positive else '-'}{literal.key}"


def build(proof: Proof) -> nx.DiGraph[str]:
    """The steps of a proof as a graph; edges run from a conclusion to what it rests on.

    Every attribute is a plain text, number or truth value, so that any format can hold it.  A
    step that concludes a literal is a node of its own between the literal and its premises; a
    proof without steps has the node of its goal only.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    _add_goal(graph, proof.literal)
    for number, step in enumerate(proof.steps):
        conclusion = _add_goal(graph, step.conclusion)
        node = _add_step(graph, number, step)
        graph.add_edge(conclusion, node)
        for premise in _premises(step):
            graph.add_edge(node, _add_goal(graph, premise))
    roots = {goal_node(literal) for literal in proof.conclusions}
    if roots and goal_node(proof.literal) not in roots:
        graph.remove_node(goal_node(proof.literal))
    return graph


def _add_goal(graph: nx.DiGraph[str], literal: Literal) -> str:
    node = goal_node(literal)
    if node not in graph:
        graph.add_node(
            node, kind="goal", text=str(literal), key=literal.key, positive=literal.positive
        )
    return node


def _add_step(graph: nx.DiGraph[str], number: int, step: Step) -> str:
    """The node of a step; a fact's is that of its sentence, so that facts are shared."""
    match step.kind:
        case "fact":
            node = f"fact:{step.sentence}"
            graph.add_node(node, kind="fact", text=step.text, sentence=step.sentence,
                           guessed=step.guessed, probability=step.probability)  # fmt: skip
        case "name":
            node = f"name:{number}"
            graph.add_node(node, kind="name", text="by its name",
                           probability=step.probability)  # fmt: skip
        case "rule":
            node = f"rule:{step.statement}:{number}"
            bindings = ", ".join(f"{name} = {term}" for name, term in sorted(step.bindings.items()))
            graph.add_node(node, kind="rule", text=step.text, sentence=step.sentence,
                           statement=step.statement, bindings=bindings,
                           guessed=step.guessed, probability=step.probability)  # fmt: skip
        case "paraphrase":
            node = f"paraphrase:{number}"
            graph.add_node(node, kind="paraphrase", text="in other words",
                           probability=step.probability)  # fmt: skip
        case "failure":
            node = f"failure:{number}"
            graph.add_node(node, kind="failure", text="cannot be proved",
                           probability=step.probability)  # fmt: skip
    return node


def _premises(step: Step) -> tuple[Literal, ...]:
    match step.kind:
        case "rule":
            return step.premises
        case "paraphrase":
            return (step.premise,)
        case _:
            return ()
