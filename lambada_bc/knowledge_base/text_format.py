"""The two files a knowledge base is kept in: plain text for people, JSONL for programs.

Plain text holds one sentence a line.  Before the sentence may stand an id in brackets and a
mark that overrules the reader; lines that start with ``#`` are comments, and a line
``world: closed`` makes what cannot be proved false::

    # Who may enter the lab
    world: closed
    Bob is a technician.
    [badge] rule: Technicians who wear a badge may enter the lab.

JSONL holds one object a line, ``{"text": …, "id": …, "kind": "fact" | "rule"}``, of which only
``text`` is required, and may hold ``{"world": "closed"}``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from lambada_bc.errors import KnowledgeBaseError
from lambada_bc.plain_text import one_line, sentence_complaint
from lambada_bc.statements import Kind, Sentence, Source, World

_LINE = re.compile(r"(?:\[([^\[\]\s]+)\]\s+)?(?:(fact|rule):\s+)?(.*)", re.IGNORECASE)
_ID = re.compile(r"[^\[\]\s/]+")
_WORLD = re.compile(r"world:\s*(\w+)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """A sentence as it stands in a file; ``id`` is None where the file gives none."""

    text: str
    id: str | None
    mark: Kind | None
    source: Source


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str | None = None
    id: str | None = None
    kind: Kind | None = None
    world: World | None = None


def parse_text(text: str, source: str) -> tuple[list[Entry], World]:
    """The sentences and the world of a plain-text knowledge base.

    Raises :class:`KnowledgeBaseError` naming ``source`` and the line.
    """
    entries: list[Entry] = []
    world = World.OPEN
    for number, line in _lines(text):
        place = Source(source, number)
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        directive = _WORLD.fullmatch(stripped)
        if directive:
            world = _world(directive.group(1), place)
            continue
        matched = _LINE.fullmatch(one_line(stripped))
        if matched is None:
            raise KnowledgeBaseError(f"{place}: the line cannot be read as a sentence.")
        id, mark, sentence = matched.groups()
        entries.append(_entry(sentence, id, Kind(mark.lower()) if mark else None, place))
    return entries, world


def parse_jsonl(text: str, source: str) -> tuple[list[Entry], World]:
    """The sentences and the world of a JSONL knowledge base.

    Raises :class:`KnowledgeBaseError` naming ``source`` and the line.
    """
    entries: list[Entry] = []
    world = World.OPEN
    for number, line in _lines(text):
        place = Source(source, number)
        if not line.strip():
            continue
        try:
            row = _Row.model_validate_json(line)
        except ValidationError as problem:
            reason = problem.errors()[0]
            where = f"“{reason['loc'][0]}”: " if reason["loc"] else ""
            raise KnowledgeBaseError(f"{place}: {where}{reason['msg']}.") from None
        world = row.world or world
        if row.text is not None:
            entries.append(_entry(one_line(row.text), row.id, row.kind, place))
        elif row.world is None:
            raise KnowledgeBaseError(f"{place}: the object has neither “text” nor “world”.")
    return entries, world


def format_text(sentences: Iterable[Sentence], own_ids: Iterable[bool], world: World) -> str:
    """Plain text of a knowledge base; ``own_ids`` says which ids are not derived from the text.

    Raises :class:`KnowledgeBaseError` for a sentence that this format would read otherwise.
    """
    lines = [f"world: {world}"] if world is World.CLOSED else []
    for sentence, own in zip(sentences, own_ids, strict=True):
        id = f"[{sentence.id}] " if own else ""
        mark = f"{sentence.mark}: " if sentence.mark else ""
        line = f"{id}{mark}{sentence.text}"
        entries, _ = parse_text(line, "")
        if [(e.text, e.mark) for e in entries] != [(sentence.text, sentence.mark)]:
            raise KnowledgeBaseError(
                f"“{sentence.text}” cannot be kept as plain text; save to a .jsonl file."
            )
        lines.append(line)
    return "".join(f"{line}\n" for line in lines)


def format_jsonl(sentences: Iterable[Sentence], world: World) -> str:
    """JSONL of a knowledge base: the world first, then one sentence a line."""
    rows: list[dict[str, str]] = [{"world": str(world)}]
    for sentence in sentences:
        row = {"id": sentence.id, "text": sentence.text}
        rows.append(row | {"kind": str(sentence.mark)} if sentence.mark else row)
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def _lines(text: str) -> Iterable[tuple[int, str]]:
    return enumerate(text.split("\n"), start=1)


def id_complaint(id: str) -> str | None:
    """What is wrong with an id: it must be a word without brackets and slashes."""
    if _ID.fullmatch(id):
        return None
    return f"the id “{id}” must not hold blanks, brackets or “/”"


def _entry(text: str, id: str | None, mark: Kind | None, place: Source) -> Entry:
    wrong = id_complaint(id) if id is not None else None
    complaint = sentence_complaint(text)
    if wrong or complaint:
        raise KnowledgeBaseError(f"{place}: {wrong or f'the sentence {complaint}'}.")
    return Entry(text, id, mark, place)


def _world(name: str, place: Source) -> World:
    try:
        return World(name.lower())
    except ValueError:
        raise KnowledgeBaseError(
            f"{place}: the world is “open” or “closed”, not “{name}”."
        ) from None
