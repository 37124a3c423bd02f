"""How far rewards agree with the truth: ``python -m eval.reward_agreement``.

Texts about two people are put together from statements whose truth is known by forward chaining
over a made-up theory in words that the models were not trained on: as prose, as lists, with
pronouns, two statements to a sentence, with connectives, and with questions and suppositions in
between, which must not count.  Precision and recall are those of single statements.

Needs the ``train`` extra and WordNet (Debian's ``wordnet-base``).
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from dataclasses import dataclass

from lambada_bc import KnowledgeBase
from lambada_bc.statement_checking import CheckedText, check_texts
from scripts.deep_theories import Signed, Theory
from scripts.reading_data.example import sentence

VERDICTS = ("proved", "disproved", "unknown")
NOISE = ("Is {name} here?", "I think {name} is late.", "Perhaps {name} sings.", "Let me see:")


@dataclass(frozen=True)
class Piece:
    """A sentence of a text, and the truths of what it says."""

    text: str
    truths: tuple[str, ...]


def truth(theory: Theory, name: str, one: Signed) -> str:
    """What the theory says of a statement."""
    known, (number, sign) = theory.closure(), one
    if (name, one) in known:
        return "proved"
    return "disproved" if (name, (number, not sign)) in known else "unknown"


def pieces(theory: Theory, chance: random.Random) -> list[Piece]:
    """Two to six sentences, with statements of each truth alike often."""
    every: dict[str, list[tuple[str, Signed]]] = {verdict: [] for verdict in VERDICTS}
    for name in theory.names:
        for number in range(len(theory.phrases)):
            for sign in (True, False):
                every[truth(theory, name, (number, sign))].append((name, (number, sign)))
    wanted = [chance.choice(VERDICTS) for _ in range(chance.randint(2, 6))]
    drawn = [(chance.choice(every[verdict]), verdict) for verdict in wanted]
    found, before = [], ""
    while drawn:
        (name, one), verdict = drawn.pop()
        who = chance.choice(("He", "She")) if name == before and chance.random() < 0.5 else name
        lead = chance.choice(("", "", "", "So, ", "Also, ", "Therefore, "))
        said, truths = f"{who} {theory.told(one)}", [verdict]
        if drawn and drawn[-1][0][0] == name and chance.random() < 0.5:
            (_, other), second = drawn.pop()
            said, truths = f"{said} and {theory.told(other)}", [verdict, second]
        said = said[:1].lower() + said[1:] if lead and who != name else said
        found.append(Piece(sentence(f"{lead}{said}"), tuple(truths)))
        if chance.random() < 0.15:
            found.append(Piece(chance.choice(NOISE).format(name=name), ()))
        before = name
    return found


def joined(some: list[Piece], chance: random.Random) -> str:
    """The pieces as prose or as a list."""
    way = chance.randrange(3)
    if way == 0:
        return "\n".join(f"- {one.text}" for one in some)
    if way == 1:
        return "\n".join(f"{number}. {one.text}" for number, one in enumerate(some, start=1))
    return " ".join(one.text for one in some)


def compare(text: str, some: list[Piece], checked: CheckedText) -> Counter[tuple[str, str]]:
    """How often each truth was given each verdict; *missed* for a statement that was not found."""
    counted: Counter[tuple[str, str]] = Counter()
    at = 0
    for piece in some:
        start = text.index(piece.text, at)
        at = start + len(piece.text)
        found = [str(one.verdict) for one in checked.statements if start <= one.start < at]
        for place, expected in enumerate(piece.truths):
            counted[expected, found[place] if place < len(found) else "missed"] += 1
        counted.update(("none", verdict) for verdict in found[len(piece.truths) :])
    return counted


def main() -> None:
    """Print the table of truths and verdicts, precision and recall."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=0, help="texts to print")
    arguments = parser.parse_args()
    counted: Counter[tuple[str, str]] = Counter()
    for number in range(0, arguments.texts, 10):
        chance = random.Random(f"{arguments.seed} {number}")  # noqa: S311
        theory = Theory(chance, chance.choice((2, 3, 4)))
        kb = KnowledgeBase(theory.sentences())
        made = [pieces(theory, chance) for _ in range(min(10, arguments.texts - number))]
        texts = [joined(some, chance) for some in made]
        for text, some, checked in zip(
            texts, made, check_texts(texts, kb, threshold=0.5, contradictions=False), strict=True
        ):
            counted += compare(text, some, checked)
        if number < arguments.show:
            print(texts[0], "\n")
    columns = (*VERDICTS, "missed")
    print(f"{'truth':12}", *(f"{one:>10}" for one in columns))
    for expected in (*VERDICTS, "none"):
        print(f"{expected:12}", *(f"{counted[expected, one]:10}" for one in columns))
    for verdict in ("disproved", "proved"):
        right = counted[verdict, verdict]
        told = sum(n for (_, given), n in counted.items() if given == verdict)
        true = sum(n for (expected, _), n in counted.items() if expected == verdict)
        print(f"{verdict}: precision {right / max(told, 1):.3f}, recall {right / max(true, 1):.3f}")


if __name__ == "__main__":
    main()
