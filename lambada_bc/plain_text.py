"""What can be told of a text before any module reads it: is it one sentence, is it English?

Each check returns what is wrong, in words that go into an error message, or None.
"""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 2000
"""The longest sentence that is read."""

_TITLES = {"mr", "mrs", "ms", "dr", "st", "prof", "rev", "gen", "sen", "rep", "jr", "sr"}
_ABBREVIATIONS = _TITLES | {"inc", "ltd", "co", "corp", "vs", "etc", "dept", "approx"}
_BOUNDARY = re.compile(r"(\S*?)[.!?]+[\"'”’)]*\s+(?=[\"'“‘(]?\w)")


def one_line(text: str) -> str:
    """The text with every run of white space as one blank: ``" a   b " -> "a b"``."""
    return " ".join(text.split())


def sentence_complaint(text: str) -> str | None:
    """What keeps a text from being read as an English sentence."""
    if len(text) > MAX_CHARACTERS:
        return f"has {len(text):,} characters, more than the {MAX_CHARACTERS:,} that are read"
    if any(unicodedata.category(character) == "Cc" for character in text):
        return "holds control characters, so it is not text"
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return "has no word in it"
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    if 2 * latin < len(letters):
        return "is not written in English"
    return None


def goal_complaint(text: str) -> str | None:
    """What keeps a text from being a goal, which is one declarative English sentence."""
    if not text:
        return "is empty"
    complaint = sentence_complaint(text)
    if complaint is not None:
        return complaint
    if text.rstrip("\"'”’) ").endswith("?"):
        return "is a question"
    if sentence_ends(text):
        return "holds several sentences"
    return None


def sentence_ends(text: str) -> list[int]:
    """Where sentences end within a line, the last one's end left out: ``"A b. C d." -> [4]``."""
    return [match.end() for match in _BOUNDARY.finditer(text) if _ends_sentence(match.group(1))]


def _ends_sentence(word: str) -> bool:
    """Whether a full stop after this word ends a sentence: not after ``Dr`` or an initial."""
    bare = word.lstrip("\"'“‘(").lower()
    return bare not in _ABBREVIATIONS and "." not in bare and not re.fullmatch(r"[a-z]", bare)
