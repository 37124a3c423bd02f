"""What the search asks of a comparer on the knowledge bases written by hand, with the answers.

``python -m scripts.reading_data.linked --check FILE …`` proves every goal over the readings and
links as written and names those whose answer is another than the one given, and what the shipped
comparer takes for granted although no link says so.  With ``--out FILE`` the pairs of all knowledge
bases in ``written/`` are written, one JSON object a line, for ``scripts.train_comparer``.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from multiprocessing import Pool
from pathlib import Path

from lambada_bc import prove_many
from lambada_bc.modules.compact.comparer import (
    NEAR,
    UNRELATED,
    Comparison,
    load_comparer,
    sentence_of,
)
from lambada_bc.modules.compact.encoder import load_encoder
from lambada_bc.modules.compact.instances import instances
from lambada_bc.modules.compact.judgements import Judgements
from lambada_bc.modules.compact.literals import as_compared
from lambada_bc.modules.compact.subjects import described, presupposed
from lambada_bc.modules.interface import Modules, Reading
from lambada_bc.statements import Clause, Literal, Sentence
from lambada_bc.unification import match
from scripts.reading_data.bases import Base, parse, read_bases, to_literal
from scripts.reading_data.judged import read_judged
from scripts.reading_data.pairs import CONTRADICTS, NEITHER, SUPPORTS, Pair, Whole

CERTAIN = 0.97
DOUBTFUL = 0.5
FORGOTTEN = 0.8
OPEN_A_LINK = 5
"""Pairs of which neither follows, for each that is linked."""
LONGEST_CHAIN = 5
"""Links that a statement may follow from another by; more would be no link but a proof."""


class Linked:
    """Compares by the links of a knowledge base, and remembers what it was asked."""

    def __init__(self, links: Sequence[tuple[Literal, Literal]]) -> None:
        known = [*links, *(as_compared(one, two) for one, two in links)]
        denied = [(two.negated(), one.negated()) for one, two in known]
        self._links = [(one, two, _constants(one)) for one, two in (*known, *denied)]
        self.asked: dict[tuple[Literal, Literal], Comparison] = {}

    def compare(self, pairs: Sequence[tuple[Literal, Literal]]) -> list[Comparison]:
        """How each first literal bears on the second."""
        for pair in pairs:
            if pair not in self.asked:
                self.asked[pair] = self.bearing(*pair)
        return [self.asked[pair] for pair in pairs]

    def bearing(self, stated: Literal, asked: Literal) -> Comparison:
        """What the links say."""
        supports, contradicts = self._entails(stated, asked), self._entails(stated, asked.negated())
        return Comparison(CERTAIN * supports, CERTAIN * contradicts)

    def _entails(self, stated: Literal, asked: Literal) -> bool:
        seen, last = {stated}, {stated}
        for _ in range(LONGEST_CHAIN + 1):
            if any(one.positive == asked.positive and one.key == asked.key for one in last):
                return True
            last = {
                then.substitute(bound)
                for one in last
                for given, then, words in self._links
                if given.positive == one.positive
                and words <= _constants(one)
                and (bound := match(given, one)) is not None
            } - seen
            seen |= last
        return False


@lru_cache(maxsize=100_000)
def _constants(literal: Literal) -> frozenset[str]:
    """The lemmas of its words but the variables: what matches it has them, too."""
    return frozenset(word.lemma for word in literal.words if not word.is_variable)


class AsWritten:
    """Reads sentences and goals as they were annotated."""

    fingerprint = "as written"

    def __init__(self, base: Base) -> None:
        self._clauses = {
            one.text: tuple(
                Clause(tuple(map(to_literal, said.antecedents)), to_literal(said.consequent))
                for said in one.clauses
            )
            for one in base.sentences
        }
        self._goals = {goal.example.text: goal.literal for goal in base.goals}

    def read(self, sentences: Sequence[Sentence]) -> list[Reading]:
        """The clauses of each sentence, and what it implies and takes for granted."""
        readings = []
        for one in sentences:
            clauses = self._clauses[one.text]
            taken = presupposed(one.text, clauses)
            said = clauses + described(clauses)
            readings.append(Reading(said, presupposed=taken, implied=instances(clauses)))
        return readings

    def read_goals(self, goals: Sequence[str]) -> list[tuple[Literal, float]]:
        """The literal of each goal."""
        return [(self._goals[goal], 1.0) for goal in goals]


def answered(base: Base) -> tuple[list[str], Linked]:
    """The verdicts over the readings and links as written, and what was asked of the links."""
    linked = Linked(base.links)
    judgements = Judgements(linked)
    modules = Modules(
        name="as written",
        reader=AsWritten(base),
        fact_check=judgements.check_facts,
        rule_selection=judgements.select_rules,
        goal_decomposition=judgements.decompose_goals,
        sign_agreement=judgements.compare_signs,
        encoder=load_encoder(),
    )
    goals = [goal.example.text for goal in base.goals]
    proofs = prove_many(goals, [one.text for one in base.sentences], modules=modules)
    return [str(proof.verdict) for proof in proofs], linked


def pairs_of(base: Base, chance: random.Random) -> list[Pair]:
    """The links, also turned round, and some of what else the search asks, of which none follows.

    What the shipped comparer is sure of is left out, as a link may have been forgotten; what was
    judged one by one counts as it was judged.
    """
    _, linked = answered(base)
    turned = [(two, one) for one, two in base.links]
    denied = [(two.negated(), one.atom()) for one, two in base.links if one.positive]
    pairs = dict.fromkeys((*base.links, *turned, *denied, *linked.asked))
    found = {pair: _label(linked.bearing(*pair)) for pair in pairs}
    others = [pair for pair, label in found.items() if label == NEITHER and pair not in turned]
    told = [pair for pair in pairs if pair not in others]
    near = [
        pair
        for pair, one in zip(others, load_comparer().compare(others), strict=True)
        if one.supports < FORGOTTEN and _likeness(pair) >= NEAR
    ]
    told += chance.sample(near, min(len(near), OPEN_A_LINK * len(base.links)))
    said = {
        (Whole(sentence_of(one)), Whole(sentence_of(two))): found[one, two] for one, two in told
    }
    judged = {(one, two): label for one, two, label in read_judged().get(base.title, [])}
    return [(*pair, label) for pair, label in (said | judged).items()]


def _label(bearing: Comparison) -> int:
    return SUPPORTS if bearing.supports else CONTRADICTS if bearing.contradicts else NEITHER


def _likeness(pair: tuple[Literal, Literal]) -> float:
    one, two = load_encoder().encode(list(map(sentence_of, pair)))
    return float(one @ two)


def doubtful(linked: Linked) -> Iterator[str]:
    """What no link says although the shipped comparer thinks so."""
    pairs = [pair for pair, found in linked.asked.items() if found == UNRELATED]
    for (one, two), found in zip(pairs, load_comparer().compare(pairs), strict=True):
        if max(found.supports, found.contradicts) > DOUBTFUL:
            yield f"{one} > {two if found.supports > found.contradicts else two.negated()}"


def main() -> None:
    """Check files, or write the pairs of all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", nargs="+", type=Path, default=[], metavar="FILE")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=1)
    arguments = parser.parse_args()
    check(arguments.check)
    if arguments.out:
        write = partial(_row, seed=arguments.seed)
        with arguments.out.open("w", encoding="utf-8") as file, Pool(arguments.processes) as pool:
            for row in pool.imap(write, read_bases(), chunksize=4):
                file.write(json.dumps(row) + "\n")


def _row(base: Base, seed: int) -> dict[str, object]:
    chance = random.Random(f"{base.title} {seed}")
    return {"held_out": base.is_held_out, "pairs": pairs_of(base, chance)}


def check(files: Sequence[Path]) -> None:
    """Say which goals come out as annotated, and what is wrong with the others."""
    for file in files:
        right = total = 0
        for base in parse(file.read_text(encoding="utf-8"), file.stem):
            for fault in base.faults:
                print(f"{base.title}: {fault}")
            if base.faults:
                continue
            verdicts, linked = answered(base)
            for goal, verdict in zip(base.goals, verdicts, strict=True):
                total, right = total + 1, right + (verdict == goal.verdict)
                if verdict != goal.verdict:
                    print(f"{base.title}: “{goal.example.text}” is {verdict}, not {goal.verdict}")
            for doubt in doubtful(linked):
                print(f"  {base.title}: no link, but is it so? {doubt}")
        print(f"{file}: {right} of {total} goals as annotated")


if __name__ == "__main__":
    main()
