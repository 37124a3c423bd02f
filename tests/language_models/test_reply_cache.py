"""Replies are kept, shared between processes, and enough to run again without the model."""

from __future__ import annotations

import json
import resource
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from lambada_bc.errors import ReplyCacheError
from lambada_bc.language_models.interface import Form, Prompt, Reply, Request, Usage
from lambada_bc.language_models.loading import open_model, settings_of
from lambada_bc.language_models.reply_cache import CachedModel, export


class Echo:
    """Answers with the query; has no valid reply to what is in ``silent``."""

    fingerprint = "echo"

    def __init__(self, *silent: str) -> None:
        self.usage = Usage()
        self.silent = silent
        self.asked: list[str] = []

    def answer(self, requests: Sequence[Request]) -> list[Reply | None]:
        queries = [request.prompt.query for request in requests]
        self.asked += queries
        if "break" in self.asked:
            raise RuntimeError("the server is gone")
        self.usage.requests += len(requests)
        self.usage.prompt_tokens += 3 * len(requests)
        self.usage.completion_tokens += len(requests)
        return [None if query in self.silent else Reply((query,), 0.5, 3, 1) for query in queries]


LINE = Form()


def request(query: str, form: Form = LINE, instruction: str = "Say it.") -> Request:
    return Request(Prompt(instruction, (), query), form)


def test_a_reply_is_asked_for_once(tmp_path: Path) -> None:
    model = Echo()
    cached = CachedModel(tmp_path / "replies.db", model)
    first = cached.answer([request("a"), request("b"), request("a")])
    assert first == cached.answer([request("a"), request("b"), request("a")])
    assert model.asked == ["a", "b"]
    assert cached.usage.cached == 2


def test_everything_that_matters_is_in_the_key(tmp_path: Path) -> None:
    cached = CachedModel(tmp_path / "replies.db", Echo())
    other = CachedModel(tmp_path / "replies.db", None, fingerprint="another model")
    requests = [
        request("a"),
        request("b"),
        request("a", Form(("a", "b"))),
        request("a", instruction="Tell it."),
        Request(request("a").prompt, Form(), max_tokens=5),
    ]
    keys = [cached.key(one) for one in requests] + [other.key(requests[0])]
    assert len(set(keys)) == len(keys)


def test_a_kept_run_needs_no_model(tmp_path: Path) -> None:
    CachedModel(tmp_path / "replies.db", Echo()).answer([request("a")])
    alone = CachedModel(tmp_path / "replies.db", None, fingerprint="echo")
    assert alone.answer([request("a")]) == [Reply(("a",), 0.5, 3, 1)]
    with pytest.raises(ReplyCacheError, match="70 of 71 requests"):
        alone.answer([request("a"), *(request(str(n)) for n in range(70))])


def test_what_had_no_reply_is_asked_again(tmp_path: Path) -> None:
    model = Echo("a")
    cached = CachedModel(tmp_path / "replies.db", model)
    assert cached.answer([request("a")]) == cached.answer([request("a")]) == [None]
    assert model.asked == ["a", "a"]
    model.silent = ()
    assert cached.answer([request("a")]) == cached.answer([request("a")]) != [None]
    assert model.asked == ["a", "a", "a"]


def test_a_kept_run_repeats_silence_and_what_it_cost(tmp_path: Path) -> None:
    asked = [request("a"), request("b"), request("c"), request("b")]
    model = Echo("a", "c")
    first = CachedModel(tmp_path / "replies.db", model).answer(asked)
    alone = CachedModel(tmp_path / "replies.db", None, fingerprint="echo")
    assert alone.answer(asked) == first == [None, said := Reply(("b",), 0.5, 3, 1), None, said]
    assert alone.usage.tokens == model.usage.tokens == 12
    assert alone.usage.requests == model.usage.requests


def test_a_run_that_needed_no_reply_still_knows_its_model(tmp_path: Path) -> None:
    CachedModel(tmp_path / "replies.db", Echo())
    settings = settings_of(None, tmp_path / "replies.db")
    assert settings is not None
    assert open_model(settings).fingerprint == "echo"


def test_a_cache_of_two_models_needs_one_to_be_named(tmp_path: Path) -> None:
    CachedModel(tmp_path / "replies.db", Echo())
    CachedModel(tmp_path / "replies.db", None, fingerprint="another")
    settings = settings_of(None, tmp_path / "replies.db")
    assert settings is not None
    with pytest.raises(ReplyCacheError, match="of several models or none"):
        open_model(settings)


def test_a_broken_run_keeps_what_it_had(tmp_path: Path) -> None:
    cached = CachedModel(tmp_path / "replies.db", Echo())
    with pytest.raises(RuntimeError):
        cached.answer([request(str(n)) for n in range(100)] + [request("break")])
    alone = CachedModel(tmp_path / "replies.db", None, fingerprint="echo")
    assert alone.answer([request("0"), request("63")])


@contextmanager
def full_disk(largest: int) -> Iterator[None]:
    """No file of this process can grow beyond ``largest`` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "replies.db"
    cached = CachedModel(path, Echo())
    cached.answer([request(str(n)) for n in range(50)])
    many = [request(f"{n} {'long ' * 100}") for n in range(50, 90)]
    with (
        full_disk(path.stat().st_size),
        pytest.raises(ReplyCacheError, match="free space on its disk"),
    ):
        cached.answer(many)
    alone = CachedModel(path, None, fingerprint="echo")
    assert len(alone.answer([request(str(n)) for n in range(50)])) == 50
    assert [reply.answers for reply in cached.answer(many) if reply] == [
        (one.prompt.query,) for one in many
    ]


def test_many_writers_share_a_file(tmp_path: Path) -> None:
    def run(start: int) -> int:
        cached = CachedModel(tmp_path / "replies.db", Echo())
        return len(cached.answer([request(str(n)) for n in range(start, start + 200)]))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(run, range(0, 400, 50))) == [200] * 8
    assert export(tmp_path / "replies.db", tmp_path / "replies.jsonl") == 550
    rows = [json.loads(line) for line in (tmp_path / "replies.jsonl").read_text().splitlines()]
    assert {row["request"]["prompt"]["query"] for row in rows} == {str(n) for n in range(550)}


def test_a_file_that_is_no_cache_is_named(tmp_path: Path) -> None:
    (tmp_path / "replies.db").write_text("this is no database, however long it may be" * 100)
    with pytest.raises(ReplyCacheError, match=r"replies\.db cannot be used"):
        CachedModel(tmp_path / "replies.db", Echo())
