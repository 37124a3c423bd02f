"""The sentences and pairs that were written by hand for training."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from lambada_bc import wording
from scripts.reading_data import judged, told_whole
from scripts.reading_data.bases import parse as parse_bases
from scripts.reading_data.bases import read_all, read_bases
from scripts.reading_data.example import Example, flip
from scripts.reading_data.joined import Joined
from scripts.reading_data.linked import answered, pairs_of
from scripts.reading_data.pairs import CONTRADICTS, NEITHER, SUPPORTS, grouped, statement
from scripts.reading_data.written import FOLDER, missing, parse

FILES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_sentence_can_be_copied_into_its_clauses(file) -> None:
    found = list(parse(file.read_text(encoding="utf-8"), file.stem))
    assert [wrong for wrong in found if not isinstance(wrong[1], Example)] == []
    assert len(found) > 50


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        ("Rex barks.", "no clauses"),
        ("Rex barks.\n  Rex barks", "is not subject | predicate"),
        ("Rex barks.\n  Rex | -", "is not subject | predicate"),
        ("Rex barks.\n  => Rex | barks", "nothing stands before =>"),
        ("Rex barks.\n  Rex | howls", "not words of the sentence: howls"),
    ],
)
def test_a_faulty_entry_is_named_with_its_line(block: str, fault: str) -> None:
    ((number, found),) = parse(f"# comment\n\n{block}\n", "test")
    assert number == 3
    assert isinstance(found, str)
    assert fault in found


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.groups")), ids=lambda file: file.stem)
def test_groups_written_by_hand_can_be_read(file):
    """Each gives pairs that support, and its statements are no two the same."""
    groups = list(grouped([file]))
    assert len(groups) >= 10
    for first, pairs in groups:
        assert any(label == SUPPORTS for *_, label in pairs), first
        assert len({(one, two) for one, two, _ in pairs}) == len(pairs), first


def test_whole_statements_keep_their_subjects(tmp_path):
    file = tmp_path / "some.groups"
    file.write_text(
        "== Ana owns it | fog is hers\n0 Ben owns it\n\n= owns it | has it\n- lacks it\n"
    )
    (_, whole), (_, predicates) = grouped([file])
    assert [statement(one) for one, _, _ in whole[:2]] == ["Ana owns it", "fog is hers"]
    assert ("Ana owns it", "Ben owns it", NEITHER) in whole
    assert statement(predicates[0][0]) == "it owns it"


def content(text: str) -> frozenset[str]:
    """The lemmas of a sentence that are not among the commonest words."""
    lemmas = (wording.lemma(word) for word in wording.tokenize(text) if word[0].isalnum())
    return frozenset(lemma for lemma in lemmas if len(lemma) > 3) - {"have", "must", "that", "this"}


def test_no_sentence_that_we_measure_on_was_written_for_training() -> None:
    root = Path(__file__).parents[1]
    files = [*root.glob("kb/*.txt"), *root.glob("eval/free_english/*/*.txt")]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    measured = [words for line in lines if len(words := content(line)) > 3 and line[0] != "#"]
    assert len(measured) > 500

    def is_told(text: str) -> bool:
        said = content(text)
        return any(4 * len(said & words) >= 3 * len(said | words) for words in measured)

    written = [one.text for kind in (True, False) for one in read_all(held_out=kind)]
    assert len(written) > 10_000
    assert [text for text in written if is_told(text)] == []


CHOIR = """=== The village choir
Marta has been off sick since Monday.
  Marta | is off sick since Monday
Singers who are absent do not get a solo.
  ?x | is a singer & ?x | is absent => ?x | - gets a solo
? Marta sings a solo tonight. [disproved]
  Marta | sings a solo tonight
? Marta is happy. [unknown]
  Marta | is happy
links
  is off sick since Monday > is absent
  gets a solo = sings a solo tonight
