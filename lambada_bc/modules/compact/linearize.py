"""Clauses as a flat sequence of tokens, the language that the reader's decoder writes.

``If Bob is big or red then he is kind but not blue.`` reads ::

    <rule> Bob <+> is big <or> <same> <+> is red <then> <same> <+> is kind <also> <same> <-> is
    blue <end>

A sign stands between subject and predicate, ``<same>`` for the subject of the literal before where
the sentence does not name it once more.  Two literals of which one holds, or one requires the
other, are told once and stand for all clauses that follow (see
:mod:`~lambada_bc.modules.compact.choices`)::

    <rule> Bob <+> is in <xor> <same> <+> is out <end>

Everything that is not a structure token is a word, either of the sentence (a copy) or of a short
closed list.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from lambada_bc import wording
from lambada_bc.modules.compact.choices import Choice, Conjunction, Link, either_way, put_together
from lambada_bc.statements import Clause, Kind, Literal

FACT, RULE, PLUS, MINUS, SAME = "<fact>", "<rule>", "<+>", "<->", "<same>"
AND, OR, THEN, ALSO, NEXT, END = "<and>", "<or>", "<then>", "<also>", "<;>", "<end>"
XOR, ONLY = "<xor>", "<only>"
STRUCTURE = (FACT, RULE, PLUS, MINUS, AND, OR, THEN, ALSO, NEXT, END, SAME, XOR, ONLY)

VARIABLES = ("?x", "?y", "?z")

HEADS = frozenset({"is", "has", "can", "must", "should", "be", "have"})
"""Words that literals begin with in this very form: they are written, never copied."""

_LINKS = {OR: Link.OR, XOR: Link.XOR, ONLY: Link.ONLY}
_NAMES = {link: token for token, link in _LINKS.items()}

Group = tuple[tuple[Conjunction, ...], tuple[Literal, ...]]
Told = list[str | Literal]


def _groups(clauses: Sequence[Clause]) -> list[Group]:
    """Put clauses together that share antecedents or consequents: (alternatives, consequents)."""
    groups: list[Group] = [((c.antecedents,), (c.consequent,)) for c in clauses]
    for _ in range(2):
        same_if = [(k, list(g)) for k, g in groupby(groups, key=lambda group: group[0])]
        groups = [(k, tuple(then for _, thens in g for then in thens)) for k, g in same_if]
        # A fact and a rule may conclude the same; only rules have alternatives to put together.
        same_then = [
            (thens, list(g))
            for (thens, _), g in groupby(groups, key=lambda g: (g[1], g[0] == ((),)))
        ]
        groups = [
            (tuple(dict.fromkeys(a for alternatives, _ in g for a in alternatives)), thens)
            for thens, g in same_then
        ]
    return groups


def _joined(parts: Sequence[Told], separator: str) -> Told:
    told: Told = []
    for number, part in enumerate(parts):
        told += [separator, *part] if number else part
    return told


def _conditions(alternatives: tuple[Conjunction, ...]) -> Told:
    if found := either_way(alternatives):
        shared, one, other = found
        parts: list[Told] = [[literal] for literal in shared]
        return _joined([*parts, [one, XOR, other]], AND)
    bodies = [_joined([[literal] for literal in body], AND) for body in alternatives]
    return _joined(bodies, OR)


def _told(group: Group) -> list[Told]:
    """One rule, or as many facts as there are."""
    alternatives, consequents = group
    conclusions: list[Told] = [[literal] for literal in consequents]
    if alternatives == ((),):
        return conclusions
    return [[*_conditions(alternatives), THEN, *_joined(conclusions, ALSO)]]


def _choice(choice: Choice) -> Told:
    pair: Told = [choice.one, _NAMES[choice.link], choice.other]
    body: Told = _joined([[literal] for literal in choice.body], AND)
    return [*body, THEN, *pair] if body else pair


def linearize(clauses: Sequence[Clause], sentence: Sequence[str] = ()) -> list[str]:
    """The tokens of one sentence's clauses, the last one ``<end>``.

    ``sentence`` is its words: a subject that they name again is told again.
    """
    rule = any(clause.antecedents for clause in clauses)
    parts: list[Told] = []
    for is_choice, run in groupby(put_together(clauses), lambda one: isinstance(one, Choice)):
        if is_choice:
            parts += [_choice(one) for one in run if isinstance(one, Choice)]
        else:
            ordinary = [one for one in run if isinstance(one, Clause)]
            parts += [told for group in _groups(ordinary) for told in _told(group)]
    return [RULE if rule else FACT, *_spelt(_joined(parts, NEXT), sentence), END]


def _spelt(told: Told, sentence: Sequence[str]) -> list[str]:
    """Literals as words, a subject that the literal before has too as ``<same>`` or named again."""
    tokens: list[str] = []
    lemmas = [wording.lemma(word) for word in sentence]
    before, place = "", 0
    for one in told:
        if isinstance(one, str):
            tokens.append(one)
            continue
        start, place = place, _place(one.predicate, lemmas, place)
        told_since = lemmas[start if start <= place else 0 : place]
        is_same = one.subject == before and not _names(told_since, one.subject)
        subject = [SAME] if is_same else wording.tokenize(one.subject)
        sign = PLUS if one.positive else MINUS
        tokens += [*subject, sign, *wording.tokenize(one.predicate)]
        before = one.subject
    return tokens


def _place(predicate: str, lemmas: Sequence[str], start: int) -> int:
    """Where the last word of a predicate stands, if possible after ``start``."""
    for word in reversed(wording.tokenize(predicate)):
        places = [at for at, lemma in enumerate(lemmas) if lemma == wording.lemma(word)]
        if places:
            return next((at for at in places if at > start), places[0])
    return start


def _names(lemmas: Sequence[str], subject: str) -> bool:
    """Whether these words name a subject."""
    named = " ".join(map(wording.lemma, wording.tokenize(subject)))
    return f" {named} " in f" {' '.join(lemmas)} "


def _split(tokens: Sequence[str], separator: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token == separator:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _with_subjects(tokens: Sequence[str]) -> list[str]:
    """The tokens with ``<same>`` replaced by the subject that it stands for."""
    told: list[str] = []
    subject: list[str] = []
    current: list[str] = []
    for token in tokens:
        if token == SAME:
            current = subject
            told += subject
            continue
        if token in (PLUS, MINUS):
            subject = current
        current = [] if token in STRUCTURE else [*current, token]
        told.append(token)
    return told


def _read_literal(tokens: Sequence[str]) -> Literal:
    at = next(place for place, token in enumerate(tokens) if token in (PLUS, MINUS))
    said = [word.lower() if word in ("A", "An", "The") else word for word in tokens[at + 1 :]]
    if len(said) > 1 and wording.lemma(said[0]) == "become":
        said[0] = "is"  # the reader copies the verb now and then; who became a judge is one
    return Literal(wording.untokenize(tokens[:at]), wording.untokenize(said), tokens[at] == PLUS)


def _read_conjunction(tokens: Sequence[str]) -> list[Conjunction]:
    """The conjunction, or both ways in which one of two literals holds and the other does not."""
    ways: list[Conjunction] = [()]
    for part in _split(tokens, AND):
        one, *others = [_read_literal(literal) for literal in _split(part, XOR)]
        choices: list[Conjunction] = [(one,)]
        if others:
            choices = [(one, others[0].negated()), (one.negated(), others[0])]
        ways = [(*way, *choice) for choice in choices for way in ways]
    return ways


def _read_group(group: Sequence[str]) -> list[Clause]:
    at = group.index(THEN) if THEN in group else -1
    bodies = (
        [way for body in _split(group[:at], OR) for way in _read_conjunction(body)]
        if at >= 0
        else [()]
    )
    heads = group[at + 1 :]
    link = next((token for token in heads if token in _LINKS), None)
    if link is None:
        literals = [_read_literal(literal) for literal in _split(heads, ALSO)]
        return [Clause(body, head) for body in bodies for head in literals]
    one, other = (_read_literal(literal) for literal in _split(heads, link)[:2])
    return [
        clause for body in bodies for clause in Choice(body, one, _LINKS[link], other).clauses()
    ]


def parse(tokens: Sequence[str]) -> tuple[Clause, ...]:
    """The clauses that well-formed tokens stand for: the inverse of :func:`linearize`."""
    groups = _split(_with_subjects(tokens[1:-1]), NEXT)
    return tuple(clause for group in groups for clause in _read_group(group))


class Grammar:
    """Which tokens may come next, so that whatever is decoded can be parsed.

    ``mark`` forces a fact or a rule; ``single`` allows one ground literal only (a goal).
    """

    def __init__(self, mark: Kind | None = None, *, single: bool = False) -> None:
        self._single = single
        self._starts = {None: (FACT, RULE), Kind.FACT: (FACT,), Kind.RULE: (RULE,)}[mark]
        self._kind = ""
        self._part = "start"
        self._length = 0
        self._has_subject = False
        self._joints: list[str] = []
        self._complete = False

    def advance(self, token: str) -> None:
        """Take one token that :meth:`allowed` permitted."""
        if token in (FACT, RULE):
            self._kind, self._part, self._length = token, "subject", 0
        elif token in (PLUS, MINUS):
            self._part, self._length, self._has_subject = "predicate", 0, True
        elif token == SAME:
            self._part = "same"
        elif token in STRUCTURE:
            self._part, self._length = "subject", 0
            if token == NEXT:
                self._complete = self._complete or self._is_rule
                self._joints = []
            else:
                self._joints.append(token)
        else:
            self._length += 1

    @property
    def _is_rule(self) -> bool:
        """Whether the group so far says more than a fact."""
        return THEN in self._joints or self._is_choice

    @property
    def _is_choice(self) -> bool:
        """Whether the group so far is two literals, one of which holds or requires the other."""
        return len(self._joints) == 1 and self._joints[0] in _LINKS

    @property
    def words_allowed(self) -> bool:
        """Whether a word may come next."""
        return self._part in ("subject", "predicate")

    @property
    def variables_allowed(self) -> bool:
        """Whether a variable may come next."""
        return self.words_allowed and not self._single

    def structure_allowed(self) -> tuple[str, ...]:
        """The structure tokens that may come next."""
        if self._part == "start":
            return self._starts
        if self._part == "same":
            return (PLUS, MINUS)
        if not self._length:
            is_new = self._part == "subject" and self._has_subject
            return (SAME,) if is_new else ()
        if self._part == "subject":
            return (PLUS, MINUS)
        if self._single:
            return (END,)
        if self._kind == FACT:
            return (NEXT, END)
        return self._after_literal()

    def _after_literal(self) -> tuple[str, ...]:
        """What may follow a whole literal of a rule."""
        if THEN in self._joints:
            heads = self._joints[self._joints.index(THEN) + 1 :]
            if not heads:
                return (ALSO, OR, XOR, ONLY, NEXT, END)
            return (ALSO, NEXT, END) if heads[0] == ALSO else (NEXT, END)
        if not self._joints:
            alone = (AND, OR, XOR, ONLY, THEN, NEXT)
            return (*alone, END) if self._complete else alone
        if self._joints[-1] == ONLY:
            return (NEXT, END)
        more = (AND, OR, THEN) if self._joints[-1] == XOR else (AND, OR, XOR, THEN)
        return (*more, NEXT, END) if self._is_choice else more
