"""Time single questions in a warm process: ``python eval/speed.py DATA [THEORIES]``

For each theory of a data file: the first question on a new knowledge base, reading included, and
every further one on the same; medians and 95th percentiles in milliseconds.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from pathlib import Path

import torch

from lambada_bc import prove
from lambada_bc.evaluation import datasets


def timed(goal: str, kb: object) -> float:
    """Milliseconds that a goal takes."""
    begun = time.perf_counter()
    prove(goal, kb)  # type: ignore[arg-type]
    return 1000 * (time.perf_counter() - begun)


def main() -> None:
    """Warm up on one theory, then time the others."""
    theories = datasets.load(Path(sys.argv[1]))[: int((sys.argv[2:] or ["60"])[0]) + 1]
    first, further, sentences = [], [], []
    for number, theory in enumerate(theories):
        kb = theory.knowledge_base(None)
        times = [timed(question.text, kb) for question in theory.questions]
        if number:
            first.append(times[0])
            further += times[1:]
            sentences.append(len(kb))
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
          f"{torch.get_num_threads()} threads, torch {torch.__version__}")  # fmt: skip
    print(f"{len(first)} theories of {statistics.median(sentences):g} sentences (median)")
    for name, times in (("first question", first), ("further question", further)):
        if times:
            high = sorted(times)[int(0.95 * (len(times) - 1))]
            print(f"{name}: median {statistics.median(times):.0f} ms, 95 % under {high:.0f} ms")


if __name__ == "__main__":
    main()
