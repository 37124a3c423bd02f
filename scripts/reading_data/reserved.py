"""Words that the generator never uses: they are kept for measuring on words never seen.

All words of ``eval/free_english`` but those that everybody uses all the time (``give``, ``house``).
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from wordfreq import zipf_frequency

from lambada_bc import wording

FOLDER = Path(__file__).parents[2] / "eval" / "free_english"
COMMON = 4.5
"""Words at least this frequent (Zipf scale: 3 in 100,000 words) are no surprise to anybody."""


@lru_cache(maxsize=1)
def reserved() -> frozenset[str]:
    """The reserved lemmas."""
    texts = [
        line
        for file in sorted(FOLDER.glob("*/*.txt"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    for file in sorted(FOLDER.glob("*/*.goals.jsonl")):
        texts += [json.loads(line)["goal"] for line in file.read_text("utf-8").splitlines()]
    lemmas = {wording.lemma(word) for text in texts for word in wording.tokenize(text)}
    return frozenset(
        word for word in lemmas if word.isalpha() and zipf_frequency(word, "en") < COMMON
    )
