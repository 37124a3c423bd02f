"""What each part is worth: ``python eval/ablations.py DATA OUT`` (DATA: as for ``evaluate``).

The shipped modules, and the same with one part taken away, on the same goals.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from lambada_bc.evaluation import evaluate
from lambada_bc.modules.compact.comparer import UNRELATED, Comparison, load_comparer
from lambada_bc.modules.compact.judgements import Judgements
from lambada_bc.modules.interface import Modules, Reading
from lambada_bc.modules.loading import load
from lambada_bc.statements import Literal, Sentence


class NoComparer:
    """Finds nothing alike, so that only literals in the same words meet."""

    def compare(self, pairs: Sequence[tuple[Literal, Literal]]) -> list[Comparison]:
        """Unrelated, all of them."""
        return [UNRELATED] * len(pairs)


class WithoutPresuppositions:
    """Reads what sentences say and not what their subjects presuppose."""

    def __init__(self, modules: Modules) -> None:
        self._reader = modules.reader
        self.fingerprint = f"{modules.reader.fingerprint}-said"
        self.read_goals = modules.reader.read_goals

    def read(self, sentences: Sequence[Sentence]) -> list[Reading]:
        """The readings without the clauses that :func:`described` adds."""
        from lambada_bc.modules.compact.subjects import described

        found = []
        for reading in self._reader.read(sentences):
            said = tuple(c for c in reading.clauses if c not in described(reading.clauses))
            found.append(replace(reading, clauses=said, presupposed=(), implied=()))
        return found


class WithoutGuesses:
    """Reads each sentence in one way."""

    def __init__(self, modules: Modules) -> None:
        self._reader = modules.reader
        self.fingerprint = f"{modules.reader.fingerprint}-once"
        self.read_goals = modules.reader.read_goals

    def read(self, sentences: Sequence[Sentence]) -> list[Reading]:
        """The readings without what second ones say."""
        return [replace(reading, guesses=()) for reading in self._reader.read(sentences)]


def judging(modules: Modules, judgements: Judgements) -> Modules:
    """The modules with other judgements."""
    return replace(
        modules,
        fact_check=judgements.check_facts,
        rule_selection=judgements.select_rules,
        goal_decomposition=judgements.decompose_goals,
        sign_agreement=judgements.compare_signs,
    )


VARIANTS: dict[str, Callable[[Modules], Modules]] = {
    "all": lambda modules: modules,
    "no cross-encoder": lambda modules: judging(modules, Judgements(NoComparer())),
    "no whole sentences": lambda modules: judging(modules, Judgements(load_comparer())),
    "no second readings": lambda modules: replace(modules, reader=WithoutGuesses(modules)),
    "no presuppositions": lambda modules: replace(modules, reader=WithoutPresuppositions(modules)),
    "no retrieval": lambda modules: replace(modules, encoder=None),
}


def main() -> None:
    """One line a variant."""
    data, out = sys.argv[1:]
    for name, change in VARIANTS.items():
        modules = replace(change(load("compact")), name=f"compact, {name}")
        summary = evaluate(data, Path(out) / name.replace(" ", "-"), modules=modules)
        print(f"{name:<20} labels {100 * summary['label_accuracy']:.1f} %, "
              f"with proof {100 * summary['proof_accuracy']:.1f} %, "
              f"{summary['seconds']:.0f} s", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
