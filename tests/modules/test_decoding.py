"""How many passes of the network a goal takes."""

from __future__ import annotations

import pytest
from torch import Tensor

from lambada_bc.modules.compact.network import Memory, ReaderNetwork
from lambada_bc.modules.compact.reader import load_reader


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        ("Charlie is kind.", "Charlie is kind"),
        ("The dog does not like the cat.", "The dog does not like the cat"),
        ("The bald eagle visits the mouse.", "The bald eagle visits the mouse"),
        ("Plot two may be dug in March.", "Plot two can be dug in March"),
        ("Sally is not a wumpus.", "Sally is not a wumpus"),
    ],
)
def test_a_plain_goal_is_read_in_one_pass(
    goal: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the network would write is guessed, signs and heads too."""
    passes = []
    forward = ReaderNetwork.forward

    def counted(network: ReaderNetwork, memory: Memory, tokens: Tensor) -> Tensor:
        passes.append(tokens.shape)
        return forward(network, memory, tokens)

    monkeypatch.setattr(ReaderNetwork, "forward", counted)
    literal, _ = load_reader().read_goals([goal])[0]
    assert str(literal) == said
    assert len(passes) == 1
