"""The compact reader: one small network turns each sentence into clauses, once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tokenizers import Tokenizer

from lambada_bc import wording
from lambada_bc.errors import GoalError
from lambada_bc.modules.compact.compound import compound
from lambada_bc.modules.compact.decoding import Decoded, read_texts
from lambada_bc.modules.compact.instances import instances
from lambada_bc.modules.compact.int8 import to_int8
from lambada_bc.modules.compact.network import ReaderConfig, ReaderNetwork
from lambada_bc.modules.compact.second_readings import guesses, turns_of
from lambada_bc.modules.compact.subjects import described, presupposed
from lambada_bc.modules.compact.tokenizer import load_tokenizer
from lambada_bc.modules.compact.weights import load_part, vocabulary_lines
from lambada_bc.modules.interface import Compound, Reading
from lambada_bc.statements import Kind, Literal, Sentence

BATCH = 32

_JOINING = frozenset(
    {"and", "or", "nor", "but", "if", "when", "unless", "while", "whereas", "provided", "both"}
)
"""Without one of these a goal says one thing, and need not be read twice."""


class CompactReader:
    """Reads sentences with a :class:`ReaderNetwork`; ``names`` is its closed list."""

    def __init__(
        self, network: ReaderNetwork, tokenizer: Tokenizer, names: Sequence[str], version: str
    ) -> None:
        # The decoder, which takes one row at a time, gains nothing from 8 bits.
        to_int8(network.encoder)
        self._network = network.eval()
        self._tokenizer = tokenizer
        self._names = tuple(names)
        self._version = version

    @property
    def fingerprint(self) -> str:
        """Depends on the weights."""
        return f"compact-{self._version}"

    def read(self, sentences: Sequence[Sentence]) -> list[Reading]:
        """The clauses of each sentence; none where it cannot be read.

        What the sentence presupposes of its subjects comes after what it says, then what it says
        of each thing of a kind, and last what it may say by other readings.
        """
        decoded = self._decode([s.text for s in sentences], [s.mark for s in sentences])
        others = self._decode_again(sentences, decoded)
        return [
            Reading(
                one.clauses + described(one.clauses),
                _rounded(one),
                presupposed(sentence.text, one.clauses),
                instances(one.clauses),
                guesses(one, other),
            )
            for sentence, one, other in zip(sentences, decoded, others, strict=True)
        ]

    def read_goals(self, goals: Sequence[str]) -> list[tuple[Literal, float]]:
        """Each goal as one literal; :class:`GoalError` for a text that cannot be read."""
        decoded = self._decode(goals, [Kind.FACT] * len(goals), single=True)
        for text, one in zip(goals, decoded, strict=True):
            if not one.clauses:
                raise GoalError(f"The goal {text!r} could not be read; state it as one sentence.")
        return [(one.clauses[0].consequent, _rounded(one)) for one in decoded]

    def read_compounds(self, goals: Sequence[str]) -> list[Compound | None]:
        """What each goal is made of; None for one that says one thing, or is of all of a kind."""
        found: list[Compound | None] = [None] * len(goals)
        joined = [
            place
            for place, text in enumerate(goals)
            if not _JOINING.isdisjoint(map(str.lower, wording.tokenize(text)))
        ]
        decoded = self._decode([goals[place] for place in joined], [None] * len(joined))
        for place, one in zip(joined, decoded, strict=True):
            found[place] = compound(one.clauses, _rounded(one))
        return found

    def _decode_again(
        self, sentences: Sequence[Sentence], decoded: Sequence[Decoded]
    ) -> list[list[Decoded]]:
        """The second readings of each sentence."""
        turns = [(place, turn) for place, first in enumerate(decoded) for turn in turns_of(first)]
        again = self._decode(
            [sentences[place].text for place, _ in turns],
            [sentences[place].mark for place, _ in turns],
            begun=[turn.tokens for _, turn in turns],
        )
        found: list[list[Decoded]] = [[] for _ in sentences]
        for (place, _), one in zip(turns, again, strict=True):
            found[place].append(one)
        return found

    def _decode(
        self,
        texts: Sequence[str],
        marks: Sequence[Kind | None],
        *,
        begun: Sequence[Sequence[int]] | None = None,
        single: bool = False,
    ) -> list[Decoded]:
        """Decode in batches of sentences of like length, so that little is padding."""
        words = [wording.tokenize(text) for text in texts]
        found = [Decoded((), 0.0)] * len(texts)
        order = sorted((place for place in range(len(texts)) if words[place]),
                       key=lambda place: (len(words[place]), texts[place]))  # fmt: skip
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            decoded = read_texts(
                self._network,
                self._tokenizer,
                self._names,
                [words[place] for place in places],
                marks=[marks[place] for place in places],
                begun=[begun[place] for place in places] if begun else None,
                single=single,
            )
            for place, one in zip(places, decoded, strict=True):
                found[place] = one
        return found


def _rounded(one: Decoded) -> float:
    """Padding moves the last digits; the same sentence must always score the same."""
    return round(one.probability, 4)


@lru_cache(maxsize=1)
def load_reader() -> CompactReader:
    """The reader that this package ships."""
    description, weights = load_part("reader")
    network = ReaderNetwork(ReaderConfig(**description["config"]))
    network.load_state_dict(weights)
    tokenizer = load_tokenizer(vocabulary_lines())
    return CompactReader(network, tokenizer, description["closed"], description["sha256"][:12])
