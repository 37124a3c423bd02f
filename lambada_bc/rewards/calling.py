"""What all rewards share: TRL's way of calling them, and that nothing goes wrong inside a training.

A reward gets keywords only and returns a list as long as ``completions``.  It never raises: what
fails inside gives None, which TRL leaves out, and is counted through ``log_metric``.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from lambada_bc.errors import LambadaError
from lambada_bc.knowledge_base import KnowledgeBase
from lambada_bc.search import Budget

Completion = str | Sequence[Mapping[str, Any]]
"""A text, or the messages of a conversation."""

Rewards = list[float | None]

LONGEST = 6000
"""Characters of a completion that are looked at; what comes after is not read."""

_log = logging.getLogger(__name__)
LOCK = threading.Lock()
"""Held while modules work: their caches are not made for several threads."""


def text_of(completion: Completion) -> str:
    """The text of a completion: its own, or that of the assistant's messages."""
    if isinstance(completion, str):
        return completion[:LONGEST]
    said = [message.get("content") for message in completion if message.get("role") == "assistant"]
    return "\n".join(map(_content, said))[:LONGEST]


def _content(content: object) -> str:
    if isinstance(content, str):
        return content
    if not isinstance(content, Sequence):
        return ""
    return "\n".join(str(part.get("text", "")) for part in content if isinstance(part, Mapping))


def guarded(name: str, count: int, work: Callable[[], Rewards], log_metric: object) -> Rewards:
    """What ``work`` returns; None for each row when it fails.  The share of None is logged."""
    try:
        with LOCK:
            found = work()
    except Exception:
        _log.exception("%s failed; its rewards are left out", name)
        found = [None] * count
    if callable(log_metric):
        log_metric(f"{name}/left_out", sum(one is None for one in found) / max(count, 1))
    return found


def by_knowledge_base(
    told: Sequence[object],
    seconds: float,
    work: Callable[[KnowledgeBase, list[int], Budget], Sequence[float]],
) -> Rewards:
    """What ``work`` returns for the rows of each knowledge base, given what time is left.

    Rows whose knowledge base cannot be used get None.
    """
    begun = time.monotonic()
    found: Rewards = [None] * len(told)
    rows: dict[KnowledgeBase, list[int]] = {}
    for row, one in enumerate(told):
        try:
            rows.setdefault(knowledge_base(one), []).append(row)
        except (LambadaError, TypeError) as problem:
            _log.warning("row %d is left out: %s", row, problem)
    for kb, places in rows.items():
        left = Budget(seconds=max(0.0, seconds - (time.monotonic() - begun)))
        try:
            values = work(kb, places, left)
        except Exception:
            _log.exception("%d rows of one knowledge base are left out", len(places))
            continue
        for row, value in zip(places, values, strict=True):
            found[row] = value
    return found


@lru_cache(maxsize=64)
def _from_sentences(sentences: tuple[str, ...]) -> KnowledgeBase:
    return KnowledgeBase(sentences)


@lru_cache(maxsize=64)
def _from_text(text: str) -> KnowledgeBase:
    return KnowledgeBase.open(text) if "\n" not in text and text.endswith((".txt", ".jsonl")) else (
        KnowledgeBase.from_text(text)
    )  # fmt: skip


def knowledge_base(told: object) -> KnowledgeBase:
    """A row's knowledge base: one as such, the path of a file, a text, or sentences; kept."""
    if isinstance(told, KnowledgeBase):
        return told
    if isinstance(told, str | Path):
        return _from_text(str(told))
    if isinstance(told, Sequence):
        return _from_sentences(tuple(map(str, told)))
    raise TypeError(f"a knowledge base is a path, a text or sentences, not {type(told).__name__}")
