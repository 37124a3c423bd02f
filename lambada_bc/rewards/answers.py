"""The answer that a completion ends with: yes, no, or unknown."""

from __future__ import annotations

import re

from lambada_bc.statements import Verdict

_WORDS = {
    Verdict.PROVED: ("yes", "true", "proved", "correct"),
    Verdict.DISPROVED: ("no", "false", "disproved", "incorrect"),
    Verdict.UNKNOWN: ("unknown", "uncertain", "unclear"),
}
_VERDICTS = {word: verdict for verdict, words in _WORDS.items() for word in words}
_MARKED = re.compile(r"answer(?: is)?\s*:?\s*\W*([a-z]+)", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


def answer_of(text: str) -> Verdict | None:
    """The last marked answer (*Answer: yes*), or the word that a text begins with, or None."""
    marked = [word.lower() for word in _MARKED.findall(text) if word.lower() in _VERDICTS]
    if marked:
        return _VERDICTS[marked[-1]]
    first = _WORD.search(text)
    return _VERDICTS.get(first.group().lower()) if first else None
