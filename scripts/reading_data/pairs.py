"""Pairs of statements that were written by hand: ``written/*.pairs`` and ``written/*.groups``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lambada_bc import wording

SUPPORTS, CONTRADICTS, NEITHER = 0, 1, 2

Pair = tuple[str, str, int]
"""What is stated, what is asked, and how the one bears on the other: predicates of one subject,
or :class:`Whole` statements."""


class Whole(str):
    """A statement with a subject of its own."""


_OTHER_SUBJECTS = frozenset(
    {"nobody", "somebody", "someone", "people", "many", "the", "a", "an", "there", "its",
     "hackers", "today", "each", "all"}
)  # fmt: skip


def statement(predicate: str) -> str:
    """The predicate as said of ``it``; what has a subject of its own stays."""
    if isinstance(predicate, Whole) or predicate.split()[0] in _OTHER_SUBJECTS:
        return predicate
    return wording.render("it", predicate, True)


def written(files: Sequence[Path]) -> list[Pair]:
    """Pairs as people write them: a stated predicate, then the asked ones after ``+ - 0``."""
    labels = {"+": SUPPORTS, "-": CONTRADICTS, "0": NEITHER}
    pairs: list[Pair] = []
    for file in files:
        stated = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if line[:1].isspace() and line.strip()[0] in labels:
                pairs.append((stated, line.strip()[1:].strip(), labels[line.strip()[0]]))
            elif line.strip() and not line.startswith("#"):
                stated = line.strip()
    return pairs


def grouped(files: Sequence[Path]) -> Iterator[tuple[str, list[Pair]]]:
    """Groups written by hand, each by its first line::

    = is ill | is sick | is unwell
    + is not at work
    - is healthy | is well
    0 is tired | is sad

    A group that begins with ``==`` is of whole statements: ``== Ana owns it | it is Ana's``.
    """
    for file in files:
        for block in file.read_text(encoding="utf-8").split("\n\n"):
            lines = [line for line in block.splitlines() if line and line[0] != "#"]
            if not lines:
                continue
            if lines[0][0] != "=" or any(line[0] not in "+-0" for line in lines[1:]):
                raise ValueError(f"{file.name}: “{lines[0]}” does not begin a group.")
            yield lines[0], list(_group(lines))


def _parts(line: str) -> list[str]:
    return [part.strip() for part in line.lstrip("=")[line[0] != "=" :].split("|")]


def _group(lines: Sequence[str]) -> Iterator[Pair]:
    """The pairs of a group: its first line, then what follows (+), is denied (-) or is open (0).

    What is only open may well imply the first line, so it is never what is stated.
    """
    kind = Whole if lines[0].startswith("==") else str
    same = [kind(part) for part in _parts(lines[0])]
    for one in same:
        yield from ((one, two, SUPPORTS) for two in same if two != one)
    for line in lines[1:]:
        for other in map(kind, _parts(line)):
            for one in same:
                if line[0] == "0":
                    yield (one, other, NEITHER)
                elif line[0] == "+":
                    yield (one, other, SUPPORTS)
                    yield (other, one, NEITHER)
                else:
                    yield (one, other, CONTRADICTS)
                    yield (other, one, CONTRADICTS)
