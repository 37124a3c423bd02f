"""The sentences and pairs that were written by hand for training."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambada_bc import wording
from scripts.reading_data.example import Example
from scripts.reading_data.pairs import NEITHER, SUPPORTS, grouped, statement
from scripts.reading_data.written import FOLDER, parse, read_written

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

    assert [one.text for one in read_written() if is_told(one.text)] == []
