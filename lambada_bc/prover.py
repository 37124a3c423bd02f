"""``prove`` and ``check``: from an English goal and a knowledge base to a checked proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from weakref import WeakKeyDictionary

from lambada_bc.errors import GoalError
from lambada_bc.knowledge_base import KnowledgeBase
from lambada_bc.modules.interface import ASKED, Compound, Modules, Reader, ReadsCompounds
from lambada_bc.modules.loading import load, reader_of
from lambada_bc.plain_text import goal_complaint, one_line
from lambada_bc.proof.check import check as compare
from lambada_bc.proof.proof import Proof
from lambada_bc.search import Budget, Sides, Strategy, Table, constants, search
from lambada_bc.search.table import Proposal
from lambada_bc.statements import (
    GOAL,
    Clause,
    Kind,
    Literal,
    Sentence,
    Statement,
    Verdict,
    World,
)

KnowledgeBaseLike = KnowledgeBase | str | Path | Iterable[str | Sentence]
"""A knowledge base, the path of one, or its sentences."""

MOST_GOALS = 5_000
"""Goals after which the judgements on them are forgotten, so that memory is bounded."""

_tables: WeakKeyDictionary[KnowledgeBase, tuple[int, dict[tuple[Modules, bool], Table]]] = (
    WeakKeyDictionary()
)


def prove(
    goal: str,
    kb: KnowledgeBaseLike,
    *,
    modules: str | Modules = "compact",
    strategy: Strategy = "best_first",
    world: World | str | None = None,
    sides: Sides = "first",
    max_depth: int | None = None,
    budget: Budget | None = None,
    threshold: float = 0.0,
) -> Proof:
    """Whether an English sentence follows from a knowledge base, with the proof.

    Args:
        goal: one declarative sentence.  Of one that says several things, joined by *and*, *or*
            or *if*, the whole is proved or disproved; a condition that it makes is supposed.
        kb: a knowledge base, the path of one, or its sentences.
        modules: what reads and compares sentences, by name or as built.
        strategy: ``"best_first"``, or ``"lambada"`` for the depth-first search of the paper.
        world: ``"open"`` or ``"closed"``; None takes the knowledge base's own.
        sides: ``"first"`` stops at the first proof; ``"both"`` looks for a proof of the goal
            and of its negation, and answers *contradicted* if it finds both.
        max_depth: the longest chain of rules; None for no limit (the paper's search has one).
        budget: what the search may spend; running out is an answer, not an error.
        threshold: the least probability of a verdict; a less probable one becomes *unknown*.

    Raises:
        GoalError: the goal is not one declarative sentence.
        KnowledgeBaseError: the knowledge base cannot be read.
        ModuleError: the modules cannot be loaded.
    """
    return prove_many(
        [goal],
        kb,
        modules=modules,
        strategy=strategy,
        world=world,
        sides=sides,
        max_depth=max_depth,
        budget=budget,
        threshold=threshold,
    )[0]


def prove_many(
    goals: Sequence[str],
    kb: KnowledgeBaseLike,
    *,
    modules: str | Modules = "compact",
    strategy: Strategy = "best_first",
    world: World | str | None = None,
    sides: Sides = "first",
    max_depth: int | None = None,
    budget: Budget | None = None,
    threshold: float = 0.0,
) -> list[Proof]:
    """One proof for each goal, as :func:`prove` gives it; the goals share batches and table.

    Raises what :func:`prove` raises; ``budget`` is for all goals together, and as much again for
    each goal that says several things.
    """
    asked = [_checked(goal) for goal in goals]
    modules, kb = _modules(modules), as_knowledge_base(kb)
    ask = partial(
        prove_literals,
        kb=kb,
        modules=modules,
        strategy=strategy,
        world=world,
        sides=sides,
        max_depth=max_depth,
        budget=budget,
        threshold=threshold,
    )
    compounds = _compounds(asked, modules.reader)
    single = [text for text in asked if text not in compounds]
    readings = modules.reader.read_goals(single) if single else []
    proofs = iter(ask([(t, *reading) for t, reading in zip(single, readings, strict=True)]))
    return [
        _prove_compound(text, compounds[text], ask) if text in compounds else next(proofs)
        for text in asked
    ]


def prove_literals(
    goals: Sequence[tuple[str, Literal, float]],
    kb: KnowledgeBaseLike,
    *,
    modules: str | Modules = "compact",
    strategy: Strategy = "best_first",
    world: World | str | None = None,
    sides: Sides = "first",
    max_depth: int | None = None,
    budget: Budget | None = None,
    threshold: float = 0.0,
    assumed: Sequence[Statement] = (),
) -> list[Proof]:
    """:func:`prove_many` for goals that are read already: text, literal, the reader's probability.

    ``assumed`` are statements that count besides those of the knowledge base.  Goals that are
    unknown when all was looked at are searched for again, over second readings too; ``budget`` is
    for each of the two searches.
    """
    modules, kb = _modules(modules), as_knowledge_base(kb)
    ask = partial(
        search,
        strategy=strategy,
        world=World(world) if world is not None else kb.world,
        sides=sides,
        max_depth=max_depth,
        budget=budget or Budget(),
    )
    found = ask(goals, _table(kb, modules, assumed))
    left = [place for place, proof in enumerate(found) if _is_left(proof)]
    if left and kb.has_guesses(modules.reader):
        table = _table(kb, modules, assumed, guessed=True)
        for place, again in zip(left, ask([goals[place] for place in left], table), strict=True):
            found[place] = _either(found[place], again)
    return [_doubted(_calibrated(proof, modules), threshold) for proof in found]


def _is_left(proof: Proof) -> bool:
    """Whether all was looked at and nothing settles the goal."""
    return proof.verdict is Verdict.UNKNOWN and proof.stopped != "budget"


def _either(first: Proof, again: Proof) -> Proof:
    """The second proof if it has an answer, else the first; with what both have cost."""
    told = again if again.verdict is not Verdict.UNKNOWN else first
    spent = first.statistics.plus(again.statistics)
    return told.model_copy(update={"statistics": spent})


def check(
    proof: Proof, kb: KnowledgeBaseLike, *, modules: str | Modules | None = None
) -> tuple[str, ...]:
    """What is wrong with a proof, one sentence each; nothing if it is valid.

    The proof is compared with the knowledge base as ``modules`` read it (None: those that made
    the proof), by :mod:`lambada_bc.proof.check`, which shares no code with the search.
    Raises what :func:`prove` raises, but for :class:`GoalError`.
    """
    reader, kb = _modules(modules or reader_of(proof.modules)).reader, as_knowledge_base(kb)
    return compare(proof, (*kb.statements(reader, guessed=True), *of_goal(proof, reader)))


def of_goal(proof: Proof, reader: Reader) -> tuple[Statement, ...]:
    """What a proof's goal itself tells of what is asked; nothing for a goal that says one thing.

    What it supposes counts for its proof only, not against it.
    """
    compound = None
    if proof.literal == ASKED:
        compound = _compounds([proof.goal], reader).get(proof.goal)
    if compound is None:
        return ()
    supposed = compound.supposed if proof.verdict is Verdict.PROVED else ()
    return _statements(proof.goal, compound.defined, supposed)


def _compounds(goals: Sequence[str], reader: Reader) -> dict[str, Compound]:
    """The goals that say more than one thing."""
    if not isinstance(reader, ReadsCompounds):
        return {}
    found = zip(goals, reader.read_compounds(goals), strict=True)
    return {text: compound for text, compound in found if compound is not None}


def _prove_compound(text: str, compound: Compound, ask: Callable[..., list[Proof]]) -> Proof:
    """A proof from what is known; failing that, one from what the goal supposes besides."""
    goal = [(text, ASKED, compound.probability)]
    (proof,) = ask(goal, assumed=_statements(text, compound.defined))
    if proof.verdict is Verdict.UNKNOWN and compound.supposed:
        (other,) = ask(goal, assumed=_statements(text, (), compound.supposed))
        if other.verdict is Verdict.PROVED:
            return other
    return proof


def _statements(
    text: str, defined: Sequence[Clause], supposed: Sequence[Clause] = ()
) -> tuple[Statement, ...]:
    """Clauses of a goal as statements, numbered alike whether or not both kinds are wanted."""
    sentence = Sentence(GOAL, text)
    return tuple(
        Statement(f"{GOAL}/{kind}{number}", sentence, clause)
        for kind, clauses in (("", defined), ("if ", supposed))
        for number, clause in enumerate(clauses, start=1)
    )


def _calibrated(proof: Proof, modules: Modules) -> Proof:
    """The proof with the probability that its verdict is right; its steps keep theirs."""
    if modules.calibration is None:
        return proof
    probability = modules.calibration(proof.verdict, proof.probability)
    return proof.model_copy(update={"probability": probability})


def _doubted(proof: Proof, threshold: float) -> Proof:
    """The proof, or *unknown* where the verdict is less probable than ``threshold``."""
    if proof.verdict is Verdict.UNKNOWN or proof.probability >= threshold:
        return proof
    reason = (
        f"a proof of “{proof.verdict}” has the probability {proof.probability:.2f}, "
        f"below the threshold of {threshold:g}"
    )
    return proof.model_copy(
        update={
            "verdict": Verdict.UNKNOWN,
            "steps": (),
            "reason": reason,
            "probability": 1 - proof.probability,
        }
    )


def _modules(modules: str | Modules) -> Modules:
    return load(modules) if isinstance(modules, str) else modules


def as_knowledge_base(kb: KnowledgeBaseLike) -> KnowledgeBase:
    """The knowledge base itself, or a new one of the file or the sentences."""
    if isinstance(kb, KnowledgeBase):
        return kb
    return KnowledgeBase.open(kb) if isinstance(kb, str | Path) else KnowledgeBase(kb)


def _checked(goal: str) -> str:
    """The goal on one line, or :class:`GoalError`."""
    text = one_line(goal)
    complaint = goal_complaint(text)
    if complaint is not None:
        shown = f"{text[:60]}…" if len(text) > 60 else text
        raise GoalError(f"The goal “{shown}” {complaint}; state one English sentence.")
    return text


def _table(
    kb: KnowledgeBase,
    modules: Modules,
    assumed: Sequence[Statement] = (),
    *,
    guessed: bool = False,
) -> Table:
    """The judgements kept for a knowledge base, dropped when it changes or they are many.

    With statements ``assumed`` the table is for one search only.
    """
    version, tables = _tables.get(kb, (kb.version, {}))
    if version != kb.version:
        tables = {}
    _tables[kb] = (kb.version, tables)
    statements = kb.statements(modules.reader, guessed=guessed)
    kept = tables.get((modules, guessed))
    if kept is None or len(kept) > MOST_GOALS:
        kept = Table(modules, kb.candidates(modules, guessed=guessed), constants(statements))
        tables[modules, guessed] = kept
    return _extended(kept, assumed, constants([*statements, *assumed])) if assumed else kept


def _extended(known: Table, assumed: Sequence[Statement], named: Sequence[str]) -> Table:
    """A table for one search, in which more statements are candidates for every goal."""
    more = sorted(assumed, key=lambda statement: (statement.sentence.text, statement.id))
    facts = tuple(one for one in more if one.kind is Kind.FACT)
    rules = tuple(one for one in more if one.kind is Kind.RULE)

    def candidates(goals: Sequence[Literal]) -> list[Proposal]:
        return [(stated + facts, others + rules) for stated, others in known.candidates(goals)]

    return Table(known.modules, candidates, named)
