"""Literals as English."""

from __future__ import annotations

import pytest

from lambada_bc.wording import render


@pytest.mark.parametrize(
    ("predicate", "said"),
    [
        ("is a Bats", "it is a bat"),
        ("is an children", "it is a child"),
        ("is a gamer", "it is a gamer"),
        ("is a boss of theirs", "it is a boss of theirs"),
        ("chase the cats", "it chases the cats"),
    ],
)
def test_a_class_is_told_of_one(predicate: str, said: str) -> None:
    assert render("it", predicate, True) == said
