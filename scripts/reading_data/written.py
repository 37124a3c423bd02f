"""Sentences written by hand with their clauses, in the format of ``CONVENTION.md``.

``python -m scripts.reading_data.written FILE …`` checks files and names every line at fault.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from lambada_bc import wording
from scripts.reading_data.closed_words import CLOSED_WORDS
from scripts.reading_data.example import Example, Said, Triple, triple

FOLDER = Path(__file__).parent / "written"


def as_literal(text: str) -> Triple:
    """The literal that ``subject | predicate`` stands for; ValueError if it is none."""
    subject, bar, predicate = (part.strip() for part in text.partition("|"))
    if not bar or not subject or not predicate.strip("- ") or "|" in predicate:
        raise ValueError(f"“{text.strip()}” is not subject | predicate")
    positive = not predicate.startswith("-")
    return triple(subject, predicate.lstrip("- "), positive)


def _clause(line: str) -> Said:
    body, arrow, head = line.rpartition("=>")
    if arrow and not body.strip():
        raise ValueError(f"nothing stands before => in “{line.strip()}”")
    return Said(
        tuple(as_literal(part) for part in body.split("&")) if arrow else (), as_literal(head)
    )


def missing(example: Example) -> list[str]:
    """The words of the clauses that are neither in the text, by lemma, nor in the closed list."""
    present = {wording.lemma(word) for word in wording.tokenize(example.text)}
    literals = [x for clause in example.clauses for x in (*clause.antecedents, clause.consequent)]
    words = (word for x in literals for part in x[:2] for word in wording.tokenize(part))
    return [w for w in words if w not in CLOSED_WORDS and wording.lemma(w) not in present]


def parse(text: str, frame: str) -> Iterator[tuple[int, Example | str]]:
    """Each sentence with the number of its line: an example, or what is wrong with it."""
    blocks = re.finditer(r"(?:^(?!#)\S.*\n?)(?:^[ \t]+\S.*\n?)*", text, re.MULTILINE)
    for block in blocks:
        number = text.count("\n", 0, block.start()) + 1
        sentence, *lines = block.group().strip().splitlines()
        try:
            yield number, as_example(sentence, lines, frame)
        except ValueError as error:
            yield number, f"{sentence}: {error}"


def as_example(sentence: str, lines: Sequence[str], frame: str) -> Example:
    """A sentence with its clauses; ValueError says what is wrong with them."""
    example = Example(sentence, tuple(_clause(line) for line in lines), frame)
    if not lines:
        raise ValueError("no clauses")
    if absent := missing(example):
        raise ValueError(f"not words of the sentence: {', '.join(absent)}")
    return example


def read_written(folder: Path = FOLDER) -> Iterator[Example]:
    """All sentences that were written by hand."""
    for file in sorted(folder.glob("*.txt")):
        for _, found in parse(file.read_text(encoding="utf-8"), f"written {file.stem}"):
            if isinstance(found, Example):
                yield found


def main() -> None:
    """Say how many sentences are right and what is wrong with the others."""
    for name in sys.argv[1:]:
        right = 0
        for number, found in parse(Path(name).read_text(encoding="utf-8"), name):
            if isinstance(found, Example):
                right += 1
            else:
                print(f"{name}:{number}: {found}")
        print(f"{name}: {right} sentences")


if __name__ == "__main__":
    main()
