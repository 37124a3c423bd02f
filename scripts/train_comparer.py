"""Train the comparer: whether one statement supports or contradicts another.

    python -m scripts.train_comparer DATA_FOLDER --out DIR

Pairs come from WordNet (synonyms and hypernyms support, antonyms contradict, unrelated words do
neither), from the NLI pairs of the training data, and from ``reading_data/written/*.pairs``, which
people wrote.  The embeddings and the lowest layers stay MiniLM's: they are shared.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch.nn import functional as F
from wordfreq import zipf_frequency

from lambada_bc import wording
from lambada_bc.modules.compact.comparer import ComparerNetwork
from lambada_bc.modules.compact.network import ReaderConfig
from lambada_bc.modules.compact.tokenizer import load_tokenizer, to_pairs
from scripts.base_model import load_base
from scripts.reading_data.lexicon import Lexicon
from scripts.reading_data.phrases import Phrases, article
from scripts.reading_data.wordnet import Synset, synsets
from scripts.reading_data.written import FOLDER
from scripts.train_reader import FROZEN_LAYERS

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


def with_detail(chance: random.Random, count: int) -> Iterator[Pair]:
    """Predicates with more detail support those with less, and not the other way round."""
    phrases = Phrases(Lexicon(chance), chance)
    lexicon = phrases.lexicon
    for _ in range(count):
        adjective, noun, verb = lexicon.adjective(), lexicon.noun(), lexicon.transitive()
        place = f"{chance.choice(('in', 'at', 'near', 'behind', 'after', 'with', 'for', 'from'))} {phrases.noun_phrase()}"
        number = chance.choice(("two", "three", "ten", "several", "12", "both", "many"))
        thing = phrases.noun_phrase()
        modified = f"{adjective} {noun.one}"
        full, short = chance.choice(
            (
                (f"is {article(modified)} {modified}", f"is {article(noun.one)} {noun.one}"),
                (f"is {article(modified)} {modified}", f"is {adjective}"),
                (f"{verb.base} {thing} {place}", f"{verb.base} {thing}"),
                (f"{verb.base} {thing} {place}", f"{verb.base} {thing}"),
                (f"is {verb.participle} {place}", f"is {verb.participle}"),
                (f"must be {verb.participle} {place}", f"must be {verb.participle}"),
                (f"{verb.base} {number} {noun.many} {place}", f"{verb.base} {noun.many}"),
                (
                    f"has {article(modified)} {modified} {place}",
                    f"has {article(noun.one)} {noun.one}",
                ),
                (f"has {number} {noun.many}", f"has {noun.many}"),
                (
                    f"is {article(noun.one)} {noun.one} {place}",
                    f"is {article(noun.one)} {noun.one}",
                ),
            )
        )
        yield full, short, SUPPORTS
        yield short, full, NEITHER


def shared_words(one: str, two: str) -> float:
    """The share of the shorter text's words, the frequent ones aside, that the other has too."""
    sides = [
        {wording.lemma(w) for w in wording.tokenize(text) if zipf_frequency(w, "en") < 6.0}
        for text in (one, two)
    ]
    return len(sides[0] & sides[1]) / max(1, min(map(len, sides)))


