"""Data sets: theories with questions, one JSON object a line, plain or gzipped.

A second form is for hand-written knowledge bases: ``NAME.goals.jsonl`` beside ``NAME.txt``, one
``{"goal": …, "verdict": …, "needs": [sentence, …]}`` a line.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar
from typing import Literal as OneOf

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lambada_bc.errors import DatasetError
from lambada_bc.evaluation import published
from lambada_bc.files import read_text
from lambada_bc.knowledge_base import KnowledgeBase
from lambada_bc.plain_text import one_line, sentence_complaint
from lambada_bc.statements import Kind, Sentence, Verdict, World

GOALS_SUFFIX = ".goals.jsonl"

GoldLiteral = tuple[str, str, str, OneOf["+", "-"]]
"""Subject, relation, object and sign."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True)


class Question(_Model):
    """A goal with its expected verdict; ``needs`` are indexes of sentences its proof uses."""

    id: str
    text: str
    label: Verdict
    literal: GoldLiteral | None = None
    depth: int | None = None
    needs: tuple[int, ...] | None = None


class GoldRule(_Model):
    """A rule's literals; ``?x`` stands for someone or something."""

    conditions: tuple[GoldLiteral, ...] = Field(alias="if")
    conclusion: GoldLiteral = Field(alias="then")


class Gold(_Model):
    """What the sentences of a theory say, by their index."""

    facts: dict[int, GoldLiteral]
    rules: dict[int, GoldRule]


