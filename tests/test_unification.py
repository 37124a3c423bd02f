from __future__ import annotations

import pytest

from lambada_bc.statements import Literal
from lambada_bc.unification import match, unify


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("Bob", "is red"), ("bob", "was red"), {}),
        (("Bob", "is red"), ("Bob", "is big"), None),
        (("The cat", "chases a dog"), ("cats", "chase the dog"), {}),
        (("?1", "is red"), ("the cat", "is red"), {"?1": "the cat"}),
        (("the cat", "is red"), ("?x", "is red"), {"?x": "the cat"}),
        (("?1", "chases ?2"), ("the cat", "chases ?y"), {"?1": "the cat", "?2": "?y"}),
        (("?1", "likes ?1"), ("?x", "likes ?y"), {"?1": "?y", "?x": "?y"}),
        (("?1", "likes ?1"), ("The cat", "likes cats"), {"?1": "The cat"}),
        (("?1", "likes ?1"), ("Bob", "likes Anne"), None),
        (("the cat", "sees Bob"), ("?x", "sees ?x"), None),
        (("?1", "likes ?2"), ("?x", "likes ?x"), {"?1": "?x", "?2": "?x"}),
        (("Bob", "likes ?1 Smith"), ("Bob", "likes Anne Mary Smith"), {"?1": "Anne Mary"}),
        (("Bob", "gives ?1 ?2"), ("Bob", "gives the cat milk"), {"?1": "the cat", "?2": "milk"}),
        (("Bob", "gives ?1 ?2"), ("Bob", "gives cats hot milk"), {"?1": "cats", "?2": "hot milk"}),
        (("Bob's cat", "is red"), ("?x's cat", "is red"), {"?x": "Bob"}),
        (("?1", "is red"), ("?x's cat", "is red"), None),
        (("?1", "is red"), ("Bob", "is"), None),
        (("New York", "is big"), ("?x", "is big"), {"?x": "New York"}),
    ],
)  # fmt: skip
def test_unify(
    left: tuple[str, str], right: tuple[str, str], expected: dict[str, str] | None
) -> None:
    assert unify(Literal(*left), Literal(*right)) == expected
    assert unify(Literal(*left, positive=False), Literal(*right)) == expected


def test_unified_literals_are_equal() -> None:
    one, other = Literal("?1", "shows ?2 the cat"), Literal("Bob", "shows Anne Smith ?y")
    bindings = unify(one, other)
    assert bindings is not None
    assert one.substitute(bindings).key == other.substitute(bindings).key


def test_match_binds_the_pattern_only() -> None:
    pattern = Literal("?x", "chases ?y")
    assert match(pattern, Literal("the cat", "chases ?x")) == {"?x": "the cat", "?y": "?x"}
    assert match(Literal("Bob", "is red"), Literal("?x", "is red")) is None
    assert match(pattern, Literal("?x", "chases ?y")) == {"?x": "?x", "?y": "?y"}