"""


def test_goals_are_proved_over_readings_and_links_as_written() -> None:
    (base,) = parse_bases(CHOIR, "test")
    assert base.faults == []
    verdicts, _ = answered(base)
    assert verdicts == [goal.verdict for goal in base.goals]


def test_what_no_link_says_does_not_follow() -> None:
    (base,) = parse_bases(CHOIR, "test")
    found = {(one, two): label for one, two, label in pairs_of(base, random.Random(0))}
    assert found["it is off sick since Monday", "it is absent"] == SUPPORTS
    assert found["it is absent", "it is off sick since Monday"] == NEITHER
    assert found["it sings a solo tonight", "it gets a solo"] == SUPPORTS
    assert found["it is not absent", "it is off sick since Monday"] == CONTRADICTS


def test_what_was_judged_counts_as_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links may have been forgotten: a pair that somebody judged is no longer left open."""
    (base,) = parse_bases(CHOIR, "test")
    forgotten = "it is absent", "it is not at practice"
    text = f"=== {base.title}\n+ {' > '.join(forgotten)}\n=== another\n- it sings > it is mute\n"
    monkeypatch.setattr("scripts.reading_data.linked.read_judged", lambda: judged.parse(text))
    found = {(one, two): label for one, two, label in pairs_of(base, random.Random(0))}
    assert found[forgotten] == SUPPORTS
    assert ("it sings", "it is mute") not in found


def test_judged_pairs_belong_to_knowledge_bases() -> None:
    titles = {base.title for base in read_bases()}
    assert judged.read_judged().keys() <= titles


def test_whole_sentences_say_what_their_clauses_and_links_say() -> None:
    (base,) = parse_bases(CHOIR, "test")
    found = {(one, two): label for one, two, label in told_whole.pairs_of(base, random.Random(0))}
    assert {text for text, _ in found} <= {one.text for one in base.sentences}
    labels = {asked: label for (_, asked), label in found.items()}
    assert labels["Marta is off sick since Monday"] == SUPPORTS
    assert labels["Marta is absent"] == SUPPORTS
    assert labels["Marta is happy"] == NEITHER
    assert CONTRADICTS in labels.values()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("? Rex barks.\n  Rex | barks", "not “? Goal."),
        ("? Rex barks. [perhaps]\n  Rex | barks", "not “? Goal."),
        ("links\n  barks bites", "is not “one > other”"),
        ("Rex barks.\n  Rex | howls", "not words of the sentence: howls"),
    ],
)
def test_a_faulty_line_of_a_knowledge_base_is_named(line: str, fault: str) -> None:
    (base,) = parse_bases(f"=== Rex\n{line}\n", "test")
    assert fault in base.faults[0]


def test_knowledge_bases_written_by_hand_can_be_read() -> None:
    bases = list(read_bases())
    assert len(bases) > 400
    assert [fault for base in bases for fault in base.faults] == []
    assert all(len(base.goals) > 3 and len(base.links) > 3 for base in bases)


@pytest.mark.slow
def test_knowledge_bases_written_by_hand_come_out_as_annotated() -> None:
    """The annotation is consistent: the search finds the verdicts over readings and links.

    Not all of them: some were written without regard to what the search can do.
    """
    goals = [
        (verdict, goal.verdict)
        for base in read_bases()
        for verdict, goal in zip(answered(base)[0], base.goals, strict=True)
    ]
    assert sum(one == other for one, other in goals) > 0.85 * len(goals)


def test_a_joined_sentence_says_what_its_parts_say() -> None:
    """Each clause is one of a part, or one of the rule that requires what the fact says as well."""
    chance = random.Random(3)
    parts = chance.sample(list(read_all(held_out=False)), 400)
    drawn: list[Example] = []

    def draw() -> Example:
        drawn.append(chance.choice(parts))
        return drawn[-1]

    for _ in range(100):
        joined = Joined(draw, chance).draw()
        one, two = drawn[-2:]
        assert not missing(joined)
        if joined.frame == "joined beside":
            assert joined.clauses == one.clauses + two.clauses
            continue
        fact = two.clauses[0].consequent
        for clause, before in zip(joined.clauses, one.clauses, strict=True):
            assert clause.consequent == before.consequent
            assert clause.antecedents[:-1] == before.antecedents
            assert clause.antecedents[-1] in (fact, flip(fact))
            is_denied = any(word in joined.text.lower() for word in ("unless ", "except "))
            assert (clause.antecedents[-1] == fact) != is_denied
