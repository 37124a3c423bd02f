"""The tables of results, as Markdown, from the records alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Summary = Mapping[str, Any]
Row = Sequence[str]

HEAD = ("run", "method", "modules", "questions", "labels", "right with valid proof",
        "proofs hold on gold", "calls", "tokens", "seconds", "ECE")  # fmt: skip
TRAINING_HEAD = ("run", "proved", "copied", "inferred", "disproved", "unknown",
                 "self-contradicting texts", "yes/no/unknown right", "distinct statements a text",
                 "perplexity")  # fmt: skip


def runs(summaries: Mapping[str, Summary]) -> str:
    """One row a run; calls, tokens and seconds are those of a question."""
    return markdown([HEAD, *(_run(name, one) for name, one in summaries.items())])


def by_depth(summaries: Mapping[str, Summary]) -> str:
    """Labels / right labels with valid proof for each depth, of runs with more than one depth."""
    shown = {name: one for name, one in summaries.items() if len(one["by_depth"]) > 1}
    depths = sorted({d for one in shown.values() for d in one["by_depth"]}, key=_depth_order)
    return markdown(
        [("run", *depths), *(_depths(name, one, depths) for name, one in shown.items())]
    )


def trainings(runs: Mapping[str, Mapping[str, Any]]) -> str:
    """One row a training with rewards: each figure before → after, on held-out prompts.

    Shares are in per cent; *inferred*: proved, and not copied.  The last row: the mean of all but
    the controls.
    """
    rows = [_training(name, run) for name, run in runs.items()]
    seeds = [run for run in runs.values() if not run["shuffled"]]
    mean = {when: _mean([run[when] for run in seeds]) for when in ("before", "after")}
    return markdown([TRAINING_HEAD, *rows, _training("mean of the seeds", mean)])


def markdown(rows: Sequence[Row]) -> str:
    """Rows as a table, the first one its head."""
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    return "\n".join([lines[0], f"|{'---|' * len(rows[0])}", *lines[1:]])


def _run(name: str, one: Summary) -> Row:
    count = max(one["questions"], 1)
    model = f", {one['language_model']}" if one["language_model"] else ""
    return (
        name,
        one["method"].replace("_", " "),
        f"{one['modules']}{model}",
        str(one["questions"]),
        _share(one["label_accuracy"], one["label_interval"]),
        _share(one["proof_accuracy"], one["proof_interval"]),
        _share(one["gold_proof_accuracy"]),
        f"{one['module_calls'] / count:.1f}",
        f"{one['tokens'] / count:.0f}",
        f"{one['seconds'] / count:.2f}",
        f"{one['expected_calibration_error']:.3f}",
    )


def _training(name: str, run: Mapping[str, Any]) -> Row:
    before, after = (
        one | {"inferred": one["proved"] - one["copied"]} for one in (run["before"], run["after"])
    )
    shares = ("proved", "copied", "inferred", "disproved", "unknown", "self_contradicting",
              "accuracy")  # fmt: skip
    return (
        name,
        *(f"{100 * before[one]:.1f} → {100 * after[one]:.1f}" for one in shares),
        f"{before['distinct']:.2f} → {after['distinct']:.2f}",
        f"{before['perplexity']:.0f} → {after['perplexity']:.0f}",
    )


def _mean(figures: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    names = [name for name, value in figures[0].items() if isinstance(value, float)]
    return {name: sum(one[name] for one in figures) / len(figures) for name in names}


def _depths(name: str, one: Summary, depths: Sequence[str]) -> Row:
    cells = (one["by_depth"].get(depth) for depth in depths)
    shown = (
        f"{_share(cell['label_accuracy'])} / {_share(cell['proof_accuracy'])}" if cell else ""
        for cell in cells
    )
    return (name, *shown)


def _share(value: float | None, interval: Sequence[float] | None = None) -> str:
    """A share in per cent, with its 95 % interval."""
    if value is None:
        return "–"
    between = f" ({100 * interval[0]:.1f}–{100 * interval[1]:.1f})" if interval else ""
    return f"{100 * value:.1f}{between}"


def _depth_order(depth: str) -> tuple[bool, int]:
    return (True, 0) if depth == "none" else (False, int(depth))
