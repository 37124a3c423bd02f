"""Make every table and figure again, from the records and with no model: ``python eval/rebuild.py``

Reads ``eval/results/*/items.jsonl`` (or ``.jsonl.gz``) with the settings beside them and
``eval/trainings/*/run.json``, and writes ``eval/TABLES.md`` and ``eval/figures/``.  A summary that
does not follow from its records is an error.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import figures
import tables

from lambada_bc.evaluation.metrics import summarize
from lambada_bc.evaluation.records import Record, read_records

HERE = Path(__file__).parent
COVERED = (
    "compact-free-english-open",
    "compact-kb",
    "compact-proverqa-easy",
    "compact-proofwriter",
)
"""Runs whose answers are not all sure, for accuracy against coverage."""

HEADING = """# Tables

Printed by `python eval/rebuild.py` from the records in `results/`; see [README.md](README.md) for
what the columns mean and which machine the runs were made on. In brackets: 95 % bootstrap
intervals over theories.

## Runs

{runs}

## By depth

Right labels / right labels with valid proof, %.

{depths}

## Trainings with the consistency reward

Before → after, on held-out knowledge bases, names and words; %, but for the last two columns.

{trainings}
"""


def read(folder: Path) -> tuple[dict[str, Any], list[Record]]:
    """The summary of a run, made anew, and its records."""
    packed = folder / "items.jsonl.gz"
    records = read_records(packed if packed.exists() else folder / "items.jsonl")
    settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    summary = settings | summarize(records)
    if summary != json.loads((folder / "summary.json").read_text(encoding="utf-8")):
        sys.exit(f"{folder}: summary.json does not follow from the records.")
    return summary, records


def main() -> None:
    """All runs in the order of their names."""
    read_runs = {one.parent.name: read(one.parent)
                 for one in sorted((HERE / "results").glob("*/summary.json"))}  # fmt: skip
    summaries = {name: summary for name, (summary, _) in read_runs.items()}
    trainings = {
        one.parent.name: json.loads(one.read_text(encoding="utf-8"))
        for one in sorted((HERE / "trainings").glob("*/run.json"))
    }
    text = HEADING.format(
        runs=tables.runs(summaries),
        depths=tables.by_depth(summaries),
        trainings=tables.trainings(trainings),
    )
    (HERE / "TABLES.md").write_text(text, encoding="utf-8")
    out = HERE / "figures"
    out.mkdir(exist_ok=True)
    for kind in ("compact-proofwriter", "methods-proofwriter", "methods-prontoqa"):
        chosen = {name: one for name, one in summaries.items() if name.startswith(kind)}
        methods = {name: one for name, one in chosen.items() if "-cascade-" not in name}
        if methods and len(next(iter(methods.values()))["by_depth"]) > 2:
            figures.depth(methods, out / f"{kind}-by-depth.svg")
        if any(one["tokens"] for one in chosen.values()):
            figures.cost(chosen, out / f"{kind}-cost.svg")
    covered = {name: read_runs[name][1] for name in COVERED if name in read_runs}
    figures.coverage(covered, out / "coverage.svg")
    figures.training(trainings, out / "trainings.svg")
    print(f"{len(read_runs)} runs → {HERE / 'TABLES.md'}, {out}")


if __name__ == "__main__":
    main()
