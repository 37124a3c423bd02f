"""WordNet 3.0's synsets with the relations that the training data uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from wordfreq import zipf_frequency

FOLDER = Path("/usr/share/wordnet")
"""Where Debian's ``wordnet-base`` puts the files."""

_LETTERS = {"adj": "a", "noun": "n", "verb": "v"}


@dataclass(frozen=True)
class Synset:
    """Words of one meaning; ``file`` is its lexicographer file, ``frames`` its verb frames.

    ``common`` are the frequent words of which this is a main sense; ``antonyms`` are triples
    (own word, offset, other word).  A satellite adjective (*tiny*) has the adjective that it is
    like (*small*) as its hypernym.
    """

    offset: int
    file: int
    words: tuple[str, ...]
    common: tuple[str, ...]
    frames: frozenset[str]
    hypernyms: tuple[int, ...]
    antonyms: tuple[tuple[str, int, str], ...]


@lru_cache(maxsize=4)
def _main_senses(part: str) -> dict[str, tuple[int, ...]]:
    """The first two senses of each word."""
    senses = {}
    with (FOLDER / f"index.{part}").open(encoding="latin-1") as lines:
        for line in lines:
            if not line.startswith("  "):
                fields = line.split()
                senses[fields[0]] = tuple(map(int, fields[-int(fields[2]) :][:2]))
    return senses


@lru_cache(maxsize=4)
def synsets(part: str) -> tuple[Synset, ...]:
    """All synsets of ``adj``, ``noun`` or ``verb``."""
    with (FOLDER / f"data.{part}").open(encoding="latin-1") as lines:
        rows = [line.split(" | ")[0].split() for line in lines if not line.startswith("  ")]
    words = {
        int(row[0]): [row[4 + 2 * n].split("(")[0] for n in range(int(row[3], 16))] for row in rows
    }
    return tuple(_synsets(part, rows, words))


def _synsets(part: str, rows: list[list[str]], words: dict[int, list[str]]) -> Iterator[Synset]:
    senses = _main_senses(part)
    for row in rows:
        offset, own = int(row[0]), words[int(row[0])]
        start = 4 + 2 * len(own)
        count = int(row[start])
        hypernyms, antonyms = [], []
        for n in range(count):
            symbol, target, letter, places = row[start + 1 + 4 * n : start + 5 + 4 * n]
            if symbol == "@" or (symbol == "&" and row[2] == "s"):
                hypernyms.append(int(target))
            elif symbol == "!" and letter == _LETTERS[part]:
                one, two = bytes.fromhex(places)
                antonyms.append((own[one - 1], int(target), words[int(target)][two - 1]))
        rest = " ".join(row[start + 1 + 4 * count :])
        frames = (
            frozenset(f.split()[0] for f in rest.split("+ ")[1:]) if "+ " in rest else frozenset()
        )
        common = tuple(
            word
            for word in own
            if word.isalpha()
            and zipf_frequency(word, "en") > 2.7
            and offset in senses.get(word, ())
        )
        yield Synset(
            offset, int(row[1]), tuple(own), common, frames, tuple(hypernyms), tuple(antonyms)
        )
