"""Sentences of a free text, and where they stand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lambada_bc.statement_checking.segmentation import segments


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ana sings. Ben hums!", ["Ana sings.", "Ben hums!"]),
        ("Dr. Lee met J. Roe. They left.", ["Dr. Lee met J. Roe.", "They left."]),
        ("It costs 3.5 francs. Is it dear?", ["It costs 3.5 francs.", "Is it dear?"]),
        ("- Ana sings\n* Ben hums.\n 2) Cleo left.", ["Ana sings", "Ben hums.", "Cleo left."]),
        ("**Ana sings.**\n\n...\n", ["Ana sings."]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences_and_items(text: str, sentences: list[str]) -> None:
    assert [one.text for one in segments(text)] == sentences


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="Ab1 .!?\n-*()'\"Dr"))
def test_every_sentence_stands_where_it_is_said_to_stand(text: str) -> None:
    found = segments(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
