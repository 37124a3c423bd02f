"""The shipped modules: what they read, and that it does not depend on what it should not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from lambada_bc import KnowledgeBase, prove, prove_many
from lambada_bc.errors import WeightsError
from lambada_bc.modules.compact import load, weights
from lambada_bc.modules.interface import Modules
from lambada_bc.prover import check
from lambada_bc.statements import Kind, Sentence

HOUSE = (
    "Harriet guards the orchard and is not afraid of the dark.",
    "The lantern is broken.",
    "Anyone who guards the orchard may use the shed.",
    "If someone is not afraid of the dark and may use the shed, they are trusted.",
    "No trusted person is idle.",
    "Lanterns are lamps.",
)


@pytest.fixture(scope="module")
def modules() -> Modules:
    return load()


def clauses(modules: Modules, text: str) -> set[str]:
    (reading,) = modules.reader.read([Sentence("s", text)])
    return {
        " & ".join(sorted(f"{'' if a.positive else 'not '}{a.key}" for a in c.antecedents))
        + f" > {'' if c.consequent.positive else 'not '}{c.consequent.key}"
        for c in reading.clauses
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Zorblax is grumpy.", {" > zorblax be grumpy"}),
        (
            "The parrot doesn't trust the vicar.",
            {" > not parrot trust vicar", " > parrot be parrot"},
        ),
        ("Olga is tall but she is not clumsy.", {" > olga be tall", " > not olga be clumsy"}),
        ("Every wugfish is a swimmer.", {"?1 be wugfish > ?1 be swimmer"}),
        ("Loud, greedy people are lonely.", {"?1 be greedy & ?1 be loud > ?1 be lonely"}),
        (
            "If somebody is kind and does not shout then they are popular.",
            {"?1 be kind & not ?1 shout > ?1 be popular"},
        ),
    ],
)
def test_reads_words_it_never_saw(modules: Modules, text: str, said: set[str]) -> None:
    assert clauses(modules, text) == said


def test_tells_facts_from_rules_unless_marked(modules: Modules) -> None:
    texts = ("Rita is a plumber.", "Whoever is a plumber is handy.")
    plain = modules.reader.read([Sentence(text, text) for text in texts])
    assert [reading.clauses[0].kind for reading in plain] == [Kind.FACT, Kind.RULE]
    marked = modules.reader.read([Sentence("s", texts[1], mark=Kind.FACT)])
    assert marked[0].clauses[0].kind is Kind.FACT


def test_proves_through_rules_with_a_valid_proof(modules: Modules) -> None:
    base = KnowledgeBase(HOUSE)
    proof = prove("Harriet is idle.", base)
    assert proof.verdict == "disproved"
    assert proof.rule_applications == 3
    assert check(proof, base, modules=modules) == ()
    assert prove("The lantern is trusted.", base).verdict == "unknown"


@pytest.mark.parametrize(
    ("goal", "verdict"),
    [
        ("Harriet is trusted and the lantern is broken.", "proved"),
        ("Harriet is trusted and the lantern is not broken.", "disproved"),
        ("If Tobias guards the orchard, then he may use the shed.", "proved"),
        ("If Tobias guards the orchard, then he is idle.", "unknown"),
    ],
)
def test_a_goal_that_says_several_things_is_decided_as_a_whole(goal: str, verdict: str) -> None:
    proof = prove(goal, HOUSE)
    assert proof.verdict == verdict
    assert check(proof, HOUSE) == ()


def test_a_wumpus_is_no_yumpus() -> None:
    base = KnowledgeBase(["Rex is a wumpus.", "Every yumpus is wooden.", "Rex is unwell."])
    assert prove("Rex is wooden.", base).verdict == "unknown"
    assert prove("Rex is a yumpus.", base).verdict == "unknown"


def test_order_and_company_do_not_matter() -> None:
    goals = ["Harriet is idle.", "Harriet is trusted.", "The lantern is a lamp."]
    together = prove_many(goals, KnowledgeBase(HOUSE))
    shuffled = random.Random(0).sample(HOUSE, len(HOUSE))
    alone = [prove(goal, KnowledgeBase(shuffled)) for goal in goals]
    assert together == alone


def test_wrong_weights_are_refused(
    modules: Modules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = Path(weights.__file__).parent / "weights"
    folder = tmp_path / "weights"
    folder.mkdir()
    (folder / "comparer.json").write_bytes((shipped / "comparer.json").read_bytes())
    monkeypatch.setattr(weights, "files", lambda _: tmp_path)
    with pytest.raises(WeightsError, match="missing"):
        weights.load_part("comparer")
    content = bytearray((shipped / "comparer.safetensors").read_bytes())
    content[-1] ^= 1
    (folder / "comparer.safetensors").write_bytes(content)
    with pytest.raises(WeightsError, match="not the published ones"):
        weights.load_part("comparer")
