"""Running a data set, so that a run that was broken off goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lambada_bc.errors import DatasetError, InputError
from lambada_bc.evaluation import datasets
from lambada_bc.evaluation.approach import Approach, Method
from lambada_bc.evaluation.cluster import in_order_on
from lambada_bc.evaluation.datasets import Theory
from lambada_bc.evaluation.metrics import summarize
from lambada_bc.evaluation.parallel import in_order
from lambada_bc.evaluation.records import Record, read_records
from lambada_bc.files import read_text, write_atomically
from lambada_bc.language_models.loading import LanguageModelSettings
from lambada_bc.modules.interface import Modules
from lambada_bc.modules.loading import mix_of
from lambada_bc.statements import World

Progress = Callable[[int, int], None]
"""Called with the number of finished and of all questions."""


def evaluate(
    data: str | Path,
    out: str | Path,
    *,
    limit: int | None = None,
    seed: int = 0,
    by_depth: bool = False,
    modules: str | Modules = "compact",
    method: Method = "best_first",
    language_model: LanguageModelSettings | None = None,
    world: World | str | None = None,
    max_depth: int | None = None,
    threshold: float = 0.0,
    max_calls: int | None = None,
    processes: int = 1,
    ray: str | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Answer the questions of a data file and return the summary.

    Writes ``items.jsonl`` (one :class:`~lambada_bc.evaluation.records.Record` a line, in the
    order of the data), ``config.json`` and, at the end, ``summary.json`` into the folder
    ``out``.  Modules see sentences and questions only, unless they are ``"gold"``.

    Args:
        data: a data file, a ``.goals.jsonl`` file, or a folder of the latter.
        out: the folder of the results, made if it is missing; a broken-off run of the same
            settings is continued.
        limit: how many questions to draw with ``seed``; None for all.
        seed: fixes the draw.
        by_depth: draw as many questions of each depth, and of those without one.
        modules: a name, a TOML file that mixes them, ``"gold"`` for each theory's annotation,
            or modules as built (in one process only).
        method: a strategy of :func:`lambada_bc.prove`, or a baseline over a language model.
        language_model: what prompted modules and baselines ask; for modules by name only.
        world: None takes each theory's own.
        max_depth: as in :func:`lambada_bc.prove`.
        threshold: as in :func:`lambada_bc.prove`.
        max_calls: module calls for all questions of a theory together; None for no limit.
        processes: how many theories are worked on side by side.
        ray: the address of a Ray cluster that does the work instead, ``"auto"`` for the one
            that this machine belongs to, ``"local"`` for a new one of this machine.
        progress: called at the start and after each theory.

    Raises:
        DatasetError: the data, or what ``out`` already holds, cannot be read.
        InputError: ``out`` holds a run with other settings, or cannot be written; or a language
            model is named beside modules as built.
        ModuleError: the modules cannot be loaded.
        LanguageModelError: the language model cannot be used; what was answered is kept.
        WorkerError: processes die again and again, or no Ray cluster answers.
    """
    if language_model is not None and not isinstance(modules, str):
        raise InputError(
            "Modules as built ask a language model of their own; name modules, or leave "
            "language_model out."
        )
    data, out = Path(data), Path(out)
    theories = datasets.sample(datasets.load(data), limit, seed, by_depth=by_depth)
    approach = Approach(
        mix_of(modules, language_model) if isinstance(modules, str) else modules,
        method,
        World(world) if world is not None else None,
        max_depth,
        threshold,
        max_calls,
    )
    settings = {
        "data": data.name,
        "limit": limit,
        "seed": seed,
        "by_depth": by_depth,
        **approach.settings(),
        "digest": _digest(theories),
    }
    _claim(out, settings)
    items = out / "items.jsonl"
    records = _finished(items)
    total = sum(len(theory.questions) for theory in theories)
    if progress is not None:
        progress(len(records), total)
    with items.open("a", encoding="utf-8", newline="\n") as file:
        left = _remaining(theories, records)
        work = (
            in_order(approach.answer, left, processes)
            if ray is None
            else in_order_on(ray, approach.answer, left)
        )
        for new in work:
            file.write("".join(f"{record.model_dump_json()}\n" for record in new))
            file.flush()
            records += new
            if progress is not None:
                progress(len(records), total)
    summary = {**settings, **summarize(records)}
    write_atomically(out / "summary.json", f"{json.dumps(summary, indent=2)}\n")
    return summary


def _digest(theories: Sequence[Theory]) -> str:
    """Names the questions of a run and all they come with."""
    digest = hashlib.sha256()
    for theory in theories:
        digest.update(theory.model_dump_json().encode())
    return digest.hexdigest()[:16]


def _claim(out: Path, settings: dict[str, Any]) -> None:
    """Make ``out`` the folder of a run with these settings, or refuse if it is another's."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(f"{out}: cannot be made a folder: {problem.strerror}.") from None
    config = out / "config.json"
    if not config.exists():
        if (out / "items.jsonl").exists():
            raise InputError(f"{out}: holds results of another run; name an empty folder.")
        write_atomically(config, f"{json.dumps(settings, indent=2)}\n")
        return
    try:
        before = json.loads(read_text(config))
    except ValueError:
        raise InputError(f"{config}: is not the settings of a run.") from None
    other = [name for name in settings if before.get(name) != settings[name]]
    if other:
        said = ", ".join(f"{name} {before.get(name)}, not {settings[name]}" for name in other)
        raise InputError(f"{out}: holds a run with {said}; name another folder.")


def _finished(items: Path) -> list[Record]:
    """The records of the run so far; half a line at the end is cut off."""
    if not items.exists():
        return []
    written = items.read_bytes()
    whole = written[: written.rfind(b"\n") + 1]
    if whole != written:
        try:
            write_atomically(items, whole.decode())
        except UnicodeDecodeError:
            raise DatasetError(f"{items}: is not a record of an evaluation.") from None
    return read_records(items)


def _remaining(theories: Sequence[Theory], records: Sequence[Record]) -> list[Theory]:
    """The theories with the questions that have no record yet."""
    done = {record.key for record in records}
    left = []
    for theory in theories:
        questions = tuple(q for q in theory.questions if (theory.id, q.id) not in done)
        if questions:
            left.append(theory.model_copy(update={"questions": questions}))
    return left
