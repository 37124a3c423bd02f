"""Small knowledge bases written by hand: readings, goals, and what entails what.

A file in ``written/*.bases`` holds several::

    === The village choir
    Marta has been off sick since Monday.
      Marta | is off sick since Monday
    Singers who are absent do not get a solo.
      ?x | is a singer & ?x | is absent => ?x | - gets a solo
    ? Marta sings a solo tonight. [disproved]
      Marta | sings a solo tonight
    links
      is off sick since Monday > is absent
      gets a solo = sings a solo tonight

Sentences and clauses are those of ``CONVENTION.md``.  A link says that whatever is as on the left
is as on the right (``>``), or each as the other (``=``); ``- `` before a predicate denies it, and
``subject | predicate`` is a statement of its own.  What no link says does not follow.

``python -m scripts.reading_data.bases --out FOLDER`` writes those that are held out, for
``evaluate``; ``--check FILE …`` names what is not in this form.
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lambada_bc.statements import Literal
from scripts.reading_data.example import Example, Triple
from scripts.reading_data.written import FOLDER, as_example, as_literal, read_written

VERDICTS = ("proved", "disproved", "unknown")
HELD_OUT = 12


@dataclass(frozen=True)
class Goal:
    """A goal's reading and its verdict."""

    example: Example
    verdict: str

    @property
    def literal(self) -> Literal:
        """What the goal says."""
        return to_literal(self.example.clauses[0].consequent)


@dataclass
class Base:
    """One knowledge base: ``links`` are pairs of literals, the first of which entails the other."""

    title: str
    sentences: list[Example] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    links: list[tuple[Literal, Literal]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def is_held_out(self) -> bool:
        """Whether it is kept for measuring, whatever else is written."""
        return zlib.crc32(self.title.encode()) % HELD_OUT == 0


def to_literal(said: Triple) -> Literal:
    """The literal of a triple."""
    return Literal(said[0], said[1], said[2] == "+")


def parse(text: str, name: str) -> Iterator[Base]:
    """The knowledge bases of a file; what is wrong with them stands in ``faults``."""
    for part in re.split(r"^===", text, flags=re.MULTILINE)[1:]:
        title, *lines = part.splitlines()
        base = Base(f"{name}: {title.strip()}")
        lines = [line for line in lines if line.strip() and not line.startswith("#")]
        starts = [n for n, line in enumerate(lines) if not line[0].isspace()]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            head, body = lines[start].strip(), [line.strip() for line in lines[start + 1 : end]]
            try:
                _add(base, head, body)
            except ValueError as error:
                base.faults.append(f"{head}: {error}")
        yield base


def _add(base: Base, head: str, body: Sequence[str]) -> None:
    if head == "links":
        for line in body:
            base.links.extend(_links(line))
    elif head.startswith("?"):
        found = re.fullmatch(r"\?\s*(.+?)\s*\[(\w+)\]", head)
        if not found or found[2] not in VERDICTS or len(body) != 1 or "=>" in body[0]:
            raise ValueError("not “? Goal. [proved|disproved|unknown]” and one literal")
        base.goals.append(Goal(as_example(found[1], body, base.title), found[2]))
    else:
        base.sentences.append(as_example(head, body, base.title))


def _links(line: str) -> Iterator[tuple[Literal, Literal]]:
    found = re.fullmatch(r"(.+?)\s+([>=])\s+(.+)", line)
    if not found:
        raise ValueError(f"“{line}” is not “one > other” or “one = other”")
    one, other = (
        to_literal(as_literal(side if "|" in side else f"it | {side}"))
        for side in found.group(1, 3)
    )
    yield one, other
    if found[2] == "=":
        yield other, one


def read_bases(folder: Path = FOLDER) -> Iterator[Base]:
    """All knowledge bases that were written by hand."""
    for file in sorted(folder.glob("*.bases")):
        yield from parse(file.read_text(encoding="utf-8"), file.stem)


def read_all(*, held_out: bool) -> Iterator[Example]:
    """All sentences written by hand, alone or in knowledge bases, but for those of the other kind.

    Held out are whole knowledge bases, and of the other sentences one in twelve.
    """
    for example in read_written():
        if (zlib.crc32(example.text.encode()) % HELD_OUT == 0) == held_out:
            yield example
    for base in read_bases():
        if base.is_held_out == held_out:
            yield from (*base.sentences, *(goal.example for goal in base.goals))


def write_held_out(folder: Path) -> None:
    """Write the knowledge bases that are held out, as texts and goals."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, base in enumerate(base for base in read_bases() if base.is_held_out):
        lines = [f"# {base.title}", *(one.text for one in base.sentences)]
        rows = [{"goal": one.example.text, "verdict": one.verdict} for one in base.goals]
        for ending, found in (("txt", lines), ("goals.jsonl", map(json.dumps, rows))):
            text = "".join(f"{line}\n" for line in found)
            (folder / f"base_{number:02}.{ending}").write_text(text, encoding="utf-8")


def main() -> None:
    """Check files, or write the knowledge bases that are held out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", nargs="+", type=Path, default=[], metavar="FILE")
    parser.add_argument("--out", type=Path, metavar="FOLDER")
    arguments = parser.parse_args()
    for file in arguments.check:
        bases = list(parse(file.read_text(encoding="utf-8"), file.stem))
        for base in bases:
            for fault in base.faults:
                print(f"{base.title}: {fault}")
        print(f"{file}: {len(bases)} knowledge bases, {sum(len(b.goals) for b in bases)} goals")
    if arguments.out:
        write_held_out(arguments.out)


if __name__ == "__main__":
    main()
