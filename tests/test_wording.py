"""Literals as English."""

from __future__ import annotations

import pytest

from lambada_bc.word_forms import LEMMAS
from lambada_bc.wording import key, lemma, render, words


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


@pytest.mark.parametrize(
    ("predicate", "said"),
    [
        ("must be isolated", "it does not have to be isolated"),
        ("can swim", "it can not swim"),
        ("is tall", "it is not tall"),
        ("has a dog", "it does not have a dog"),
    ],
)
def test_a_denial_is_the_opposite(predicate: str, said: str) -> None:
    assert render("it", predicate, False) == said


def test_any_is_an_article_of_what_is_denied() -> None:
    assert key(words("has any milk")) == key(words("has milk"))


@pytest.mark.parametrize(
    ("form", "word"),
    [("playing", "play"), ("grew", "grow"), ("growing", "grow"), ("fixes", "fix"),
     ("left", "leave"), ("loaves", "loaf"), ("thought", "think"), ("sitting", "sit")],
)  # fmt: skip
def test_forms_of_one_word_meet(form: str, word: str) -> None:
    assert lemma(form.title()) == lemma(word) == word


def test_every_listed_form_meets_its_word() -> None:
    assert [form for form, word in LEMMAS.items() if lemma(form) != lemma(word)] == []
