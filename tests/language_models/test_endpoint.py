"""The endpoint client against servers that behave like the real ones, good and bad."""

from __future__ import annotations

import pytest

from lambada_bc.errors import EndpointError
from lambada_bc.language_models.endpoint import Endpoint, EndpointModel
from lambada_bc.language_models.interface import Form, Prompt, Request
from tests.language_models.server import Script, constrained, serving

YES_NO = Form(("yes", "no"))


def request(query: str, form: Form = YES_NO) -> Request:
    return Request(Prompt("Does it follow?", (("Is a dog a dog?", "yes"),), query), form)


def model(url: str, **settings: object) -> EndpointModel:
    patience = {"timeout": 1.0, "pause": 0.001, "concurrency": 8} | settings
    return EndpointModel(Endpoint(url, "tiny", **patience))


def last_word(body: dict) -> str:
    return body["messages"][-1]["content"].split()[-1]


VLLM = {"honours": "json_schema"}
LLAMA_CPP = {"honours": "json_object", "refuses": ("json_schema",)}
IGNORES = {"honours": ""}
REASONING = {"honours": "json_schema", "refuses": ("temperature", "max_tokens")}
PLAIN = {"refuses": ("json_schema", "json_object")}


@pytest.mark.parametrize(
    ("kind", "constraint"),
    [
        (VLLM, "json_schema"),
        (LLAMA_CPP, "json_object"),
        (IGNORES, ""),
        (REASONING, "json_schema"),
        (PLAIN, ""),
    ],
    ids=["vllm", "llama.cpp", "ignores", "reasoning", "plain"],
)
def test_a_probe_finds_out_what_the_server_takes(kind: dict, constraint: str) -> None:
    script = Script(answer=last_word, **kind)
    with serving(script) as url:
        replies = model(url).answer([request("Say yes"), request("Say no")])
    assert [reply.answers for reply in replies if reply] == [("yes",), ("no",)]
    asked = script.bodies[-1]
    assert (constrained(asked, constraint) is not None) == bool(constraint)
    assert not set(script.refuses) & set(asked)
    if not constraint:
        assert "one of these words" in asked["messages"][0]["content"]


@pytest.mark.parametrize("fault", ["429", "500", "503", "slow", "html", "cut"])
def test_a_fault_is_retried_and_counted(fault: str) -> None:
    script = Script(answer=last_word, fault=lambda number: fault if number == 4 else "")
    with serving(script) as url:
        asked = model(url, concurrency=1)
        replies = asked.answer([request("Say yes"), request("Say no")])
    assert [reply.answers for reply in replies if reply] == [("yes",), ("no",)]
    assert script.faults == [fault]
    assert asked.usage.retries == 1


@pytest.mark.parametrize("fault", ["thoughts", "nonsense"])
def test_a_reply_of_another_form_is_asked_for_again(fault: str) -> None:
    script = Script(answer=last_word, fault=lambda number: fault if number == 4 else "")
    with serving(script) as url:
        asked = model(url, concurrency=1)
        (reply,) = asked.answer([request("Say no")])
    assert reply
    assert reply.answers == ("no",)
    assert (asked.usage.invalid, asked.usage.retries) == (1, 0)
    assert (reply.prompt_tokens, reply.completion_tokens) == (20, 4), "both attempts cost"


def test_a_reply_that_was_cut_off_is_not_asked_for_again() -> None:
    script = Script(answer=last_word, fault=lambda number: "long" if number == 4 else "")
    with serving(script) as url:
        asked = model(url, concurrency=1)
        assert asked.answer([request("Say no")]) == [None]
        (reply,) = asked.answer([request("Say yes")])
    assert reply
    assert (asked.usage.invalid, len(script.bodies)) == (1, 5)


def test_nothing_is_lost_or_doubled_at_32_at_once_with_failures() -> None:
    script = Script(answer=last_word, fault=lambda number: "500" if number % 20 == 0 else "")
    options = Form(tuple(str(number) for number in range(600)))
    with serving(script) as url:
        asked = model(url, concurrency=32, timeout=20.0)
        replies = asked.answer([request(f"Say {n}", options) for n in range(600)])
    assert [reply.answers for reply in replies if reply] == [(str(n),) for n in range(600)]
    assert asked.usage.retries == len(script.faults) > 20
    assert asked.usage.requests == 600
    assert asked.usage.prompt_tokens == 6000


def test_a_model_that_never_keeps_the_form_is_given_up() -> None:
    script = Script(answer=lambda body: "As a language model, I cannot say.")
    with serving(script) as url, pytest.raises(EndpointError, match="never answered in the form"):
        model(url).answer([request(f"Say {n}") for n in range(50)])


def test_a_request_without_a_valid_reply_has_none() -> None:
    script = Script(answer=lambda body: "maybe" if "never" in str(body) else "yes")
    with serving(script) as url:
        assert model(url).answer([request("always"), request("never")])[1] is None


@pytest.mark.parametrize(
    ("path", "key", "message"),
    [
        ("/v2", "", "does not know the model or the path"),
        ("", "secret", "refuses the key; set LAMBADA_TEST_KEY"),
    ],
)
def test_what_is_wrong_is_said_with_the_remedy(
    path: str, key: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAMBADA_TEST_KEY", "wrong")
    with serving(Script(key=key)) as url, pytest.raises(EndpointError, match=message) as error:
        model(url.replace("/v1", path or "/v1"), key_variable="LAMBADA_TEST_KEY").answer(
            [request("Say yes")]
        )
    assert "wrong" not in str(error.value).replace("LAMBADA_TEST_KEY", "")


def test_nobody_at_the_address() -> None:
    with serving(Script()) as url:
        pass
    with pytest.raises(EndpointError, match="cannot be reached"):
        model(url).answer([request("Say yes")])


def test_the_budget_for_retries_is_kept() -> None:
    script = Script(fault=lambda number: "500" if number > 3 else "")
    with serving(script) as url:
        asked = model(url, retry_budget=5, concurrency=1)
        with pytest.raises(EndpointError, match="status 500"):
            asked.answer([request("Say yes")])
    assert asked.usage.retries == 5


def test_the_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAMBADA_TEST_KEY", "secret")
    with serving(Script(key="secret")) as url:
        asked = model(url, key_variable="LAMBADA_TEST_KEY")
        assert asked.answer([request("Say yes")])[0]
    assert "secret" not in asked.fingerprint
