"""Replies kept in SQLite, so that a table is computed again without the model.

The key covers the model, the prompt, the form of the answer, the limits and this file's version;
only validated replies are stored, and where there was none, that there was none: with a model it
is asked again, without one the request stays unanswered as it did before.  Several processes may
use one file (write-ahead logging).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from lambada_bc.errors import ReplyCacheError
from lambada_bc.language_models.interface import LanguageModel, Reply, Request, Usage

Item = TypeVar("Item")

VERSION = 1
CHUNK = 64
"""Requests after which replies are stored, so that little is lost when a run breaks off."""

STORE = (
    "INSERT INTO replies VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE "
    "SET reply = excluded.reply, stored = excluded.stored "
    "WHERE json_extract(reply, '$.answers') IS NULL"
)
"""A first reply stays; one that came in place of silence is kept."""

PATIENCE = 30.0
"""Seconds to wait for another process that writes."""


@dataclass(frozen=True)
class Silence:
    """Stands for a reply where none was valid; the tokens are those that were spent in vain.

    Models tell what they spent in all, so the first silence of a chunk stands for the others too.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0


class CachedModel:
    """A language model whose replies are kept in a file; without a model, only what is kept."""

    def __init__(
        self, path: Path, model: LanguageModel | None, *, fingerprint: str | None = None
    ) -> None:
        if model is None and fingerprint is None:
            raise ReplyCacheError("A cache without a model needs the fingerprint of its model.")
        self._path = path
        self._model = model
        self._fingerprint = fingerprint or (model.fingerprint if model else "")
        self.usage = model.usage if model else Usage()
        with closing(self._open()) as file:
            file.execute(
                "CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, model TEXT NOT NULL, "
                "request TEXT NOT NULL, reply TEXT NOT NULL, stored REAL NOT NULL)"
            )
            # A run may need no reply; without its model, it still has to know which one that was.
            file.execute("CREATE TABLE IF NOT EXISTS models (name TEXT PRIMARY KEY)")
            file.execute("INSERT OR IGNORE INTO models VALUES (?)", (self._fingerprint,))
            file.commit()

    @property
    def fingerprint(self) -> str:
        """The model's own."""
        return self._fingerprint

    def answer(self, requests: Sequence[Request]) -> list[Reply | None]:
        """Kept replies, and the model's for the others.

        Raises :class:`ReplyCacheError` when the file cannot be used, or has no reply and there
        is no model; what was answered before is kept.
        """
        keys = [self.key(request) for request in requests]
        found = self._look_up(keys)
        if self._model is not None:
            found = {key: row for key, row in found.items() if isinstance(row, Reply)}
        self._count(list(found.values()))
        missing = {
            key: request for key, request in zip(keys, requests, strict=True) if key not in found
        }
        if self._model:
            for chunk in batched(missing.items(), CHUNK):
                found |= self._asked(self._model, dict(chunk))
        elif missing:
            raise ReplyCacheError(
                f"{self._path} has no reply of {self._fingerprint} to {len(missing)} of "
                f"{len(requests)} requests; run again with the model."
            )
        return [row if isinstance(row := found[key], Reply) else None for key in keys]

    def _asked(
        self, model: LanguageModel, missing: dict[str, Request]
    ) -> dict[str, Reply | Silence]:
        """The model's replies to the ``missing`` requests, which are stored."""
        before = self.usage.prompt_tokens, self.usage.completion_tokens
        answered = model.answer(list(missing.values()))
        given = [reply for reply in answered if reply]
        silence = Silence(
            self.usage.prompt_tokens - before[0] - sum(one.prompt_tokens for one in given),
            self.usage.completion_tokens - before[1] - sum(one.completion_tokens for one in given),
        )
        found: dict[str, Reply | Silence] = {}
        for key, reply in zip(missing, answered, strict=True):
            found[key] = reply or silence
            silence = silence if reply else Silence()
        self._store({key: (missing[key], row) for key, row in found.items()})
        return found

    def _count(self, rows: Sequence[Reply | Silence]) -> None:
        self.usage.cached += len(rows)
        self.usage.requests += len(rows)
        self.usage.prompt_tokens += sum(row.prompt_tokens for row in rows)
        self.usage.completion_tokens += sum(row.completion_tokens for row in rows)

    def key(self, request: Request) -> str:
        """What a reply is stored under."""
        told = [VERSION, self._fingerprint, request.as_json()]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def _open(self) -> sqlite3.Connection:
        try:
            file = sqlite3.connect(self._path, timeout=PATIENCE)
            file.execute("PRAGMA journal_mode=WAL")
        except sqlite3.Error as error:
            raise self._unusable(error) from None
        return file

    def _look_up(self, keys: Sequence[str]) -> dict[str, Reply | Silence]:
        try:
            with closing(self._open()) as file:
                rows = [
                    (
                        key,
                        file.execute("SELECT reply FROM replies WHERE key = ?", (key,)).fetchone(),
                    )
                    for key in dict.fromkeys(keys)
                ]
        except sqlite3.Error as error:
            raise self._unusable(error) from None
        return {key: _row(json.loads(row[0])) for key, row in rows if row}

    def _store(self, new: dict[str, tuple[Request, Reply | Silence]]) -> None:
        rows = [
            (
                key,
                self._fingerprint,
                json.dumps(request.as_json(), ensure_ascii=False),
                json.dumps(vars(row), ensure_ascii=False),
                time.time(),
            )
            for key, (request, row) in new.items()
        ]
        try:
            with closing(self._open()) as file:
                file.executemany(STORE, rows)
                file.commit()
        except sqlite3.Error as error:
            raise self._unusable(error) from None

    def _unusable(self, error: sqlite3.Error) -> ReplyCacheError:
        return ReplyCacheError(
            f"The reply cache {self._path} cannot be used ({error}); free space on its disk or "
            "name another file. Replies stored before are not lost."
        )


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of ``size``, the last one shorter."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def _row(told: dict[str, Any]) -> Reply | Silence:
    tokens = told["prompt_tokens"], told["completion_tokens"]
    if "answers" not in told:
        return Silence(*tokens)
    return Reply(tuple(told["answers"]), told["probability"], *tokens)


def export(path: Path, out: Path) -> int:
    """Write a cache as JSON lines in the order of keys; how many there are."""
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute(
            "SELECT key, model, request, reply FROM replies ORDER BY key"
        ).fetchall()
    lines = [
        json.dumps(
            {"key": k, "model": m, "request": json.loads(r), "reply": json.loads(a)},
            ensure_ascii=False,
        )
        for k, m, r, a in rows
    ]
    out.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return len(lines)
