"""From what the steps of a proof multiply to, to how often such verdicts are right.

Isotonic regression (Zadrozny & Elkan, KDD 2002), fitted on development data by
``scripts/fit_calibration.py``: knots between which the curve is linear.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pydantic import BaseModel, ConfigDict

from lambada_bc.statements import Verdict

Knots = tuple[tuple[float, float], ...]
"""Points (raw probability, share of right verdicts), both from low to high."""


class Calibration(BaseModel):
    """One curve for verdicts that have a proof and one for *unknown*."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answered: Knots
    unknown: Knots

    def __call__(self, verdict: Verdict, probability: float) -> float:
        """How probable it is that a verdict is right whose steps multiply to ``probability``."""
        knots = self.unknown if verdict is Verdict.UNKNOWN else self.answered
        return interpolate(knots, probability)


def interpolate(knots: Sequence[tuple[float, float]], at: float) -> float:
    """The height of the piecewise linear curve through the knots; level beyond its ends."""
    if at <= knots[0][0]:
        return knots[0][1]
    for (left, low), (right, high) in pairwise(knots):
        if at <= right:
            return low + (high - low) * (at - left) / (right - left)
    return knots[-1][1]
