"""Fit how probable verdicts are.

    python -m scripts.fit_calibration NAME=DATA[:LIMIT] … --work DIR

Answers the questions of development data without calibration, fits isotonic curves and writes
them beside the weights.  ECE and Brier score before and after are those of five-fold
cross-validation by theory, so no verdict is judged by a curve that saw it.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lambada_bc.calibration import Calibration, Knots
from lambada_bc.evaluation import evaluate
from lambada_bc.evaluation.metrics import calibration_error
from lambada_bc.evaluation.records import Record, read_records
from lambada_bc.modules.loading import load
from lambada_bc.statements import Verdict
from scripts.pack_weights import WEIGHTS

FOLDS = 5
LEAST = 15
"""Verdicts that a step of a curve rests on at least."""


def isotonic(points: Sequence[tuple[float, bool]]) -> Knots:
    """Pool adjacent violators (Ayer et al. 1955), steps of few points joined with their neighbours.

    Each step becomes a knot at its mean raw probability; Laplace smoothing keeps 0 and 1 away.
    """
    blocks: list[list[float]] = []  # sum of raw probabilities, number right, number

    def join_last() -> None:
        last = blocks.pop()
        blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]

    for raw, right in sorted(points):
        blocks.append([raw, float(right), 1.0])
        while len(blocks) > 1 and (blocks[-2][2] < LEAST or _falls(blocks)):
            join_last()
    while len(blocks) > 1 and (blocks[-1][2] < LEAST or _falls(blocks)):
        join_last()
    return tuple((round(one[0] / one[2], 4), round(_smoothed(one), 4)) for one in blocks)


def _falls(blocks: Sequence[Sequence[float]]) -> bool:
    """Whether the last step is no higher than the one before."""
    return _smoothed(blocks[-2]) >= _smoothed(blocks[-1])


def _smoothed(block: Sequence[float]) -> float:
    """The share of a step that is right, as if one more had been right and one more wrong."""
    _, right, number = block
    return (right + 1) / (number + 2)


def fit(records: Sequence[Record]) -> Calibration:
    """Both curves."""

    def curve(unknown: bool) -> Knots:
        points = [
            (r.confidence, r.right) for r in records if (r.predicted is Verdict.UNKNOWN) == unknown
        ]
        return isotonic(points) or ((0.0, 0.5),)

    return Calibration(answered=curve(False), unknown=curve(True))


def applied(calibration: Calibration, record: Record) -> Record:
    """The record with its calibrated probability."""
    confidence = calibration(record.predicted, record.confidence)
    return record.model_copy(update={"confidence": confidence})


def scores(records: Sequence[Record]) -> str:
    """ECE and Brier score."""
    brier = sum((r.confidence - r.right) ** 2 for r in records) / len(records)
    return f"ECE {calibration_error(records):.3f}, Brier {brier:.3f}"


def cross_validated(records: Sequence[Record]) -> list[Record]:
    """Each record with what curves say that were fitted without its theory."""
    theories = sorted({r.theory_id for r in records})
    random.Random(0).shuffle(theories)
    fold = {theory: number % FOLDS for number, theory in enumerate(theories)}
    found = []
    for number in range(FOLDS):
        curves = fit([r for r in records if fold[r.theory_id] != number])
        found += [applied(curves, r) for r in records if fold[r.theory_id] == number]
    return found


def main() -> None:
    """Run, fit, report, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", nargs="+", metavar="NAME=DATA[:LIMIT]")
    parser.add_argument("--work", type=Path, required=True)
    arguments = parser.parse_args()
    raw = replace(load("compact"), calibration=None)
    records: list[Record] = []
    for item in arguments.data:
        name, _, rest = item.partition("=")
        data, _, limit = rest.partition(":")
        out = arguments.work / name
        evaluate(data, out, limit=int(limit) if limit else None, modules=raw)
        found = read_records(out / "items.jsonl")
        records += [r.model_copy(update={"theory_id": f"{name} {r.theory_id}"}) for r in found]
        print(f"{name}: {len(found)} verdicts, uncalibrated {scores(found)}", flush=True)
    print(f"all: uncalibrated {scores(records)}; calibrated {scores(cross_validated(records))}")
    calibration = fit(records)
    (WEIGHTS / "calibration.json").write_text(f"{calibration.model_dump_json()}\n", "utf-8")
    print(calibration.model_dump_json())


if __name__ == "__main__":
    main()
