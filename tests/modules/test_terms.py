"""What a knowledge base says in its own words."""

from __future__ import annotations

import pytest

from lambada_bc.modules.compact.terms import stated_predicates
from lambada_bc.statements import Clause, Literal, Sentence, Statement

VOTES, ADULT, MEMBER = (Literal("?x", said) for said in ("votes", "is adult", "is a member"))


@pytest.mark.parametrize(
    ("clauses", "stated"),
    [
        ([Clause((MEMBER,), VOTES)], {"vote"}),
        # Only members vote.
        ([Clause((MEMBER.negated(),), VOTES.negated()), Clause((VOTES,), MEMBER)], {"vote"}),
        # An adult votes only if they are a member.
        (
            [
                Clause((ADULT, MEMBER.negated()), VOTES.negated()),
                Clause((ADULT, VOTES), MEMBER),
            ],
            {"vote"},
        ),
        # An adult who is no member does not vote; whoever votes is a member.
        (
            [Clause((ADULT, MEMBER.negated()), VOTES.negated()), Clause((VOTES,), MEMBER)],
            {"vote", "be member"},
        ),
    ],
)
def test_what_is_required_is_not_stated(clauses: list[Clause], stated: set[str]) -> None:
    sentence = Sentence("s", "as above")
    statements = [Statement(f"s.{at}", sentence, clause) for at, clause in enumerate(clauses)]
    assert stated_predicates(statements) == stated
