"""What a sentence may say by other readings than the likeliest."""

from __future__ import annotations

import pytest

from lambada_bc import wording
from lambada_bc.modules.compact.decoding import Decoded, Turn, read_texts
from lambada_bc.modules.compact.linearize import STRUCTURE
from lambada_bc.modules.compact.reader import load_reader
from lambada_bc.modules.compact.second_readings import (
    LEAST_SHARE,
    MOST_GUESSES,
    MOST_TURNS,
    UNSURE,
    guesses,
    turns_of,
)
from lambada_bc.statements import Clause, Literal, Sentence

HARD = "Anyone who lends a pass to a colleague must report it to her manager."
EASY = "Charlie is kind."

BARKS = Literal("?x", "barks")
DOG, OLD = Literal("?x", "is a dog"), Literal("?x", "is old")


def reading(probability: float, *clauses: Clause, turns: tuple[Turn, ...] = ()) -> Decoded:
    return Decoded(clauses, probability, turns)


def test_a_clause_counts_for_its_share_of_all_readings() -> None:
    first = reading(0.5, Clause((DOG, OLD), BARKS))
    other = Clause((DOG,), Literal("?x", "howls"))
    found = guesses(first, [reading(0.2, other), reading(0.1, Clause((OLD,), DOG), other)])
    assert found == ((other, 0.375), (Clause((OLD,), DOG), 0.125))


@pytest.mark.parametrize(
    "clause",
    [
        Clause((OLD, DOG), Literal("?x", "barked")),
        Clause((DOG, OLD), BARKS.negated()),
        Clause((DOG,), BARKS),
        Clause((DOG, OLD), Literal("?x", "barks at ?y")),
        Clause((), Literal("?x", "is tame")),
    ],
    ids=["the same", "the sign turned", "conditions left out", "a loose variable", "of nobody"],
)
def test_what_is_no_guess(clause: Clause) -> None:
    first = reading(0.5, Clause((DOG, OLD), BARKS))
    assert guesses(first, [reading(0.4, clause)]) == ()


def test_few_clauses_count_and_the_likeliest() -> None:
    first = reading(0.5, Clause((), Literal("Rex", "barks")))
    others = [
        reading(0.001 + 0.01 * n, Clause((), Literal("Rex", f"has tail {n}"))) for n in range(9)
    ]
    found = guesses(first, others)
    shares = [share for _, share in found]
    assert len(found) == MOST_GUESSES
    assert shares == sorted(shares, reverse=True)
    assert min(shares) >= LEAST_SHARE
    assert guesses(first, others[::-1]) == found


def test_nothing_is_read_again_that_is_sure() -> None:
    turns = tuple(Turn((n,), 0.02 + n / 100) for n in range(2 * MOST_TURNS))
    assert turns_of(reading(UNSURE, turns=turns)) == []
    ranked = turns_of(reading(UNSURE - 0.1, turns=turns))
    assert ranked == sorted(turns, key=lambda turn: -turn.probability)[:MOST_TURNS]


def test_no_reading_at_all_has_no_guesses() -> None:
    assert guesses(Decoded((), 0.0), [Decoded((), 0.0)]) == ()


def test_a_reading_goes_on_from_what_it_has_begun_with() -> None:
    """Every turn leads to another reading, which is less probable than its own turn."""
    reader = load_reader()
    words = wording.tokenize(HARD)
    given = reader._network, reader._tokenizer, reader._names
    (first,) = read_texts(*given, [words])
    again = read_texts(*given, [words] * len(first.turns), begun=[t.tokens for t in first.turns])
    assert first.turns
    assert all(other.clauses != first.clauses or not other.clauses for other in again)
    assert all(
        other.probability <= turn.probability + 1e-6
        for turn, other in zip(first.turns, again, strict=True)
    )
    assert all(turn.tokens[0] < len(STRUCTURE) for turn in first.turns)


def test_only_unsure_sentences_have_guesses() -> None:
    hard, easy = load_reader().read([Sentence("1", HARD), Sentence("2", EASY)])
    assert 0 < len(hard.guesses) <= MOST_GUESSES
    assert not set(hard.clauses) & {clause for clause, _ in hard.guesses}
    assert easy.guesses == ()


def test_guesses_depend_neither_on_order_nor_on_the_batch() -> None:
    reader = load_reader()
    sentences = [Sentence("1", HARD), Sentence("2", EASY), Sentence("3", f"{HARD[:-1]} at once.")]
    together = reader.read(sentences)
    assert reader.read(sentences[::-1])[::-1] == together
    assert [reader.read([one])[0] for one in sentences] == together
