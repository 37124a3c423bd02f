"""Proofs to work on, found by the search on a small knowledge base."""

import pytest

from lambada_bc.knowledge_base import KnowledgeBase
from lambada_bc.modules.interface import Modules
from lambada_bc.proof import Proof
from lambada_bc.prover import prove
from lambada_bc.statements import Statement
from tests.plain_english import plain_modules

SENTENCES = (
    "Bob is big.",
    "Bob is not blue.",
    "Ana is kind.",
    "If someone is big then they are strong.",
    "If someone is strong and not blue then they are brave.",
    "If someone is brave and big then they are not shy.",
    "If someone is kind and calm then they are nice.",
)


@pytest.fixture(scope="session")
def modules() -> Modules:
    return plain_modules()


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    return KnowledgeBase(SENTENCES)


@pytest.fixture(scope="session")
def statements(base: KnowledgeBase, modules: Modules) -> tuple[Statement, ...]:
    return base.statements(modules.reader)


@pytest.fixture(scope="session")
def disproof(base: KnowledgeBase, modules: Modules) -> Proof:
    """Three rules deep, with a shared fact and a negation."""
    return prove("Bob is shy.", base, modules=modules)


@pytest.fixture(scope="session")
def open_question(base: KnowledgeBase, modules: Modules) -> Proof:
    """Unknown: one of two antecedents is missing."""
    return prove("Ana is nice.", base, modules=modules)


@pytest.fixture(scope="session")
def failure(base: KnowledgeBase, modules: Modules) -> Proof:
    """A negation that holds in a closed world only."""
    return prove("Ana is not big.", base, modules=modules, world="closed")