def everyday(folder: Path) -> Iterator[Pair]:
    """The shorter NLI pairs.

    Annotators of SNLI called two different doings of one person a contradiction, as of one moment;
    of a knowledge base that is not so.  Contradictions that share few words are taken as unrelated.
    """
    labels = {"entailment": SUPPORTS, "contradiction": CONTRADICTS, "neutral": NEITHER}
    with gzip.open(folder / "train" / "nli.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["label"] in labels and len(row["premise"].split()) < 16:
                label = labels[row["label"]]
                if label == CONTRADICTS:
                    shared = shared_words(row["premise"], row["hypothesis"])
                    if 0.4 <= shared < 0.6:
                        continue
                    label = CONTRADICTS if shared >= 0.6 else NEITHER
                yield row["premise"], row["hypothesis"], label


def written(files: Sequence[Path]) -> list[Pair]:
    """Pairs as people write them: a stated predicate, then the asked ones after ``+ - 0``."""
    labels = {"+": SUPPORTS, "-": CONTRADICTS, "0": NEITHER}
    pairs: list[Pair] = []
    for file in files:
        stated = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if line[:1].isspace() and line.strip()[0] in labels:
                pairs.append((stated, line.strip()[1:].strip(), labels[line.strip()[0]]))
            elif line.strip() and not line.startswith("#"):
                stated = line.strip()
    return pairs


def is_held_out(pair: Pair) -> bool:
    """Whether a pair is for measuring only: by what is stated, whatever else there is."""
    return zlib.crc32(pair[0].encode()) % 20 == 0


def said(pair: Pair) -> Pair:
    """The pair as statements about ``it``."""
    one, two, label = pair
    return wording.render("it", one, True), wording.render("it", two, True), label


def signed(pair: Pair, chance: random.Random) -> Pair:
    """The pair as statements, some of them turned into what follows of their denials."""
    one, two, label = pair
    roll = chance.random()

    def said(predicate: str, positive: bool = True) -> str:
        return wording.render("it", predicate, positive)

    if roll < 0.6:
        return said(one), said(two), label
    if label == SUPPORTS:
        if roll < 0.8:
            return said(two, False), said(one), CONTRADICTS
        return said(one, False), said(two), NEITHER
    if label == CONTRADICTS:
        return said(two), said(one), CONTRADICTS
    return (said(one, False), said(two), NEITHER) if roll < 0.7 else (said(one), said(two), label)


def batches(pairs: Sequence[Pair], size: int, chance: random.Random) -> Iterator[list[Pair]]:
    """Endless batches of pairs of like length."""
    while True:
        order = chance.sample(pairs, len(pairs))
        for start in range(0, len(order), 50 * size):
            chunk = sorted(order[start : start + 50 * size], key=lambda p: len(p[0]) + len(p[1]))
            ready = [chunk[at : at + size] for at in range(0, len(chunk), size)]
            chance.shuffle(ready)
            yield from ready


@torch.inference_mode()
def logits_of(
    network: ComparerNetwork, tokenizer: Tokenizer, pairs: Sequence[Pair]
) -> tuple[torch.Tensor, torch.Tensor]:
    """The network's logits (N, 3) for pairs, and their labels (N,)."""
    network.eval()
    found = [
        network(*to_pairs(tokenizer, [(one, two) for one, two, _ in pairs[at : at + 64]]))
        for at in range(0, len(pairs), 64)
    ]
    network.train()
    return torch.cat(found), torch.tensor([label for _, _, label in pairs])


def temperature(logits: torch.Tensor, labels: torch.Tensor) -> float:
    """What to divide logits by so that their likelihood is highest (Guo et al., ICML 2017)."""
    candidates = [0.3 + 0.05 * step for step in range(55)]
    losses = [F.cross_entropy(logits / one, labels).item() for one in candidates]
    return round(candidates[losses.index(min(losses))], 2)


def measure(network: ComparerNetwork, tokenizer: Tokenizer, pairs: Sequence[Pair]) -> str:
    """Accuracy over all pairs, and of the answers given at several thresholds."""
    logits, labels = logits_of(network, tokenizer, pairs)
    found = logits.softmax(1)
    told = [f"accuracy {(found.argmax(1) == labels).float().mean():.3f}"]
    best, answer = found[:, :2].max(1)
    for threshold in (0.5, 0.7, 0.9):
        sure = best > threshold
        precise = (answer[sure] == labels[sure]).float().mean()
        recalled = (sure & (answer == labels)).sum() / (labels != NEITHER).sum()
        told.append(f"above {threshold}: {precise:.3f} right, {recalled:.3f} found")
    return ", ".join(told)


def main() -> None:
    """Train within a budget of minutes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=40.0)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--lexical", type=int, default=60_000, help="pairs of WordNet words")
    parser.add_argument("--from", dest="start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--pairs", nargs="*", type=Path, default=[], help="files of more pairs")
    parser.add_argument("--repeats", type=int, default=6, help="of the pairs written by hand")
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    torch.manual_seed(arguments.seed)

    lexical_pairs = list(lexical(chance))
    chance.shuffle(lexical_pairs)
    by_hand = written([*sorted(FOLDER.glob("*.pairs")), *arguments.pairs])
    predicates = [
        *lexical_pairs[: arguments.lexical],
        *structural(chance, 2000),
        *with_detail(chance, 5000),
    ]
    chance.shuffle(predicates)
    sources = {"lexical": predicates, "nli": list(everyday(arguments.data)), "written": by_hand}
    held_out = {
        name: [signed(p, chance) if name == "lexical" else said(p) if name == "written" else p
               for p in pairs if is_held_out(p)][:1000]
        for name, pairs in sources.items()
    }  # fmt: skip
    kept = {name: [p for p in pairs if not is_held_out(p)] for name, pairs in sources.items()}
    print({name: len(pairs) for name, pairs in held_out.items()}, len(kept["written"]), "by hand")

    base = load_base()
    tokenizer = load_tokenizer(base.vocabulary)
    network = ComparerNetwork(config := ReaderConfig(closed=1))
    network.encoder.load_state_dict(base.encoder_state(config))
    if arguments.start:
        network.load_state_dict(load_file(arguments.start / "comparer.safetensors"), strict=False)
    encoder = network.encoder
    shared = (encoder.tokens, encoder.positions, encoder.segments, encoder.norm,
              *encoder.layers[:FROZEN_LAYERS])  # fmt: skip
    for part in shared:
        part.requires_grad_(False)
    trained = {n: p for n, p in network.named_parameters() if p.requires_grad}
    optimizer = torch.optim.AdamW(trained.values(), lr=arguments.rate, weight_decay=0.01)

    pairs = [signed(p, chance) for p in [*kept["lexical"], *kept["written"] * arguments.repeats]]
    pairs += kept["nli"]
    arguments.out.mkdir(parents=True, exist_ok=True)
    started = told = time.time()
    total = seen = 0.0
    network.train()
    for step, batch in enumerate(batches(pairs, 64, chance)):
        spent = (time.time() - started) / 60 / arguments.minutes
        for group in optimizer.param_groups:
            group["lr"] = arguments.rate * min(1.0, (step + 1) / 200) * max(
                0.02, 0.5 * (1 + math.cos(math.pi * min(spent, 1.0)))
            )  # fmt: skip
        logits = network(*to_pairs(tokenizer, [(one, two) for one, two, _ in batch]))
        labels = torch.tensor([label for _, _, label in batch])
        loss = F.cross_entropy(logits, labels, label_smoothing=0.05)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(trained.values(), 1.0)
        optimizer.step()
        total, seen = total + loss.item() * len(batch), seen + len(batch)
        if time.time() - told > 240 or spent >= 1:
            print(f"{spent * arguments.minutes:.1f} min, {step + 1} steps, {seen:.0f} pairs, "
                  f"loss {total / seen:.3f}", flush=True)  # fmt: skip
            for name, held in held_out.items():
                if held:
                    print(f"  {name}: {measure(network, tokenizer, held)}", flush=True)
            state = network.state_dict()
            save_file({n: state[n] for n in trained}, arguments.out / "comparer.safetensors")
            every = [pair for held in held_out.values() for pair in held]
            found = {"temperature": temperature(*logits_of(network, tokenizer, every))}
            (arguments.out / "comparer.json").write_text(json.dumps(found))
            print(f"  {found}", flush=True)
            told = time.time()
        if spent >= 1:
            return


if __name__ == "__main__":
    main()
