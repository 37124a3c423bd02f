"""Checked proofs as training examples, to adapt the modules to a domain.

    python -m scripts.proofs_to_examples PROOF.json … --kb KB --out DIR

Every proof is checked against the knowledge base first; one that fails is left out and named.
``DIR/reading.jsonl`` holds the sentences that the proofs rest on with what they were read as, in
the format of ``scripts.train_reader``; ``DIR/domain.pairs`` the paraphrases that the proofs use, in
that of ``scripts.train_comparer``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from lambada_bc import KnowledgeBase, check
from lambada_bc.modules.compact.subjects import described
from lambada_bc.modules.loading import load
from lambada_bc.proof import read_proof
from lambada_bc.proof.proof import FactStep, ParaphraseStep, Proof, RuleStep
from lambada_bc.statements import Clause, Literal, Statement
from scripts.reading_data.example import Example, Said, Triple, triple


def _triple(literal: Literal) -> Triple:
    return triple(literal.subject, literal.predicate, literal.positive)


def _said(clause: Clause) -> Said:
    return Said(tuple(map(_triple, clause.antecedents)), _triple(clause.consequent))


def readings(proofs: Iterable[Proof], statements: Iterable[Statement]) -> Iterator[Example]:
    """The sentences that the proofs rest on, each once, with what they were read as."""
    steps = (step for proof in proofs for step in proof.steps)
    used = {step.sentence for step in steps if isinstance(step, FactStep | RuleStep)}
    clauses: dict[str, list[Clause]] = {}
    texts: dict[str, str] = {}
    for statement in statements:
        if statement.sentence.id in used and not statement.presupposed:
            clauses.setdefault(statement.sentence.id, []).append(statement.clause)
            texts[statement.sentence.id] = statement.sentence.text
    for id, read in sorted(clauses.items()):
        presupposed = described(tuple(read))
        stated = tuple(_said(clause) for clause in read if clause not in presupposed)
        yield Example(texts[id], stated, "proof")


def pairs(proofs: Iterable[Proof]) -> Iterator[str]:
    """Groups of one pair: what a statement says, and what the proof took it to say."""
    found = {
        (
            step.premise.predicate,
            "+" if step.conclusion.positive else "-",
            step.conclusion.predicate,
        )
        for proof in proofs
        for step in proof.steps
        if isinstance(step, ParaphraseStep) and step.premise.positive
    }
    for stated, label, asked in sorted(found):
        yield f"{stated}\n {label} {asked}\n"


def main() -> None:
    """Check the proofs and write the examples."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("proofs", nargs="+", type=Path)
    parser.add_argument("--kb", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    kb = KnowledgeBase.open(arguments.kb)
    valid = []
    for file in arguments.proofs:
        proof = read_proof(file)
        if problems := check(proof, kb):
            print(f"{file}: left out: {problems[0]}")
        else:
            valid.append(proof)
    arguments.out.mkdir(parents=True, exist_ok=True)
    rows = [e.row() for e in readings(valid, kb.statements(load("compact").reader))]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (arguments.out / "reading.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")
    groups = list(pairs(valid))
    (arguments.out / "domain.pairs").write_text("\n".join(groups), encoding="utf-8")
    print(f"{len(valid)} proofs: {len(rows)} sentences, {len(groups)} paraphrases")


if __name__ == "__main__":
    main()
