"""Train the comparer: whether one predicate supports or contradicts another.

    python -m scripts.train_comparer DATA_FOLDER --out DIR

The embeddings are MiniLM's and stay as they are; only a small head is trained, so this takes
minutes.  Pairs come from WordNet (synonyms and hypernyms support, antonyms contradict, unrelated
words do neither) and from the NLI pairs of the training data.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch.nn import functional as F

from lambada_bc.modules.compact.comparer import ComparerNetwork, in_sentence
from lambada_bc.modules.compact.encoder import SentenceEncoder
from lambada_bc.modules.compact.network import Encoder, ReaderConfig
from lambada_bc.modules.compact.tokenizer import load_tokenizer
from scripts.base_model import load_base
from scripts.reading_data.lexicon import Lexicon
from scripts.reading_data.phrases import Phrases, article
from scripts.reading_data.wordnet import Synset, synsets

SUPPORTS, CONTRADICTS, NEITHER = 0, 1, 2
Pair = tuple[str, str, int]


def _predicate(part: str, word: str, rest: str) -> str:
    word = word.replace("_", " ")
    return {
        "adj": f"is {word}",
        "noun": f"is {article(word)} {word}",
        "verb": f"{word} {rest}".strip(),
    }[part]


def lexical(chance: random.Random) -> Iterator[Pair]:
    """Pairs from WordNet's relations, verbs with an object drawn for both sides."""
    phrases = Phrases(Lexicon(chance), chance)
    for part in ("adj", "noun", "verb"):
        known = {s.offset: s for s in synsets(part) if s.common}
        words = [word for synset in known.values() for word in synset.common]
        for synset in known.values():
            for one, two, label in _related(synset, known, words, chance):
                rest = phrases.noun_phrase() if part == "verb" and chance.random() < 0.7 else ""
                yield _predicate(part, one, rest), _predicate(part, two, rest), label


def _related(
    synset: Synset, known: dict[int, Synset], words: list[str], chance: random.Random
) -> Iterator[Pair]:
    """The words of a synset with their synonyms, hypernyms, antonyms and a stranger."""

    def one_of(other: Synset) -> str:
        return chance.choice(other.common)

    for one in synset.common:
        yield from ((one, two, SUPPORTS) for two in synset.common if two != one)
        yield one, chance.choice(words), NEITHER
    for up in (known[offset] for offset in synset.hypernyms if offset in known):
        above = one_of(up)
        yield one_of(synset), above, SUPPORTS
        yield above, one_of(synset), NEITHER
        for _, target, _ in up.antonyms:
            if target in known:
                yield one_of(synset), one_of(known[target]), CONTRADICTS
    for one, target, two in synset.antonyms:
        if target in known:
            yield from [(one, two, CONTRADICTS)] * 3
            yield from ((one, other, CONTRADICTS) for other in known[target].common)


def structural(chance: random.Random, count: int) -> Iterator[Pair]:
    """Predicates that share words and still say something else, and equal ones."""
    phrases = Phrases(Lexicon(chance), chance)
    for _ in range(count):
        phrase, other = phrases.phrase(), phrases.phrase()
        verb = phrases.verb()
        yield phrase.canonical, other.canonical, NEITHER
        yield f"{verb.canonical}", f"can {verb.canonical}", NEITHER
        yield f"must {verb.canonical}", f"can {verb.canonical}", NEITHER
        assert verb.verb
        yield (
            f"{verb.verb.base} {phrases.noun_phrase()}",
            f"{verb.verb.base} {phrases.noun_phrase()}",
            NEITHER,
        )
        rest = phrases.noun_phrase()
        yield f"{verb.verb.base} {rest}", f"{phrases.lexicon.transitive().base} {rest}", NEITHER
        yield f"is {phrases.lexicon.adjective()}", f"is {phrases.lexicon.adjective()}", NEITHER


def everyday(folder: Path) -> Iterator[Pair]:
    """The shorter NLI pairs."""
    labels = {"entailment": SUPPORTS, "contradiction": CONTRADICTS, "neutral": NEITHER}
    with gzip.open(folder / "train" / "nli.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["label"] in labels and len(row["premise"].split()) < 16:
                yield row["premise"], row["hypothesis"], labels[row["label"]]


def main() -> None:
    """Embed all texts once, then fit the head."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--most", type=int, default=60_000, help="lexical pairs")
    parser.add_argument("--epochs", type=int, default=12)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    torch.manual_seed(arguments.seed)

    words = list(lexical(chance))
    chance.shuffle(words)
    said = [(in_sentence(a), in_sentence(b), label) for a, b, label in
            [*words[: arguments.most], *structural(chance, 2500)]]  # fmt: skip
    pairs = [*said, *everyday(arguments.data)]
    chance.shuffle(pairs)

    base = load_base()
    network = Encoder(config := ReaderConfig(closed=1))
    network.load_state_dict(base.encoder_state(config))
    encoder = SentenceEncoder(network, load_tokenizer(base.vocabulary))
    started = time.time()
    stated = torch.from_numpy(encoder.encode([one for one, _, _ in pairs]))
    asked = torch.from_numpy(encoder.encode([two for _, two, _ in pairs]))
    labels = torch.tensor([label for _, _, label in pairs])
    print(f"{len(pairs)} pairs, labels {labels.bincount().tolist()}, "
          f"embedded in {time.time() - started:.0f} s", flush=True)  # fmt: skip

    held = len(pairs) // 20
    head = ComparerNetwork()
    optimizer = torch.optim.AdamW(head.parameters(), lr=1e-3, weight_decay=0.02)
    steps = arguments.epochs * ((len(pairs) - held) // 256 + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=steps)
    for epoch in range(arguments.epochs):
        head.train()
        for chosen in (torch.randperm(len(pairs) - held) + held).split(256):
            loss = F.cross_entropy(head(stated[chosen], asked[chosen]), labels[chosen],
                                   label_smoothing=0.05)  # fmt: skip
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
        head.eval()
        with torch.inference_mode():
            found = head(stated[:held], asked[:held]).softmax(1)
        sure = (found[:, :2].amax(1) > 0.8).nonzero()[:, 0]
        right = (found[sure].argmax(1) == labels[:held][sure]).float().mean()
        print(f"epoch {epoch}: accuracy {(found.argmax(1) == labels[:held]).float().mean():.3f}, "
              f"of those above 0.8 ({len(sure) / held:.2f}): {right:.3f}", flush=True)  # fmt: skip
    arguments.out.mkdir(parents=True, exist_ok=True)
    save_file(head.state_dict(), arguments.out / "comparer.safetensors")
    upper = {
        name.removeprefix("layers."): tensor
        for name, tensor in base.encoder_state(config).items()
        if name.startswith("layers.") and int(name.split(".")[1]) >= 2
    }
    save_file(upper, arguments.out / "encoder.safetensors")
    (arguments.out / "config.json").write_text(json.dumps(asdict(config)))


if __name__ == "__main__":
    main()