class Theory(_Model):
    """The sentences of one item, and the questions about them."""

    id: str
    world: World
    sentences: Annotated[tuple[str, ...], Field(min_length=1)]
    questions: tuple[Question, ...]
    gold: Gold | None = None
    marks: tuple[Kind | None, ...] | None = None

    def knowledge_base(self, world: World | None = None) -> KnowledgeBase:
        """The sentences under their indexes as ids; ``world`` overrules the theory's own.

        Empty sentences, which some data sets have, are left out.
        """
        marks = self.marks or (None,) * len(self.sentences)
        sentences = (
            Sentence(str(index), one_line(text), mark=mark)
            for index, (text, mark) in enumerate(zip(self.sentences, marks, strict=True))
            if one_line(text)
        )
        return KnowledgeBase(sentences, world=world or self.world)

    def annotation(self) -> dict[str, Any]:
        """The theory in the form that the gold modules read."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class _Goal(_Model):
    goal: str
    verdict: Verdict
    needs: tuple[str, ...] | None = None


_Row = TypeVar("_Row", bound=BaseModel)


def load(path: Path) -> list[Theory]:
    """The theories of a data file, a ``.goals.jsonl`` file, or a folder of the latter.

    A data file has our format or a published one (:mod:`lambada_bc.evaluation.published`).
    Raises :class:`DatasetError` naming the file and the line.
    """
    if path.is_dir():
        files = sorted(path.glob(f"*{GOALS_SUFFIX}"))
        if not files:
            raise DatasetError(f"{path}: the folder holds no file *{GOALS_SUFFIX}.")
        return [_knowledge_base_theory(file) for file in files]
    if path.name.endswith(GOALS_SUFFIX):
        return [_knowledge_base_theory(path)]
    rows = _published(path) or _rows(path, Theory)
    _require_unique(path, ((line, theory.id) for line, theory in rows))
    for line, theory in rows:
        _check(theory, f"{path}:{line}")
    return [theory for _, theory in rows]


def annotated_theory(path: Path, goal: str) -> Theory:
    """The theory of a data file that has the goal among its questions.

    Raises :class:`DatasetError` if there is none, or if it has no gold annotation.
    """
    goal = one_line(goal)
    for theory in load(path):
        if any(one_line(question.text) == goal for question in theory.questions):
            if theory.gold is None:
                raise DatasetError(f"{path}: {theory.id} has no gold annotation.")
            return theory
    raise DatasetError(f"{path}: no theory has the question “{goal[:60]}”.")


def sample(
    theories: Sequence[Theory], limit: int | None, seed: int, *, by_depth: bool = False
) -> list[Theory]:
    """``limit`` questions drawn at random, in the order of the data, or all of them.

    ``seed`` fixes the draw.  Theories without a drawn question are left out.  ``by_depth`` draws
    from each depth in turn (questions without a depth are one more), while they last.
    """
    places = [(t, q) for t, theory in enumerate(theories) for q in range(len(theory.questions))]
    if limit is not None and limit < len(places):
        places = random.Random(seed).sample(places, len(places) if by_depth else limit)  # noqa: S311
        if by_depth:
            rank: Counter[int | None] = Counter()
            turns = []
            for t, q in places:
                depth = theories[t].questions[q].depth
                turns.append((rank[depth], math.inf if depth is None else depth, (t, q)))
                rank[depth] += 1
            places = [place for _, _, place in sorted(turns)[:limit]]
    drawn: dict[int, list[int]] = {}
    for t, q in sorted(places):
        drawn.setdefault(t, []).append(q)
    return [
        theories[t].model_copy(update={"questions": tuple(theories[t].questions[q] for q in qs)})
        for t, qs in drawn.items()
    ]


def _knowledge_base_theory(path: Path) -> Theory:
    """A hand-written knowledge base with its goals as one theory."""
    name = path.name.removesuffix(GOALS_SUFFIX)
    kb = KnowledgeBase.open(path.with_name(f"{name}.txt"))
    sentences = tuple(sentence.text for sentence in kb)
    places = {text: index for index, text in enumerate(sentences)}
    questions = []
    for line, row in _rows(path, _Goal):
        unknown = [text for text in row.needs or () if one_line(text) not in places]
        if unknown:
            raise DatasetError(f"{path}:{line}: {name}.txt has no sentence “{unknown[0]}”.")
        needs = None if row.needs is None else tuple(places[one_line(n)] for n in row.needs)
        questions.append(Question(id=str(line), text=row.goal, label=row.verdict, needs=needs))
    marks = tuple(sentence.mark for sentence in kb)
    return Theory(
        id=name, world=kb.world, sentences=sentences, questions=tuple(questions), marks=marks
    )


def _published(path: Path) -> list[tuple[int, Theory]] | None:
    """The theories of a file in a published format, numbered from 1; None if it has another."""
    try:
        found = published.converted(_json(read_text(path, DatasetError)))
    except ValueError:
        return None
    if found is None:
        return None
    theories: list[tuple[int, Theory]] = []
    try:
        theories.extend(enumerate(map(Theory.model_validate, found), 1))
    except (KeyError, TypeError, ValueError, IndexError) as problem:
        number = len(theories) + 1
        said = str(problem).splitlines()[0]
        raise DatasetError(
            f"{path}: item {number} is not what its format promises: {said}."
        ) from None
    return theories


def _json(text: str) -> list[Any]:
    """One JSON document, or one a line."""
    try:
        whole = json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    return whole if isinstance(whole, list) else [whole]


def _rows(path: Path, form: type[_Row]) -> list[tuple[int, _Row]]:
    """Each line that is not blank, with its number from 1."""
    rows = []
    for number, line in enumerate(read_text(path, DatasetError).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            rows.append((number, form.model_validate_json(line)))
        except ValidationError as problem:
            error = problem.errors()[0]
            where = ".".join(map(str, error["loc"]))
            said = f"“{where}”: {error['msg']}" if where else error["msg"]
            raise DatasetError(f"{path}:{number}: is not an item: {said}.") from None
    if not rows:
        raise DatasetError(f"{path}: holds no item.")
    return rows


def _check(theory: Theory, place: str) -> None:
    """Refuse what the schema lets pass: unreadable sentences and repeated question ids."""
    for index, text in enumerate(theory.sentences):
        line = one_line(text)
        complaint = sentence_complaint(line) if line else None
        if complaint is not None:
            raise DatasetError(f"{place}: sentence {index} {complaint}.")
    ids = [question.id for question in theory.questions]
    if len(set(ids)) < len(ids):
        raise DatasetError(f"{place}: two questions of {theory.id} have the same id.")


def _require_unique(path: Path, ids: Iterable[tuple[int, str]]) -> None:
    seen: dict[str, int] = {}
    for line, id in ids:
        if id in seen:
            raise DatasetError(f"{path}:{line}: the id {id} was used in line {seen[id]}.")
        seen[id] = line
