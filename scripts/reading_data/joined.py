"""Two sentences written by hand, made one: facts and rules side by side, a fact as a condition.

A reader that has seen few long sentences takes conditions for parts of one another.  What two
sentences say, they say when joined; what a fact says, a rule may require::

    A potted plant is brought indoors.  +  The radio forecasts frost.
    When the radio forecasts frost, a potted plant is brought indoors.
      ?x | is potted & ?x | is a plant & the radio | forecasts frost => ?x | is brought indoors
"""

from __future__ import annotations

import random
from collections.abc import Callable

from lambada_bc import wording
from scripts.reading_data.example import Example, Said, flip, sentence

MOST_WORDS = 34
"""Of a sentence made of two."""
_MOST_IN_CONDITION = 12
_MOST_CLAUSES = 2
"""Of a rule that gets a condition; what a condition of more belongs to is unclear."""

_BESIDE = ("{0}, and {1}", "{0}, but {1}", "{0}, while {1}", "{0}, whereas {1}", "{0}; {1}",
           "{0}, although {1}")  # fmt: skip
_BEFORE = ("if {1}, {0}", "when {1}, {0}", "whenever {1}, {0}", "as long as {1}, {0}",
           "provided that {1}, {0}", "once {1}, {0}", "where {1}, {0}")  # fmt: skip
_AFTER = ("{0} if {1}", "{0} when {1}", "{0}, provided {1}", "{0} as long as {1}",
          "{0}, provided that {1}", "{0} once {1}", "{0} on condition that {1}")  # fmt: skip
_UNLESS = ("unless {1}, {0}", "{0} unless {1}", "{0}, unless {1}", "except when {1}, {0}",
           "{0}, except where {1}")  # fmt: skip

_SMALL = frozenset(
    {"a", "an", "the", "no", "every", "each", "any", "all", "some", "anyone", "anybody", "whoever",
     "everyone", "nobody", "nothing", "anything", "whatever", "my", "our", "this", "that", "these",
     "those", "neither", "both", "only", "one", "two", "three"}
)  # fmt: skip
"""Words that lose their capital within a sentence."""
_CONDITIONAL = frozenset(
    {"if", "when", "whenever", "unless", "provided", "once", "where", "while", "whereas", "until",
     "only", "except", "either", "but", "although", "though", "because", "since"}
)  # fmt: skip


class Joined:
    """Joins sentences that ``draw`` gives."""

    def __init__(self, draw: Callable[[], Example], chance: random.Random) -> None:
        self._draw, self.c = draw, chance

    def draw(self) -> Example:
        """A sentence made of two."""
        while True:
            one, two = self._draw(), self._draw()
            if told := self._beside(one, two) if self.c.random() < 0.4 else self._under(one, two):
                return told

    def _beside(self, one: Example, two: Example) -> Example | None:
        if _has_comma(one) or not (_is_short(one, two) and _is_plain(two)):
            return None
        clauses = (*one.clauses, *two.clauses)
        return _told(self.c.choice(_BESIDE), _within(one), two, clauses, "beside")

    def _under(self, rule: Example, fact: Example) -> Example | None:
        """The rule, or whatever it is, where what the fact says is so."""
        words = {word.lower() for word in wording.tokenize(rule.text)}
        is_simple = len(rule.clauses) <= _MOST_CLAUSES and not words & _CONDITIONAL
        if not (is_simple and _is_short(rule, fact) and _is_plain(rule) and _is_condition(fact)):
            return None
        ways = (_BEFORE, _AFTER, _UNLESS)
        frames = self.c.choices(ways, (3, 3, 2))[0]
        said = fact.clauses[0].consequent
        required = flip(said) if frames is _UNLESS else said
        clauses = tuple(
            Said((*clause.antecedents, required), clause.consequent) for clause in rule.clauses
        )
        return _told(self.c.choice(frames), _within(rule), fact, clauses, "under")


def _told(frame: str, one: str, two: Example, clauses: tuple[Said, ...], name: str) -> Example:
    return Example(sentence(frame.format(one, _within(two))), clauses, f"joined {name}")


def _within(example: Example) -> str:
    """The text as a part of a longer one."""
    first, _, rest = example.text.rstrip(". ").partition(" ")
    return f"{first.lower() if first.lower() in _SMALL else first} {rest}"


def _is_short(one: Example, two: Example) -> bool:
    return len(wording.tokenize(one.text)) + len(wording.tokenize(two.text)) <= MOST_WORDS


def _has_comma(example: Example) -> bool:
    return any(mark in example.text for mark in ',;:—–?!"“')


def _is_plain(example: Example) -> bool:
    """Whether a text may stand within another: one that begins with what it speaks of."""
    first = wording.tokenize(example.text)[0]
    subject = wording.tokenize(example.clauses[0].consequent[0])[0]
    named = first == subject and not wording.is_known(first)
    return not _has_comma(example) and (first.lower() in _SMALL or named)


def _is_condition(fact: Example) -> bool:
    """Whether a text says one thing of somebody or something that is named in it."""
    words = wording.tokenize(fact.text)
    clause = fact.clauses[0]
    subject = wording.tokenize(clause.consequent[0])
    begins = [word.lower() for word in words[: len(subject)]] == [s.lower() for s in subject]
    is_one = len(fact.clauses) == 1 and not clause.antecedents and "?x" not in subject
    is_short = len(words) <= _MOST_IN_CONDITION
    is_simple = not {word.lower() for word in words} & _CONDITIONAL
    return is_one and begins and is_short and is_simple and _is_plain(fact)
