"""Unification of literals, word by word.

A variable stands for one or more words; the same variable always stands for the same words, as
far as lemmas tell.  Subject and predicate are unified separately, so a variable subject is
always the whole subject.  There are no nested terms: a variable never stands for words that
contain a variable, only for plain words or for exactly one other variable.
"""

from __future__ import annotations

from collections.abc import Iterator

from lambada_bc import wording
from lambada_bc.statements import Bindings, Literal
from lambada_bc.wording import Word

_Words = tuple[Word, ...]
_Bound = dict[str, _Words]


def unify(left: Literal, right: Literal) -> Bindings | None:
    """What the variables of two literals must stand for to make them equal, signs ignored.

    Among several ways, variables take the fewest words, the first variable first.  A variable
    of ``left`` that meets one of ``right`` is bound to it.  None: they cannot be made equal.

    ``(?1 chases ?2, the cat chases ?y) -> {"?1": "the cat", "?2": "?y"}``
    """
    if left.is_ground and right.is_ground:
        return {} if left.key == right.key else None
    return _unify(
        (wording.words(left.subject), wording.words(left.predicate)),
        (wording.words(right.subject), wording.words(right.predicate)),
    )


def match(pattern: Literal, instance: Literal) -> Bindings | None:
    """What the variables of ``pattern`` stand for in ``instance``, whose own stay as they are.

    ``(?x chases ?y, the cat chases ?x) -> {"?x": "the cat", "?y": "?x"}``
    """
    return _unify(
        (wording.words(pattern.subject), wording.words(pattern.predicate)),
        (_frozen(wording.words(instance.subject)), _frozen(wording.words(instance.predicate))),
    )


def _unify(left: tuple[_Words, _Words], right: tuple[_Words, _Words]) -> Bindings | None:
    for subject in _solutions(left[0], right[0], {}):
        rest = _resolve(left[1], subject), _resolve(right[1], subject)
        for bound in _solutions(*rest, subject):
            return {variable: wording.join(span) for variable, span in bound.items()}
    return None


def _frozen(words: _Words) -> _Words:
    """The same words, variables made plain words that keep their surface."""
    return tuple(
        Word(word.surface, f"={word.lemma}") if word.is_variable else word for word in words
    )


def _solutions(left: _Words, right: _Words, bound: _Bound) -> Iterator[_Bound]:
    """Every way to make both word sequences equal, fewest words per variable first."""
    if not left or not right:
        if not left and not right:
            yield bound
        return
    head, other = left[0], right[0]
    if head.lemma == other.lemma:
        yield from _solutions(left[1:], right[1:], bound)
    elif head.is_variable:
        for span in _spans(right):
            yield from _bind(head, span, left[1:], right[len(span) :], bound)
    elif other.is_variable:
        for span in _spans(left):
            yield from _bind(other, span, left[len(span) :], right[1:], bound)


def _bind(
    variable: Word, span: _Words, left: _Words, right: _Words, bound: _Bound
) -> Iterator[_Bound]:
    """Go on with the rest of both sequences after a variable was given its words."""
    new = {variable.lemma: span}
    extended = {name: _resolve(words, new) for name, words in bound.items()} | new
    yield from _solutions(_resolve(left, new), _resolve(right, new), extended)


def _resolve(words: _Words, bound: _Bound) -> _Words:
    """Replace bound variables by their words."""
    return tuple(part for word in words for part in bound.get(word.lemma, (word,)))


def _spans(words: _Words) -> Iterator[_Words]:
    """What a variable may stand for at the head of ``words``: a variable, or plain words."""
    if words[0].is_variable:
        yield words[:1]
        return
    for end, word in enumerate(words, start=1):
        if word.is_variable:
            return
        yield words[:end]
