"""Print the tables of results from the records: ``python eval/tables.py eval/results``.

Every folder below the given one that holds a ``summary.json`` of ``lambada-bc evaluate`` is a
row; nothing is run again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

COLUMNS = ("run", "questions", "labels", "right with valid proof", "proofs hold on gold",
           "module calls", "pairs", "seconds", "questions/s", "ECE")  # fmt: skip


def share(value: float | None) -> str:
    """A share in per cent."""
    return "–" if value is None else f"{100 * value:.1f}"


def row(name: str, summary: dict[str, Any]) -> list[str]:
    """The cells of one run."""
    return [
        name,
        str(summary["questions"]),
        share(summary["label_accuracy"]),
        share(summary["proof_accuracy"]),
        share(summary["gold_proof_accuracy"]),
        str(summary["module_calls"]),
        str(sum(summary["pairs"].values())),
        f"{summary['seconds']:.0f}",
        f"{summary['questions_per_second']:.1f}",
        f"{summary['expected_calibration_error']:.3f}",
    ]


def by_depth(runs: dict[str, dict[str, Any]]) -> list[list[str]]:
    """Labels / right labels with valid proof, for each depth of the shortest proof."""
    depths = sorted({d for s in runs.values() for d in s["by_depth"]}, key=lambda d: (len(d), d))
    rows = [["run", *depths]]
    for name, summary in runs.items():
        cells = (summary["by_depth"].get(depth) for depth in depths)
        shown = [
            f"{share(c['label_accuracy'])} / {share(c['proof_accuracy'])}" if c else ""
            for c in cells
        ]
        rows.append([name, *shown])
    return rows


def markdown(rows: list[list[str]]) -> str:
    """Rows as a Markdown table, the first one the head."""
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    return "\n".join([lines[0], f"|{'---|' * len(rows[0])}", *lines[1:]])


def main() -> None:
    """Print both tables."""
    folder = Path(sys.argv[1])
    runs = {
        file.parent.name: json.loads(file.read_text(encoding="utf-8"))
        for file in sorted(folder.glob("*/summary.json"))
    }
    print(markdown([list(COLUMNS), *(row(name, summary) for name, summary in runs.items())]))
    print(f"\nBy depth (labels / right with valid proof, %):\n\n{markdown(by_depth(runs))}")


if __name__ == "__main__":
    main()
