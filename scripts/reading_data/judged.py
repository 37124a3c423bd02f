"""Pairs of statements that a comparer was unsure of, and what people say: ``written/*.judged``.

What a search asks of a knowledge base is mostly settled by no link.  Where a comparer thinks that it
is all the same, either a link was forgotten or the comparer errs; both teach most when judged::

    === aspen-1: A clearing agent explains the border to new truck drivers
    + it travels under seal > it is going anywhere
    - it is a lorry > it is a driver
    0 it jumps the line > it is running
"""

from __future__ import annotations

from functools import lru_cache

from scripts.reading_data.pairs import CONTRADICTS, NEITHER, SUPPORTS, Pair, Whole
from scripts.reading_data.written import FOLDER

_LABELS = {"+": SUPPORTS, "-": CONTRADICTS, "0": NEITHER}


def parse(text: str) -> dict[str, list[Pair]]:
    """The judged pairs by the title of their knowledge base."""
    found: dict[str, list[Pair]] = {}
    title = ""
    for line in text.splitlines():
        if line.startswith("=== "):
            title = line.removeprefix("=== ")
        elif line[:1] in _LABELS:
            stated, _, asked = line[2:].partition(" > ")
            found.setdefault(title, []).append((Whole(stated), Whole(asked), _LABELS[line[0]]))
    return found


@lru_cache(maxsize=1)
def read_judged() -> dict[str, list[Pair]]:
    """The pairs of all files by the title of their knowledge base."""
    found: dict[str, list[Pair]] = {}
    for file in sorted(FOLDER.glob("*.judged")):
        for title, pairs in parse(file.read_text(encoding="utf-8")).items():
            found.setdefault(title, []).extend(pairs)
    return found
