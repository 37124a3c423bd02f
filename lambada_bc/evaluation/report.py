"""A summary as text for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def report(summary: Mapping[str, Any]) -> str:
    """The main figures of a summary, one a line, then accuracy by depth and the confusion."""
    lines = [
        f"{'questions':<22}{summary['questions']}",
        f"{'label accuracy':<22}{_percent(summary['label_accuracy'])}",
        f"{'with valid proof':<22}{_percent(summary['proof_accuracy'])}",
        f"{'valid proofs':<22}{_percent(summary['proof_validity'])}",
        f"{'proofs hold on gold':<22}{_percent(summary['gold_proof_accuracy'])}",
        f"{'needed sentences used':<22}{_percent(summary['needs_found'])}",
        f"{'module calls':<22}{summary['module_calls']}",
        f"{'pairs':<22}{sum(summary['pairs'].values())}",
        f"{'seconds':<22}{summary['seconds']:.1f}",
    ]
    lines += ["", f"{'depth':<8}{'questions':>10}{'labels':>10}{'proofs':>10}"]
    lines += [
        f"{depth:<8}{row['questions']:>10}{_percent(row['label_accuracy']):>10}"
        f"{_percent(row['proof_accuracy']):>10}"
        for depth, row in summary["by_depth"].items()
    ]
    answers = sorted({answer for row in summary["confusion"].values() for answer in row})
    lines += ["", "expected \\ answered".ljust(20) + "".join(f"{a:>14}" for a in answers)]
    lines += [
        label.ljust(20) + "".join(f"{row.get(answer, 0):>14}" for answer in answers)
        for label, row in summary["confusion"].items()
    ]
    return "\n".join(lines)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"
