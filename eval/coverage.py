"""Plot accuracy against coverage: ``python eval/coverage.py eval/results OUT.svg RUN …``

Coverage is the share of questions that get an answer at a threshold (not *unknown*), accuracy
the share of these answers that are right.  Computed from the records alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt

from lambada_bc.evaluation.records import Record, read_records
from lambada_bc.statements import Verdict

mpl.use("agg")
mpl.rcParams["svg.hashsalt"] = "lambada-bc"


def curve(records: list[Record]) -> list[tuple[float, float, float]]:
    """(threshold, coverage, accuracy) for each threshold that makes a difference."""
    answered = sorted(
        (r for r in records if r.predicted is not Verdict.UNKNOWN), key=lambda r: -r.confidence
    )
    points, right = [], 0
    for number, record in enumerate(answered, start=1):
        right += record.right
        is_last = number == len(answered)
        if is_last or answered[number].confidence != record.confidence:
            points.append((record.confidence, number / len(records), right / number))
    return points


def main() -> None:
    """One line a run."""
    folder, out, *runs = sys.argv[1:]
    figure, axes = plt.subplots(figsize=(6, 4))
    for run in runs:
        points = curve(read_records(Path(folder) / run / "items.jsonl"))
        axes.plot([c for _, c, _ in points], [a for _, _, a in points], marker=".", label=run)
        for threshold, coverage, accuracy in points:
            print(f"{run}: threshold {threshold:.3f} answers {coverage:.3f}, right {accuracy:.3f}")
    axes.set(xlabel="share of questions answered", ylabel="share of answers right", ylim=(0, 1.02))
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(out, metadata={"Date": None})


if __name__ == "__main__":
    main()
