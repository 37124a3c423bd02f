"""The atomic statements that a text makes: what its sentences say, one literal each.

Questions, headings and what is only supposed are left out.  A pronoun that begins a sentence
stands for what the statement before it was about; those within a sentence are the reader's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lambada_bc import wording
from lambada_bc.modules.interface import Reader
from lambada_bc.plain_text import MAX_CHARACTERS, one_line, sentence_complaint
from lambada_bc.statement_checking.segmentation import segments
from lambada_bc.statements import Clause, Literal, Sentence

HEDGES = frozenset(
    {"maybe", "perhaps", "possibly", "probably", "presumably", "apparently", "likely",
     "supposedly", "might", "could", "seems", "seemingly", "guess", "suppose", "assume",
     "imagine", "hopefully", "if", "whether", "unsure"}
)  # fmt: skip
"""Words whose sentence is not a claim (after Hyland's lexicon of hedges, 1998), with *if*."""

_HEDGING = re.compile(
    r"\b(i think|i believe|i'm not sure|i am not sure|not certain|i don't know|as far as i know|"
    r"may or may not|it is possible|it's possible|would be|let us say|let's say)\b",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(r"(he|she|it|they)\b(?!['’])", re.IGNORECASE)
_POSSESSIVES = re.compile(r"(his|her|its|their)\b", re.IGNORECASE)
_LABEL = re.compile(r"(?:[a-z]+ )?[a-z]+ ?\d*: +", re.IGNORECASE)
_CONNECTIVES = re.compile(
    r"(?:(?:so|thus|hence|therefore|also|and|but|then|moreover|furthermore|however|finally|first|"
    r"second|next|in addition|as a result|for this reason|since then|because of this|this means)"
    r"(?: that)?\b,?\s+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Claim:
    """An atomic statement of a text: ``text[start:end]`` is the sentence that makes it."""

    start: int
    end: int
    sentence: str
    literal: Literal
    probability: float


def claims(texts: Sequence[str], reader: Reader) -> list[list[Claim]]:
    """The statements of each text, in order; all texts are read in one batch, or two with pronouns.

    What a sentence says of all things of a kind is a rule, and no statement about any of them.
    """
    kept = [[one for one in segments(text) if _is_claim(one.text)] for text in texts]
    said = [[_bare(one.text) for one in places] for places in kept]
    known = _read([text for one in said for text in one if not _needs_subject(text)], reader)
    resolved = [_resolved(one, known) for one in said]
    known |= _read([text for one in resolved for text in one if text not in known], reader)
    return [
        [
            Claim(place.start, place.end, text, literal, probability)
            for place, text in zip(places, one, strict=True)
            for literal, probability in known.get(text, ())
        ]
        for places, one in zip(kept, resolved, strict=True)
    ]


def _is_claim(text: str) -> bool:
    label = _LABEL.match(text)
    text = text[label.end() :] if label else text
    if text.endswith(("?", ":")) or len(text.split()) < 2 or len(text) > MAX_CHARACTERS:
        return False
    lowered = {word.lower() for word in wording.tokenize(text)}
    return sentence_complaint(text) is None and not (lowered & HEDGES or _HEDGING.search(text))


def _bare(text: str) -> str:
    """The sentence without a label (*Step 2:*) and without what ties it to the one before."""
    rest = one_line(text)
    for lead in (_LABEL, _CONNECTIVES):
        match = lead.match(rest)
        rest = rest[match.end() :] if match else rest
    return f"{rest[:1].upper()}{rest[1:]}"


def _needs_subject(text: str) -> bool:
    return bool(_PRONOUNS.match(text) or _POSSESSIVES.match(text))


def _resolved(texts: Sequence[str], known: dict[str, list[tuple[Literal, float]]]) -> list[str]:
    """The sentences with their first pronouns replaced by the subject last spoken of."""
    subject, found = "", []
    for text in texts:
        if subject and _needs_subject(text):
            told = _PRONOUNS.sub(subject, text, count=1) if _PRONOUNS.match(text) else (
                _POSSESSIVES.sub(f"{subject}'s", text, count=1)
            )  # fmt: skip
            found.append(f"{told[:1].upper()}{told[1:]}")
            continue
        found.append(text)
        subjects = [literal.subject for literal, _ in known.get(text, ())]
        subject = next((one for one in subjects if not one.startswith("it")), subject)
    return found


def _read(texts: Sequence[str], reader: Reader) -> dict[str, list[tuple[Literal, float]]]:
    """What each sentence says of single things, with the reader's probability."""
    new = list(dict.fromkeys(texts))
    readings = reader.read([Sentence(f"s{place}", text) for place, text in enumerate(new)])
    return {
        text: [(clause.consequent, reading.probability) for clause in _facts(reading.clauses)]
        for text, reading in zip(new, readings, strict=True)
    }


def _facts(clauses: Sequence[Clause]) -> list[Clause]:
    """The facts, but for those that say nothing: *the cat is a cat*, *the cat is a*."""
    return [
        clause
        for clause in clauses
        if not clause.antecedents and not clause.consequent.variables and not _is_empty(clause)
    ]


def _is_empty(clause: Clause) -> bool:
    subject, predicate = clause.consequent.subject, clause.consequent.predicate
    words = {word.lemma for word in wording.words(predicate)} - {"be", *wording.ARTICLES}
    return words <= {word.lemma for word in wording.words(subject)}
