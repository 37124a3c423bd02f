"""Sentences of the training data sets with their gold clauses, in the reader's format.

``python -m scripts.reading_data.convert DATA_FOLDER --out FILE`` reads ProofWriter, RuleTaker and
PrOntoQA *training* files only.  Sentences are kept once, and a share of each source is drawn, so
that templates do not dominate.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lambada_bc import wording
from scripts.reading_data.example import Example, Said, Triple, triple
from scripts.reading_data.phrases import article

_ANNOTATED = ("proofwriter_depth5_open", "ruletaker_depth0_open", "ruletaker_depth1_open",
              "ruletaker_depth2_open", "ruletaker_depth3_open", "attributes_open")  # fmt: skip


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _literal(gold: list[str], text: str) -> Triple:
    """A gold literal worded as in the text: ``the`` stands before a thing that has it there."""
    lowered = text.lower()

    def term(word: str) -> str:
        if f"the {word}" in lowered:
            return f"the {word}"
        return word.capitalize() if word.capitalize() in text else word

    subject, relation, thing, sign = gold
    return triple(term(subject), f"{relation} {term(thing)}", sign == "+")


def annotated(folder: Path) -> Iterator[Example]:
    """Sentences and questions of the data sets that carry gold literals."""
    for name in _ANNOTATED:
        for row in _rows(folder / "train" / f"{name}.jsonl.gz"):
            gold = row["gold"]
            for number, fact in gold["facts"].items():
                text = row["sentences"][int(number)]
                yield Example(text, (Said((), _literal(fact, text)),), "gold fact")
            for number, rule in gold["rules"].items():
                text = row["sentences"][int(number)]
                body = tuple(_literal(literal, text) for literal in rule["if"])
                yield Example(text, (Said(body, _literal(rule["then"], text)),), "gold rule")
            for question in row["questions"]:
                if question.get("literal"):
                    text = question["text"]
                    yield Example(
                        text, (Said((), _literal(question["literal"], text)),), "gold question"
                    )


_CLASS = re.compile(
    r"(?:Every|Each) (?P<one>.+?) is (?P<rest>.+)\.|(?P<many>.+?) are (?P<rest2>.+)\."
)
_FACT = re.compile(r"(?P<name>[A-Z0-9]\w*) is (?P<rest>.+)\.")


def prontoqa(folder: Path) -> Iterator[Example]:
    """PrOntoQA's sentences, by the grammar of its generator (Saparov & He 2023)."""
    for file in sorted((folder / "train").glob("prontoqa_*.jsonl.gz")):
        for row in _rows(file):
            plurals = {
                m["many"].lower()
                for s in row["sentences"]
                if (m := _CLASS.fullmatch(s)) and m["many"]
            }
            ones = {m["one"] for s in row["sentences"] if (m := _CLASS.fullmatch(s)) and m["one"]}
            lemmas = {wording.lemma(p) for p in plurals} | ones
            for text in (*row["sentences"], *(q["text"] for q in row["questions"])):
                found = _CLASS.fullmatch(text)
                if found:
                    rest = found["rest"] or found["rest2"]
                    head = found["one"] or found["many"]
                    body: tuple[Triple, ...] = (
                        triple("?x", f"is {article(head.lower())} {head}", True),
                    )
                    subject = "?x"
                elif fact := _FACT.fullmatch(text):
                    rest, body, subject = fact["rest"], (), fact["name"]
                else:
                    continue
                positive = not rest.startswith("not ")
                rest = rest.removeprefix("not ")
                plural_class = " " not in rest and (
                    rest.lower() in plurals or wording.lemma(rest) in lemmas
                )
                if (plural_class and found and found["many"]) or (
                    found and found["many"] and " " in rest and not rest.startswith(("a ", "an "))
                ):
                    rest = f"{article(rest.lower())} {rest}"
                yield Example(
                    text, (Said(body, triple(subject, f"is {rest}", positive)),), "prontoqa"
                )


def main() -> None:
    """Draw at most ``--each`` distinct sentences of each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--each", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    kinds: dict[str, dict[str, Example]] = {}
    for source in (annotated(arguments.data), prontoqa(arguments.data)):
        for example in source:
            kinds.setdefault(example.frame, {})[example.text] = example
    with arguments.out.open("w", encoding="utf-8") as out:
        for frame, examples in sorted(kinds.items()):
            drawn = sorted(examples.values(), key=lambda example: example.text)
            chance.shuffle(drawn)
            for example in drawn[: arguments.each]:
                out.write(json.dumps(example.row()) + "\n")
            print(f"{frame}: {min(len(drawn), arguments.each)} of {len(drawn)}")


if __name__ == "__main__":
    main()
