"""Which things two literals can be about in common."""

import pytest

from lambada_bc.modules.compact.alignment import alignments
from lambada_bc.statements import Literal


@pytest.mark.parametrize(
    ("goal", "stated", "bindings"),
    [
        # One thing told from its two ends.
        (
            ("the police", "take Bo away"),
            ("?x", "is handed over to the police"),
            {"?x": "Bo"},
        ),
        (("the warden", "trusts Enzo"), ("?x", "earns the warden's trust"), {"?x": "Enzo"}),
        (("I", "respect Gustav"), ("?x", "has my respect"), {"?x": "Gustav"}),
        (("Big Bertha", "takes bread"), ("bread", "goes into ?x"), {"?x": "Big Bertha"}),
        (("the firm", "pays Ida's fare"), ("we", "refund ?x's fare"), {"?x": "Ida"}),
        # What is somebody's.
        (("Ana's luggage", "is returned"), ("?x's bags", "is sent back"), {"?x": "Ana"}),
        (("Ana's bonus", "is paid"), ("?x", "loses the bonus"), {"?x": "Ana"}),
        # A thing is all that its description says.
        (
            ("the office", "owes damages for the delay to Nuuk"),
            ("compensation", "is due for ?x"),
            {"?x": "the delay to Nuuk"},
        ),
        (
            ("Ana", "can hit the stop on Pump 4"),
            ("?y", "can press the stop on ?x"),
            {"?y": "Ana", "?x": "Pump 4"},
        ),
        (
            ("the insurer", "pays for the Meissen parrot"),
            ("the insurer", "spends more on ?x"),
            {"?x": "the Meissen parrot"},
        ),
    ],
)
def test_is_aligned(
    goal: tuple[str, str], stated: tuple[str, str], bindings: dict[str, str]
) -> None:
    assert bindings in alignments(Literal(*goal), Literal(*stated))


@pytest.mark.parametrize(
    ("goal", "stated"),
    [
        (("Ana", "chases Ben"), ("?x", "chases Ana")),  # It does not follow that Ben chases Ana.
        (("Ana", "sings"), ("Ben", "sings well")),
        (("?1", "sees ?2"), ("?x", "watches ?y and ?z")),
    ],
)
def test_is_not_aligned_the_other_way(goal: tuple[str, str], stated: tuple[str, str]) -> None:
    asked, said = Literal(*goal), Literal(*stated)
    for bindings in alignments(asked, said):
        assert asked.substitute(bindings).subject == said.substitute(bindings).subject


def test_each_way_is_told_once() -> None:
    found = alignments(Literal("Ana", "pays rent"), Literal("?x", "settles the rent"))
    assert found == [{"?x": "Ana"}]
