"""Inference in 8 bits: near to the networks as trained, and the same in every batch."""

from __future__ import annotations

import random

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lambada_bc.modules.compact.comparer import ComparerNetwork, load_comparer
from lambada_bc.modules.compact.decoding import read_texts
from lambada_bc.modules.compact.encoder import encoder_of
from lambada_bc.modules.compact.int8 import PADDED, Int8Linear, products, quantized, to_int8
from lambada_bc.modules.compact.network import ReaderConfig, ReaderNetwork
from lambada_bc.modules.compact.tokenizer import load_tokenizer, to_pairs
from lambada_bc.modules.compact.weights import load_part, vocabulary_lines
from lambada_bc.wording import tokenize
from scripts.reading_data.pairs import grouped, statement
from scripts.reading_data.written import FOLDER, read_written

SENTENCES = [tokenize(one.text) for one in list(read_written())[::180]]
PAIRS = [
    (statement(one), statement(two))
    for file in sorted(FOLDER.glob("*.groups"))
    for _, group in list(grouped([file]))[:6]
    for one, two, _ in group[:2]
]


@pytest.fixture(autouse=True)
def _threads():
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)


@given(st.integers(1, 40), st.sampled_from((32, 384, 1536)), st.integers(0, 2**31))
@settings(max_examples=30, deadline=None)
def test_products_of_whole_numbers_are_exact(rows: int, width: int, seed: int) -> None:
    torch.manual_seed(seed)
    left = torch.randint(-127, 128, (rows, width), dtype=torch.int8)
    right = torch.randint(-127, 128, (48, width), dtype=torch.int8)
    exact = (left.double() @ right.T.double()).float()
    assert torch.equal(products(left, right), exact)
    assert torch.equal(products(left, right.float()), exact), "as on processors without 8 bits"


@given(st.integers(0, 2**31), st.floats(1e-3, 1e3))
@settings(max_examples=30, deadline=None)
def test_rounding_errs_by_half_a_step(seed: int, size: float) -> None:
    torch.manual_seed(seed)
    rows = size * torch.randn(5, 64)
    whole, scale = quantized(rows)
    assert ((whole * scale - rows).abs() <= 0.501 * scale).all()


def test_a_layer_is_near_the_one_in_32_bits() -> None:
    torch.manual_seed(0)
    layer = torch.nn.Linear(384, 96)
    states = torch.randn(3, 7, 384)
    exact, found = layer(states), Int8Linear(layer.weight, layer.bias)(states)
    assert found.shape == exact.shape
    assert (found - exact).norm() < 0.02 * exact.norm()


def networks() -> tuple[ReaderNetwork, ComparerNetwork, list[str]]:
    """The shipped networks in 32 bits, and the reader's closed list."""
    description, weights = load_part("reader")
    _, own = load_part("comparer")
    config = ReaderConfig(**description["config"])
    reader, comparer = ReaderNetwork(config), ComparerNetwork(config)
    reader.load_state_dict(weights)
    shared = {f"encoder.{name}": tensor for name, tensor in encoder_of(weights).items()}
    comparer.load_state_dict(shared | own)
    return reader.eval(), comparer.eval(), description["closed"]


def test_readings_and_comparisons_are_those_of_32_bits() -> None:
    """Parity with the networks as trained: nearly all readings, and probabilities nearly."""
    tokenizer = load_tokenizer(vocabulary_lines())
    reader, comparer, names = networks()
    read = [one.clauses for one in read_texts(reader, tokenizer, names, SENTENCES)]
    with torch.inference_mode():
        exact = comparer(*to_pairs(tokenizer, PAIRS)).softmax(1)
        found = to_int8(comparer)(*to_pairs(tokenizer, PAIRS, PADDED)).softmax(1)
    to_int8(reader.encoder)
    again = [one.clauses for one in read_texts(reader, tokenizer, names, SENTENCES)]
    assert len(SENTENCES) > 30
    assert sum(map(tuple.__eq__, read, again)) >= 0.9 * len(SENTENCES)
    assert len(PAIRS) > 150
    assert (found - exact).abs().mean() < 0.015
    assert (found.argmax(1) == exact.argmax(1)).float().mean() > 0.97


def test_what_stands_beside_it_changes_nothing() -> None:
    """The same alone, several tokens at a time, and in any batch, with one thread and with two."""
    tokenizer = load_tokenizer(vocabulary_lines())
    reader, _, names = networks()
    to_int8(reader.encoder)
    comparer = load_comparer()
    shuffled = random.Random(0).sample(range(len(PAIRS)), len(PAIRS))
    torch.set_num_threads(1)
    alone = [comparer._compare([pair])[0] for pair in PAIRS[:60]]
    read_alone = [read_texts(reader, tokenizer, names, [one])[0] for one in SENTENCES]
    torch.set_num_threads(2)
    together = comparer._compare([PAIRS[place] for place in shuffled])
    read_together = read_texts(reader, tokenizer, names, SENTENCES)
    assert alone == [together[shuffled.index(place)] for place in range(60)]
    assert [one.clauses for one in read_alone] == [one.clauses for one in read_together]
    assert [one.probability for one in read_alone] == pytest.approx(
        [one.probability for one in read_together], rel=1e-5
    )
