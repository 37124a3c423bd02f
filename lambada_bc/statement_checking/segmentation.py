"""A text in sentences: lines, items of lists, and what full stops part."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lambada_bc.plain_text import sentence_ends

_ITEM = re.compile(r"\s*(?:[-*•–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Segment:
    """A sentence and where it stands: ``text[start:end]``."""

    start: int
    end: int
    text: str


def segments(text: str) -> list[Segment]:
    """The sentences of a text, in order; marks of list items are left out."""
    found = []
    for line in _LINE.finditer(text):
        item = _ITEM.match(line.group())
        start = line.start() + (item.end() if item else 0)
        ends = [start + end for end in sentence_ends(text[start : line.end()])]
        for stop in (*ends, line.end()):
            piece = text[start:stop]
            bare = piece.strip(" \t\r*_#>")
            if any(character.isalnum() for character in bare):
                begin = start + piece.index(bare)
                found.append(Segment(begin, begin + len(bare), bare))
            start = stop
    return found
