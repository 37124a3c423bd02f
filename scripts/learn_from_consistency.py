"""What the modules can learn from their own answers on knowledge bases without labels.

    python -m scripts.learn_from_consistency DATA --out DIR [--reader DIR] [--comparer DIR]

``DATA`` is a folder of knowledge bases with goals, as for ``lambada-bc evaluate``.  A goal, its
denials and what says the same must get opposite and equal verdicts.  Two of these forms are made
from what the goal was read as, so that they also show whether a reading survives being said.

Of every other goal, the answer whose checked proofs are most probable together is taken for true;
*unknown* is no answer.  All forms become examples of what the form with the best of these proofs
was read as: those that got another answer (``DIR/disagreed.jsonl``), and those that did not, with
the sentences of the proofs (``DIR/agreed.jsonl``); of the former alone, the reader would learn that
a denial denies nothing.  The proofs' paraphrases become pairs (``DIR/domain.pairs``).  Train on
them with ``scripts.train_reader`` and ``scripts.train_comparer``.

The files' own verdicts are only counted, never learned from: printed are agreement and right
verdicts of these goals, and of the others, which nothing is learned from.  ``--reader`` and
``--comparer`` put checkpoints in place of shipped parts, to measure what was learned.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lambada_bc import prove_many, wording
from lambada_bc.evaluation.datasets import Theory, load
from lambada_bc.modules.interface import Modules
from lambada_bc.proof.check import check
from lambada_bc.proof.proof import Proof
from lambada_bc.statements import Statement, Verdict
from scripts.adapted import adapted
from scripts.proofs_to_examples import pairs, readings
from scripts.reading_data.example import Example, Said, sentence, triple

AGREED, DISAGREED = "agreed", "disagreed"
_TURNED = {Verdict.PROVED: Verdict.DISPROVED, Verdict.DISPROVED: Verdict.PROVED}


@dataclass(frozen=True)
class Form:
    """One way to put a goal, or (``positive`` is False) its denial, and the answer to it."""

    text: str
    positive: bool
    proof: Proof

    @property
    def verdict(self) -> Verdict:
        """What the answer says of the goal itself."""
        found = self.proof.verdict
        return found if self.positive else _TURNED.get(found, found)


@dataclass(frozen=True)
class Asked:
    """A goal in all its forms, as it stands among them, and its label."""

    goal: str
    forms: tuple[Form, ...]
    label: Verdict

    @property
    def verdict(self) -> Verdict:
        """The answer to the goal as it stands."""
        return next(form.verdict for form in self.forms if form.text == self.goal)

    def agreement(self) -> float:
        """The share of the other forms whose answer agrees with it."""
        others = [form.verdict for form in self.forms if form.text != self.goal]
        return sum(one is self.verdict for one in others) / len(others)

    def believed(self, statements: Sequence[Statement]) -> Form | None:
        """The form with the most probable proof of the answer that is most probable in all."""
        proved = [form for form in self.forms
                  if form.verdict in _TURNED and not check(form.proof, statements)]  # fmt: skip
        if not proved:
            return None
        weights = {
            verdict: sum(form.proof.probability for form in proved if form.verdict is verdict)
            for verdict in _TURNED
        }
        best = max(_TURNED, key=lambda verdict: weights[verdict])
        return max(
            (form for form in proved if form.verdict is best),
            key=lambda form: (form.proof.probability, form.text),
        )


def forms(goal: str, read: Proof) -> list[tuple[str, bool]]:
    """A goal, what says the same and what denies it, each text once."""
    inner = goal[0].lower() + goal[1:] if goal.split()[0].lower() in {"the", "a", "an"} else goal
    literal = read.literal
    plain, denied = (
        sentence(wording.render(literal.subject, literal.predicate, positive))
        for positive in (literal.positive, not literal.positive)
    )
    found = {
        goal: True,
        f"It is true that {inner}": True,
        f"It is not the case that {inner}": False,
    }
    return list(({plain: True, denied: False} | found).items())


def ask(theory: Theory, modules: Modules) -> tuple[Sequence[Statement], list[Asked]]:
    """What a theory is read as, and all its goals in all forms."""
    kb = theory.knowledge_base()
    goals = [question.text for question in theory.questions]
    put = [forms(*one) for one in zip(goals, prove_many(goals, kb, modules=modules), strict=True)]
    texts = [text for one in put for text, _ in one]
    answers = iter(prove_many(texts, kb, modules=modules))
    return kb.statements(modules.reader), [
        Asked(
            question.text,
            tuple(Form(text, positive, next(answers)) for text, positive in one),
            question.label,
        )
        for one, question in zip(put, theory.questions, strict=True)
    ]


def examples(asked: Asked, believed: Form) -> Iterator[Example]:
    """All forms with what the believed one was read as; the frame says which agreed with it."""
    literal = believed.proof.literal
    for form in asked.forms:
        positive = literal.positive is (form.positive is believed.positive)
        said = Said((), triple(literal.subject, literal.predicate, positive))
        frame = AGREED if form.verdict is believed.verdict else DISAGREED
        yield Example(form.text, (said,), frame)


def figures(asked: Sequence[Asked]) -> str:
    """Agreement of all forms, and right verdicts of the goals as they stand."""
    count = len(asked)
    if not count:
        return "no goals"
    agreement = sum(one.agreement() for one in asked) / count
    right = sum(one.verdict is one.label for one in asked) / count
    return f"{count} goals, {agreement:.3f} of the other forms agree, {right:.3f} right"


def main() -> None:
    """Ask, print, and write what can be learned."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--reader", type=Path)
    parser.add_argument("--comparer", type=Path)
    arguments = parser.parse_args()
    modules = adapted(arguments.reader, arguments.comparer)
    seen: list[Asked] = []
    unseen: list[Asked] = []
    taught: dict[str, list[Example]] = {AGREED: [], DISAGREED: []}
    groups: set[str] = set()
    for theory in load(arguments.data):
        statements, asked = ask(theory, modules)
        start = (len(seen) + len(unseen)) % 2
        learned, others = asked[start::2], asked[1 - start :: 2]
        seen, unseen = seen + learned, unseen + others
        believed = [(one, form) for one in learned if (form := one.believed(statements))]
        proofs = [form.proof for _, form in believed]
        for example in (found for one, form in believed for found in examples(one, form)):
            taught[example.frame].append(example)
        taught[AGREED] += readings(proofs, statements)
        groups |= set(pairs(proofs))
    print("learned from:", figures(seen))
    print("not learned from:", figures(unseen))
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
        for name, rows in taught.items():
            lines = [f"{json.dumps(row.row(), ensure_ascii=False)}\n" for row in rows]
            (arguments.out / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
        (arguments.out / "domain.pairs").write_text("\n".join(sorted(groups)), encoding="utf-8")
        print(f"{len(taught[DISAGREED])} sentences that disagreed, {len(taught[AGREED])} others, "
              f"{len(groups)} paraphrases")  # fmt: skip


if __name__ == "__main__":
    main()
