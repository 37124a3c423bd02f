"""Replies are taken only in the form that was asked for."""

from __future__ import annotations

import pytest

from lambada_bc.errors import ReplyError
from lambada_bc.language_models.dialect import Dialect
from lambada_bc.language_models.interface import Form, Prompt, Request


@pytest.mark.parametrize(
    ("form", "text", "answers"),
    [
        (Form(("yes", "no")), "Yes.", ("yes",)),
        (Form(("yes", "no")), '{"answer": "no"}', ("no",)),
        (Form(("yes", "no")), "no\n\nBecause …", ("no",)),
        (Form(many=True), "- Bob is big\n- Bob is red", ("Bob is big", "Bob is red")),
        (Form(many=True), "none", ()),
        (Form(many=True), '{"answer": []}', ()),
        (Form(("1", "2", "3"), many=True), "1, 3", ("1", "3")),
        (Form(), "Bob is kind.", ("Bob is kind.",)),
    ],
)
def test_a_reply_of_the_right_form(form: Form, text: str, answers: tuple[str, ...]) -> None:
    assert form.parse(text) == answers


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (Form(("yes", "no")), "maybe"),
        (Form(("yes", "no")), ""),
        (Form(("yes", "no")), "I think that yes is right"),
        (Form(("yes", "no")), '{"answer": "yes"'),
        (Form(("yes", "no")), '{"reply": "yes"}'),
        (Form(("yes", "no")), '{"answer": 1}'),
        (Form(("1", "2"), many=True), "1, 4"),
        (Form(), "   "),
    ],
)
def test_a_reply_of_another_form(form: Form, text: str) -> None:
    with pytest.raises(ReplyError):
        form.parse(text)


@pytest.mark.parametrize(
    ("form", "last", "text", "complete"),
    [
        (Form(), "", "Anne is kind", False),
        (Form(), "", "\nAnne is kind.\n", True),
        (Form(many=True), "", "1: Anne is kind.\n2: Anne", False),
        (Form(many=True), "", "1: Anne is kind.\n\n", True),
        (Form(many=True), "Answer:", "1: Anne is kind.\nAnswer: true", False),
        (Form(many=True), "Answer:", "1: Anne is kind.\nAnswer: true\n", True),
    ],
)
def test_writing_stops_when_the_answer_is_there(form, last, text, complete):
    assert Request(Prompt("", (), ""), form, last=last).is_complete(text) is complete


REASONED = Request(Prompt("Reason.", (), "Is it so?"), Form(many=True), 64, last="Answer:")


def test_a_reasoning_ends_in_its_last_line() -> None:
    text = "\n1: It is.\nAnswer: true\n\nGoal: another\nAnswer: false"
    assert REASONED.cut(text) == "1: It is.\nAnswer: true"
    assert REASONED.cut("1: It is.\n2: It is.") == "1: It is.\n2: It is."


@pytest.mark.parametrize("constraint", ["json_schema", "json_object", "none"])
def test_a_reasoning_is_left_free(constraint: str) -> None:
    """A list in JSON invites a small model to answer an empty one."""
    body = Dialect(constraint).body("any", REASONED)
    assert "response_format" not in body
    assert body["messages"][-1]["content"] == "Is it so?"
    assert body["max_tokens"] == 64
