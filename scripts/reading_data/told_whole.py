"""What whole sentences of the knowledge bases written by hand settle, and what they leave open.

``python -m scripts.reading_data.told_whole --out FILE`` pairs each sentence that tells facts only
with statements of what it tells of: its own clauses, what the links say follows, and other things
that the knowledge base says.  One JSON object a line, as ``scripts.reading_data.linked`` writes.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from lambada_bc import wording
from lambada_bc.modules.compact.comparer import sentence_of
from lambada_bc.modules.compact.literals import as_compared
from lambada_bc.modules.compact.subjects import head_of
from lambada_bc.statements import Clause, Literal
from scripts.reading_data.bases import Base, read_bases, to_literal
from scripts.reading_data.example import Example
from scripts.reading_data.linked import Linked
from scripts.reading_data.pairs import CONTRADICTS, NEITHER, SUPPORTS, Pair, Whole

MORE_LEFT_OPEN = 2
"""How many more statements a sentence is paired with that it leaves open than that it settles."""


def pairs_of(base: Base, chance: random.Random) -> list[Pair]:
    """Sentences with statements that they support, contradict or leave open."""
    linked = Linked(base.links)
    said = {one.text: _clauses(one) for one in base.sentences}
    every = [one for clauses in said.values() for one in clauses]
    literals = {literal for one in every for literal in (*one.antecedents, one.consequent)}
    literals |= {goal.literal for goal in base.goals}
    literals |= {literal for link in base.links for literal in link}
    found: dict[tuple[str, str], int] = {}
    for text, clauses in said.items():
        if any(one.antecedents or one.consequent.variables for one in clauses):
            continue
        facts = [one.consequent for one in clauses]
        asked = sorted({*_about(text, facts, literals), *(one.atom() for one in facts)}, key=str)
        labels = {one: _settled(facts, one, linked) for one in asked}
        for label in (SUPPORTS, CONTRADICTS):
            found |= {
                (text, sentence_of(o)): label for o, is_so in labels.items() if is_so == label
            }
        if supported := [one for one, label in labels.items() if label == SUPPORTS]:
            found[text, sentence_of(chance.choice(supported).negated())] = CONTRADICTS
        left_open = [one for one, label in labels.items() if label == NEITHER]
        most = len(asked) - len(left_open) + MORE_LEFT_OPEN
        for one in chance.sample(left_open, min(len(left_open), most)):
            found[text, sentence_of(one)] = NEITHER
    return [(Whole(text), Whole(asked), label) for (text, asked), label in found.items()]


def _clauses(one: Example) -> list[Clause]:
    return [
        Clause(tuple(map(to_literal, said.antecedents)), to_literal(said.consequent))
        for said in one.clauses
    ]


def _about(text: str, facts: Sequence[Literal], literals: set[Literal]) -> Iterator[Literal]:
    """Which atoms of a knowledge base may be asked of what a sentence tells of."""
    words = {word.lemma for word in wording.words(text)}
    subjects = {one.subject for one in facts}
    for literal in literals:
        if literal.subject != "it" and not literal.variables:
            if head_of(literal.subject) in words:
                yield literal.atom()
        elif "?" not in literal.predicate and literal.subject in ("it", *literal.variables):
            yield from (Literal(subject, literal.predicate) for subject in subjects)


def _settled(facts: Sequence[Literal], asked: Literal, linked: Linked) -> int:
    """Whether facts support a statement, contradict it, or do neither."""
    same = [fact.positive for fact in facts if fact.key == asked.key]
    bearings = [linked.bearing(*as_compared(fact, asked)) for fact in facts]
    bearings += [linked.bearing(fact, asked) for fact in facts]
    if any(same) or any(one.supports for one in bearings):
        return SUPPORTS
    return CONTRADICTS if same or any(one.contradicts for one in bearings) else NEITHER


def main() -> None:
    """Write the pairs of all knowledge bases."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    with arguments.out.open("w", encoding="utf-8") as file:
        for base in read_bases():
            pairs = pairs_of(base, random.Random(base.title))
            file.write(json.dumps({"held_out": base.is_held_out, "pairs": pairs}) + "\n")


if __name__ == "__main__":
    main()
