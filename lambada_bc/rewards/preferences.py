"""From scored samples to training data: preference pairs for DPO, filtered examples for SFT.

Rows have the columns that TRL's ``DPOTrainer`` (Rafailov et al., NeurIPS 2023) and ``SFTTrainer``
ask for.  To train on the best of several samples alone is RAFT (Dong et al., TMLR 2023).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lambada_bc.rewards.calling import Completion, Rewards, text_of

Prompt = str | Sequence[dict[str, Any]]
"""A text, or the messages of a conversation."""


@dataclass(frozen=True)
class Scored:
    """Completions of one prompt, and a reward for each; None where there is none."""

    prompt: Prompt
    completions: Sequence[Completion]
    rewards: Sequence[float | None]

    def ranked(self) -> list[tuple[float, Completion]]:
        """Those that have a reward, best first, in the given order where equal; each text once."""
        found: dict[str, tuple[float, Completion]] = {}
        for completion, reward in zip(self.completions, self.rewards, strict=True):
            if reward is not None:
                found.setdefault(text_of(completion), (reward, completion))
        return sorted(found.values(), key=lambda one: -one[0])


def score_samples(
    reward: Callable[..., Rewards],
    prompts: Sequence[Prompt],
    completions: Sequence[Sequence[Completion]],
    *,
    log_metric: Callable[[str, float], object] | None = None,
    **columns: Sequence[Any],
) -> list[Scored]:
    """Score several completions of each prompt in one call of ``reward``.

    ``completions`` has those of each prompt; a column, such as ``kb``, one value a prompt.
    """
    counts = [len(written) for written in completions]

    def spread(values: Sequence[Any]) -> list[Any]:
        pairs = zip(values, counts, strict=True)
        return [value for value, count in pairs for _ in range(count)]

    found = iter(
        reward(
            prompts=spread(prompts),
            completions=[one for written in completions for one in written],
            log_metric=log_metric,
            **{name: spread(values) for name, values in columns.items()},
        )
    )
    return [
        Scored(prompt, written, [next(found) for _ in written])
        for prompt, written in zip(prompts, completions, strict=True)
    ]


def supervised(samples: Iterable[Scored], *, least: float) -> list[dict[str, Any]]:
    """The best completion of each prompt, if its reward is ``least`` or more."""
    rows = []
    for one in samples:
        ranked = one.ranked()
        if ranked and ranked[0][0] >= least:
            rows.append({"prompt": one.prompt, "completion": _as(one.prompt, ranked[0][1])})
    return rows


def preferences(samples: Iterable[Scored], *, margin: float) -> list[dict[str, Any]]:
    """The best and the worst completion of each prompt whose rewards are ``margin`` apart.

    Two that are worth the same are no pair, whatever the margin.
    """
    rows = []
    for one in samples:
        ranked = one.ranked()
        if ranked and ranked[0][0] - ranked[-1][0] >= margin and ranked[0][0] > ranked[-1][0]:
            best, worst = (_as(one.prompt, said) for _, said in (ranked[0], ranked[-1]))
            rows.append({"prompt": one.prompt, "chosen": best, "rejected": worst})
    return rows


def write_rows(rows: Iterable[dict[str, Any]], path: str | Path) -> None:
    """One JSON object a line, as ``datasets.load_dataset("json", …)`` reads it."""
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    Path(path).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _as(prompt: Prompt, completion: Completion) -> Completion:
    """The completion in the form of its prompt, as TRL wants both alike."""
    if isinstance(prompt, str):
        return completion if isinstance(completion, str) else text_of(completion)
    if isinstance(completion, str):
        return [{"role": "assistant", "content": completion}]
    return completion
