"""Needing a thing, told in one way."""

from __future__ import annotations

import pytest

from lambada_bc import wording
from lambada_bc.modules.compact.needs import as_needs
from lambada_bc.statements import Clause, Literal


@pytest.mark.parametrize(
    ("text", "read", "told"),
    [
        ("A stall needs a permit.", "must have a permit", "needs a permit"),
        ("A stall does not need a permit.", "must need a permit", "needs a permit"),
        ("A stall needs a permit.", "needs a permit", "needs a permit"),
        ("A stall needs to have a permit.", "must have a permit", "must have a permit"),
        ("A stall needs a permit and must have a roof.", "must have a roof", "must have a roof"),
        ("A stall must have a roof.", "must have a roof", "must have a roof"),
    ],
)
def test_who_needs_a_thing_needs_it(text: str, read: str, told: str) -> None:
    stall = Literal("?x", "is a stall")
    clause = Clause((stall,), Literal("?x", read, "not" not in text))
    (found,) = as_needs([clause], wording.tokenize(text))
    assert found == Clause((stall,), Literal("?x", told, "not" not in text))
