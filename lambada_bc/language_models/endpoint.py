"""A server that speaks OpenAI's chat protocol: vLLM, llama.cpp, Ollama, OpenAI and others.

Every reply is validated, whatever the server promises: vLLM from 0.12 on ignores unknown
constraints silently, llama.cpp wants the schema at another place, reasoning models put their
thoughts where the answer should be.  One probe finds out what the server takes.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
import weakref
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx

from lambada_bc.errors import EndpointError, ReplyError
from lambada_bc.language_models.dialect import DIALECTS, PROBE, Dialect, content_of
from lambada_bc.language_models.interface import Reply, Request, Usage

RETRYABLE = frozenset({408, 425, 429, 500, 502, 503, 504})
LONGEST_PAUSE = 60.0
PROBE_RETRIES = 2
ENOUGH_INVALID = 20
"""After so many invalid replies without one that is valid, there is no use in going on."""


@dataclass(frozen=True)
class Endpoint:
    """Where a model is and how patiently to ask it.

    ``key_variable`` names the environment variable with the key; keys are kept nowhere else.
    ``retries`` is for each request, ``retry_budget`` for all of them together.
    """

    url: str
    model: str
    key_variable: str = "OPENAI_API_KEY"
    concurrency: int = 8
    timeout: float = 60.0
    retries: int = 6
    retry_budget: int = 10_000
    attempts: int = 3
    pause: float = 0.5


class EndpointModel:
    """A model behind an :class:`Endpoint`; finds out on first use what the server takes.

    Raises :class:`EndpointError` with the remedy when the server, the key or the model is wrong.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.usage = Usage()
        self._endpoint = endpoint
        self._lock = threading.Lock()
        self._dialect: Dialect | None = None
        self._is_understood = False
        key = os.environ.get(endpoint.key_variable, "")
        self._client = httpx.Client(
            base_url=f"{endpoint.url.rstrip('/')}/",
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=endpoint.timeout,
            limits=httpx.Limits(max_connections=endpoint.concurrency),
        )
        weakref.finalize(self, self._client.close)

    @property
    def fingerprint(self) -> str:
        """Address and model."""
        return f"endpoint {self._endpoint.url} {self._endpoint.model}"

    def answer(self, requests: Sequence[Request]) -> list[Reply | None]:
        """Replies in the order of the requests, asked concurrently."""
        if not requests:
            return []
        begun = time.monotonic()
        dialect = self._dialect = self._dialect or self._probe()
        with ThreadPoolExecutor(self._endpoint.concurrency) as pool:
            found = list(pool.map(lambda request: self._ask(request, dialect), requests))
        self.usage.seconds += time.monotonic() - begun
        return found

    def _probe(self) -> Dialect:
        """The first dialect in which a constraint is kept; the last one keeps none."""
        for dialect in DIALECTS:
            found = self._accepted(dialect)
            if found is None:
                continue
            accepted, content = found
            if accepted.constraint == "none":
                return accepted
            try:
                PROBE.form.parse(content)
            except ReplyError:
                continue
            return accepted
        raise self._error(
            "refuses every form of a chat request; check that it serves /chat/completions"
        )

    def _accepted(self, dialect: Dialect) -> tuple[Dialect, str] | None:
        """The dialect, perhaps with other limits, and the reply; None if the server refuses it."""
        lengths = (dialect, Dialect(dialect.constraint, "max_completion_tokens", temperature=False))
        for one in lengths:
            response = self._post(one.body(self._endpoint.model, PROBE), PROBE_RETRIES)
            if response.status_code in (401, 403, 404):
                raise self._refused(response)
            if response.status_code < 400:
                return one, content_of(_json(response))[0]
        return None

    def _ask(self, request: Request, dialect: Dialect) -> Reply | None:
        body = dialect.body(self._endpoint.model, request)
        self._count(requests=1)
        spent = [0, 0]
        for _ in range(self._endpoint.attempts):
            response = self._post(body)
            if response.status_code >= 400:
                raise self._refused(response)
            told = _json(response)
            content, reason = content_of(told)
            used = told.get("usage") or {} if isinstance(told, Mapping) else {}
            prompt, completion = (
                int(used.get(f"{k}_tokens") or 0) for k in ("prompt", "completion")
            )
            self._count(prompt_tokens=prompt, completion_tokens=completion)
            spent = [spent[0] + prompt, spent[1] + completion]
            try:
                answers = request.form.parse(request.cut(content))
            except ReplyError:
                self._count(invalid=1)
                self._give_up_if_hopeless(content, reason)
                if reason == "length":
                    return None  # Asked again, it would be cut off again.
                continue
            self._is_understood = True
            return Reply(answers, None, *spent)
        return None

    def _give_up_if_hopeless(self, content: str, reason: str) -> None:
        if self._is_understood or self.usage.invalid < ENOUGH_INVALID:
            return
        shown = f"“{content[:60]}”" if content else "an empty reply"
        remedy = (
            "allow longer replies"
            if reason == "length"
            else "choose a model that follows instructions"
        )
        raise self._error(f"never answered in the form asked for, last with {shown}; {remedy}")

    def _post(self, body: Mapping[str, Any], retries: int | None = None) -> httpx.Response:
        """The server's response, asked again where that may help."""
        problem = ""
        retries = self._endpoint.retries if retries is None else retries
        for attempt in range(retries + 1):
            pause = self._endpoint.pause * 2**attempt * random.uniform(0.5, 1.5)  # noqa: S311
            try:
                response = self._send(body)
            except httpx.ConnectError as error:
                problem = f"cannot be reached ({error})"
            except httpx.TimeoutException:
                problem = f"gave no answer within {self._endpoint.timeout:g} seconds"
            except httpx.TransportError as error:
                problem = f"broke the connection ({error})"
            else:
                if response.status_code not in RETRYABLE and _is_json(response):
                    return response
                problem = f"answers with status {response.status_code}"
                if response.status_code < 400:
                    problem = "sends replies that are not JSON"
                pause = max(pause, _wished_pause(response))
            if attempt == retries or not self._may_retry():
                break
            time.sleep(min(pause, LONGEST_PAUSE))
        raise self._error(
            f"{problem}; check that it runs, then start again: what was answered is kept"
        )

    def _send(self, body: Mapping[str, Any]) -> httpx.Response:
        """One request; the time limit is for the whole of it, not for each byte."""
        deadline = time.monotonic() + self._endpoint.timeout
        with self._client.stream("POST", "chat/completions", json=body) as response:
            chunks = []
            for chunk in response.iter_bytes():
                chunks.append(chunk)
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("the reply took too long")
        return httpx.Response(
            response.status_code, headers=_plain(response), content=b"".join(chunks)
        )

    def _may_retry(self) -> bool:
        with self._lock:
            if self.usage.retries >= self._endpoint.retry_budget:
                return False
            self.usage.retries += 1
            return True

    def _count(self, **amounts: int) -> None:
        with self._lock:
            for name, amount in amounts.items():
                setattr(self.usage, name, getattr(self.usage, name) + amount)

    def _refused(self, response: httpx.Response) -> EndpointError:
        if response.status_code in (401, 403):
            return self._error(
                f"refuses the key; set {self._endpoint.key_variable} to one that it takes"
            )
        if response.status_code == 404:
            return self._error(
                "does not know the model or the path; check both (the URL ends in /v1)"
            )
        said = response.text[:120].replace("\n", " ")
        return self._error(f"refuses the request with status {response.status_code} ({said})")

    def _error(self, problem: str) -> EndpointError:
        return EndpointError(
            f"The server {self._endpoint.url} with {self._endpoint.model} {problem}."
        )


def _json(response: httpx.Response) -> Any:
    return json.loads(response.content)


def _is_json(response: httpx.Response) -> bool:
    try:
        json.loads(response.content)
    except ValueError:
        return response.status_code >= 400
    return True


def _wished_pause(response: httpx.Response) -> float:
    try:
        return float(response.headers.get("retry-after", 0))
    except ValueError:
        return 0.0


def _plain(response: httpx.Response) -> dict[str, str]:
    """The headers that matter; the body is decoded by now."""
    return {k: v for k, v in response.headers.items() if k.lower() == "retry-after"}
