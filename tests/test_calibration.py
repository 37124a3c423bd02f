"""Probabilities of verdicts, and the threshold below which there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambada_bc import prove
from lambada_bc.calibration import Calibration, interpolate
from lambada_bc.statements import Verdict
from scripts.fit_calibration import LEAST, isotonic

knots = st.lists(
    st.tuples(st.integers(0, 100), st.floats(0, 1)), min_size=1, unique_by=lambda knot: knot[0]
).map(lambda points: sorted((x / 100, y) for x, y in points))


@given(knots, st.floats(0, 1))
def test_interpolation_is_numpys(points: list[tuple[float, float]], at: float) -> None:
    xs, ys = zip(*points, strict=True)
    assert interpolate(points, at) == pytest.approx(float(np.interp(at, xs, ys)))


def test_each_kind_of_verdict_has_its_curve() -> None:
    calibration = Calibration(answered=((0.0, 0.5), (1.0, 0.9)), unknown=((0.0, 0.3),))
    assert calibration(Verdict.PROVED, 0.5) == pytest.approx(0.7)
    assert calibration(Verdict.DISPROVED, 2.0) == pytest.approx(0.9)
    assert calibration(Verdict.UNKNOWN, 0.5) == pytest.approx(0.3)


def test_the_threshold_of_prove() -> None:
    kb = ["Bob is big.", "Big people are kind."]
    found = prove("Bob is kind.", kb)
    assert found.verdict is Verdict.PROVED
    assert 0.5 < found.probability < 1
    assert prove("Bob is kind.", kb, threshold=found.probability).verdict is Verdict.PROVED
    doubted = prove("Bob is kind.", kb, threshold=1.0)
    assert doubted.verdict is Verdict.UNKNOWN
    assert doubted.steps == ()
    assert doubted.probability == pytest.approx(1 - found.probability)
    assert doubted.reason == (
        f"a proof of “proved” has the probability {found.probability:.2f}, below the threshold of 1"
    )


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=300))
def test_fitted_curves_never_fall(points: list[tuple[float, bool]]) -> None:
    shares = [share for _, share in isotonic(points)]
    assert shares == sorted(shares)
    assert len(shares) <= max(1, len(points) // LEAST)
    assert all(0 < share < 1 for share in shares)
