"""A reward that cannot be driven up without telling truths that follow."""

from __future__ import annotations

import pytest

from lambada_bc.rewards import ConsistencyReward, Scale

KB = [
    "Rex is a dog.",
    "Rex is old.",
    "Rex is hungry.",
    "Every dog is an animal.",
    "Everybody who is old is slow.",
    "Everybody who is hungry is cross.",
    "No animal can read.",
]
TRUTHS = ["Rex is an animal.", "Rex is slow.", "Rex is cross."]


def reward(*texts: str, **scale: float) -> list[float | None]:
    return ConsistencyReward(KB, scale=Scale(**scale))(completions=list(texts))


def test_truths_that_follow_are_worth_most() -> None:
    best, fewer, wrong = reward(" ".join(TRUTHS), TRUTHS[0], "Rex can read. Rex is quick.")
    assert best == 1.0
    assert fewer == pytest.approx(1 / 3)
    assert wrong is not None
    assert wrong < 0


@pytest.mark.parametrize(
    "games",
    [
        pytest.param(TRUTHS[:1] * 8, id="one truth again and again"),
        pytest.param(KB, id="the knowledge base word for word"),
        pytest.param(
            ["Rex is a dog, Rex is old and Rex is hungry.", "He is a dog, and he is old."],
            id="the knowledge base strung together",
        ),
        pytest.param([], id="nothing"),
        pytest.param(["Yes.", "As you wish!"], id="nothing that is a statement"),
        pytest.param(TRUTHS + ["The moon is made of green cheese."] * 60, id="a very long text"),
        pytest.param(
            [f"{name} is tall." for name in ("Ana", "Ben", "Cleo", "Dan", "Eve", "Fay")],
            id="statements about nothing in the knowledge base",
        ),
        pytest.param(
            [f"The {one} dog is an animal." for one in ("green", "red", "blue", "black", "white")],
            id="things that only their names tell of",
        ),
        pytest.param(["Rex is a", "Rex is the", "Rex is"], id="statements broken off"),
        pytest.param(["Rex is Rex.", "The dog is a dog.", "The old dog is old."], id="truisms"),
        pytest.param(
            ["Rex is one of the dogs.", "Rex is aged.", "Rex is starving."],
            id="each fact in other words",
        ),
        pytest.param([*TRUTHS, "Rex can read.", "Rex is not slow."], id="truths among falsehoods"),
    ],
)
def test_a_game_is_worth_less_than_three_truths(games: list[str]) -> None:
    honest, gamed = reward(" ".join(TRUTHS), " ".join(games))
    assert honest is not None
    assert gamed is not None
    assert gamed <= honest / 2


def test_copies_are_counted_however_they_are_put() -> None:
    logged: dict[str, float] = {}
    ConsistencyReward(KB)(
        completions=["Rex is a dog, and he is an animal.", "Rex is old and Rex is slow."],
        log_metric=logged.__setitem__,
    )
    assert logged["consistency_reward/proved"] == 1
    assert logged["consistency_reward/copied"] == 0.5


def test_more_of_the_same_never_helps() -> None:
    values = reward(*(" ".join([*TRUTHS, *TRUTHS[:1] * more]) for more in range(6)))
    assert values == sorted(values, key=lambda value: -(value or 0.0))


def test_a_text_that_contradicts_itself_is_worth_less() -> None:
    kb = ["Nobody who is awake is asleep."]
    agreeing, contradicting = ConsistencyReward(kb)(
        completions=["Max is awake. Max is tall.", "Max is awake. Max is asleep."]
    )
    assert agreeing == 0
    assert contradicting is not None
    assert contradicting < 0


def test_what_unknown_and_silence_are_worth_is_a_choice() -> None:
    assert reward("Max is tall. Max is kind. Max is rich.", "", unknown=-0.25, silent=0.0) == [
        -0.25,
        0.0,
    ]
