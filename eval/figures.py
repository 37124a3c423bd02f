"""The figures of results, from the records alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from lambada_bc.evaluation.records import Record
from lambada_bc.statements import Verdict

mpl.use("agg")
mpl.rcParams.update({"svg.hashsalt": "lambada-bc", "axes.grid": True, "grid.alpha": 0.3,
                     "font.size": 9, "svg.fonttype": "none"})  # fmt: skip

Summary = Mapping[str, Any]


def depth(summaries: Mapping[str, Summary], out: Path) -> None:
    """Accuracy and proof validity by depth, and what a question costs by depth."""
    figure, ((labels, proofs), (calls, tokens)) = plt.subplots(
        2, 2, figsize=(9, 7), layout="constrained"
    )
    for name, one in summaries.items():
        _by_depth(labels, name, one, "label_accuracy", 100)
        _by_depth(proofs, name, one, "proof_accuracy", 100)
        _by_depth(calls, name, one, "calls", 1)
        _by_depth(tokens, name, one, "tokens", 1)
    labels.set(title="right labels, %", ylim=(0, 103))
    proofs.set(title="right labels with valid proof, %", ylim=(0, 103))
    calls.set(title="module calls a question", xlabel="depth of the proof")
    tokens.set(title="tokens a question", xlabel="depth of the proof")
    tokens.set_yscale("symlog")
    tokens.set_visible(any(one["tokens"] for one in summaries.values()))
    figure.legend(
        *labels.get_legend_handles_labels(), loc="outside lower center", ncols=4, fontsize=7
    )
    _save(figure, out)


def cost(summaries: Mapping[str, Summary], out: Path) -> None:
    """Accuracy against tokens a question, one point a run, joined along a cascade's threshold."""
    figure, axes = plt.subplots(figsize=(8, 4.5), layout="constrained")
    points = {name: _cost(one) for name, one in summaries.items()}
    cascade = sorted(point for name, point in points.items() if "-cascade-" in name)
    axes.plot(*zip(*cascade, strict=True), color="grey", linewidth=0.8) if cascade else None
    for number, (name, (tokens, accuracy)) in enumerate(points.items()):
        marker = "s" if "-cascade-" in name else "o"
        axes.plot(tokens, accuracy, marker, color=f"C{number % 10}", label=_short(name))
    most = max(tokens for tokens, _ in points.values())
    axes.set(xlabel="tokens a question", ylabel="right labels, %", ylim=(0, 103))
    axes.set_xscale("symlog", linthresh=10)
    axes.set_xlim(-1, 2 * most)
    figure.legend(loc="outside right center", fontsize=7)
    _save(figure, out)


def coverage(runs: Mapping[str, Sequence[Record]], out: Path) -> None:
    """The share of answers that are right against the share of questions that get one."""
    figure, axes = plt.subplots(figsize=(6, 4), layout="constrained")
    for name, records in runs.items():
        points = curve(records)
        axes.plot([c for _, c, _ in points], [100 * a for _, _, a in points], ".-", label=name)
    axes.set(xlabel="share of questions answered", ylabel="of the answers right, %", ylim=(0, 103))
    axes.legend(fontsize=7)
    _save(figure, out)


def curve(records: Sequence[Record]) -> list[tuple[float, float, float]]:
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


def training(runs: Mapping[str, Mapping[str, Any]], out: Path) -> None:
    """What the samples of each round of a training with rewards say, on training prompts."""
    figure, axes = plt.subplots(1, 3, figsize=(9, 3.2), layout="constrained", sharex=True)
    for name, run in runs.items():
        told = {one: [100 * round[f"consistency_reward/{one}"] for round in run["curve"]]
                for one in ("proved", "copied", "disproved")}  # fmt: skip
        told["inferred"] = [a - b for a, b in zip(told["proved"], told["copied"], strict=True)]
        for panel, share in zip(axes, ("proved", "inferred", "disproved"), strict=True):
            style = "--" if run["shuffled"] else "-"
            panel.plot(told[share], f".{style}", label=name)
            panel.set(title=f"{share}, % of statements", xlabel="round")
            panel.xaxis.get_major_locator().set_params(integer=True)
    for panel in axes:
        panel.set_ylim(bottom=0)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
    _save(figure, out)


def _by_depth(axes: Axes, name: str, one: Summary, figure: str, scale: float) -> None:
    rows = [(int(d), cell[figure]) for d, cell in one["by_depth"].items() if d != "none"]
    axes.plot([d for d, _ in rows], [scale * value for _, value in rows], ".-", label=_short(name))


def _cost(one: Summary) -> tuple[float, float]:
    return one["tokens"] / max(one["questions"], 1), 100 * one["label_accuracy"]


def _short(name: str) -> str:
    """A run's name without its set: ``"methods-proofwriter-direct" -> "direct"``."""
    kind, _, rest = name.partition("-")
    return rest.partition("-")[2].replace("_", " ") if kind == "methods" else name


def _save(figure: plt.Figure, out: Path) -> None:
    figure.savefig(out, metadata={"Date": None})
    plt.close(figure)
