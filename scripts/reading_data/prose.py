"""Longer and freer phrasings, as manuals, notices and people's stories have them."""

from __future__ import annotations

import random
from collections.abc import Callable

from scripts.reading_data.example import Example, Said, listed, sentence, triple
from scripts.reading_data.phrases import Phrase, Phrases, article, base, finite, gerund

_ASIDES = (", as we all know,", ", oddly enough,", ", of course,", ", as the notice says,", ", to be fair,",
           ", as you might expect,", ", whatever people say,", ", I must say,", ", by the way,")  # fmt: skip
_NEVER = ("under no circumstances may", "never may", "at no time may", "on no account may", "in no case may",
          "not once can")  # fmt: skip


class Prose:
    """Draws free phrasings of facts and rules."""

    def __init__(self, phrases: Phrases, chance: random.Random) -> None:
        self.p, self.c = phrases, chance

    def _sign(self, negative: float = 0.2) -> bool:
        return self.c.random() >= negative

    def _vp(self, phrase: Phrase, positive: bool, many: bool = False) -> str:
        return finite(phrase, positive, self.c, many=many)

    def _active(self) -> Phrase:
        """A phrase without a modal."""
        while (phrase := self.p.phrase()).modal:
            pass
        return phrase

    def inverted(self) -> Example:
        """``Under no circumstances may a guest open the door.``"""
        c, noun, phrase = self.c, self.p.lexicon.noun(), self._active()
        body = [triple("?x", f"is {article(noun.one)} {noun.one}", True)]
        who = f"{c.choice((article(noun.one), 'any'))} {noun.one}"
        if c.random() < 0.5:
            condition, positive = self.p.phrase(), self._sign()
            who += f" {'who' if noun.person else 'that'} {self._vp(condition, positive)}"
            body.append(triple("?x", condition.canonical, positive))
        text = f"{c.choice(_NEVER)} {who} {base(phrase)}"
        return Example(
            sentence(text),
            (Said(tuple(body), triple("?x", f"can {_base(phrase)}", False)),),
            "inverted never",
        )

    def to_be_done(self) -> Example:
        """``Coats are to be left outside``, ``the key is not to be lent``"""
        c, verb = self.c, self.p.lexicon.transitive()
        tail = (
            f" {c.choice(('in', 'at', 'on', 'after', 'before', 'with', 'without', 'near'))} {self.p.noun_phrase()}"
            if c.random() < 0.5
            else ""
        )
        positive = c.random() < 0.5
        said = f"{'must' if positive else 'can'} be {verb.participle}{tail}"
        nots = "" if positive else "not "
        if c.random() < 0.6:
            noun = self.p.lexicon.noun()
            body = (triple("?x", f"is {article(noun.one)} {noun.one}", True),)
            text = (
                f"{c.choice(('', 'all '))}{noun.many} are {nots}to be {verb.participle}{tail}"
                if c.random() < 0.6
                else f"{c.choice(('every', 'any', 'each'))} {noun.one} is {nots}to be {verb.participle}{tail}"
            )
            return Example(
                sentence(text), (Said(body, triple("?x", said, positive)),), "to be done"
            )
        subject = self.p.subject()
        text = f"{subject} is {nots}to be {verb.participle}{tail}"
        return Example(sentence(text), (Said((), triple(subject, said, positive)),), "to be done")

    def gerund_subject(self) -> Example:
        """``Losing a key gets you banned.``"""
        c, phrase = self.c, self._active()
        positive = self._sign(0.15)
        doing = gerund(phrase) if positive else f"not {gerund(phrase)}"
        verb, other = self.p.lexicon.transitive(), self.p.adjective()
        way = c.randrange(4)
        you = c.choice(("you", "a person", "anyone", "someone", "people"))
        if way == 0:
            text, head = f"{doing} gets {you} {verb.participle}", f"is {verb.participle}"
        elif way == 1:
            text, head = f"{doing} makes {you} {other.rest}", f"is {other.rest}"
        elif way == 2:
            result = self._active()
            text, head = f"{doing} allows {you} to {base(result)}", f"can {_base(result)}"
        else:
            result = self._active()
            text, head = (
                f"by {doing}, {c.choice(('you', 'people'))} {self._vp(result, True, many=True)}",
                result.canonical,
            )
        return Example(
            sentence(text),
            (Said((triple("?x", phrase.canonical, positive),), triple("?x", head, True)),),
            "gerund subject",
        )

    def whose(self) -> Example:
        """``Anyone whose card is lost must pay``"""
        c, thing = self.c, self.p.lexicon.noun(person=False)
        noun = self.p.lexicon.noun() if c.random() < 0.5 else None
        condition, result = self.p.phrase(), self.p.phrase()
        positive, signed = self._sign(), self._sign()
        who = (
            f"{c.choice((article(noun.one), 'any', 'every'))} {noun.one}"
            if noun
            else c.choice(("anyone", "anybody", "everyone", "a person", "those"))
        )
        many = who == "those"
        text = f"{who} whose {thing.one} {self._vp(condition, positive)} {self._vp(result, signed, many)}"
        if c.random() < 0.3:
            text = f"if someone's {thing.one} {self._vp(condition, positive)}, they {self._vp(result, signed, True)}"
            noun = None
        body = [triple("?x", f"is {article(noun.one)} {noun.one}", True)] if noun else []
        body.append(triple(f"?x's {thing.one}", condition.canonical, positive))
        return Example(
            sentence(text), (Said(tuple(body), triple("?x", result.canonical, signed)),), "whose"
        )

    def two_classes_are(self) -> Example:
        """``Cats and dogs are animals``, ``neither a fork nor a spoon may …``"""
        c, one, two = self.c, self.p.lexicon.noun(), self.p.lexicon.noun()
        result, signed = (
            (self.p.member(), True) if c.random() < 0.4 else (self.p.phrase(), self._sign())
        )
        if result.noun:
            text = f"{c.choice(('', 'both '))}{one.many} and {two.many} are {c.choice(('', 'all '))}{result.noun.many}"
        elif c.random() < 0.25:
            text, signed = (
                f"neither {one.many} nor {two.many} {self._vp(result, True, True)}",
                False,
            )
        else:
            text = (
                f"{one.many} and {two.many} {self._vp(result, signed, True)}"
                if c.random() < 0.6
                else f"{c.choice((article(one.one), 'any'))} {one.one} or {two.one} {self._vp(result, signed)}"
            )
        said = tuple(
            Said(
                (triple("?x", f"is {article(n.one)} {n.one}", True),),
                triple("?x", result.canonical, signed),
            )
            for n in (one, two)
        )
        return Example(sentence(text), said, "two classes are")

    def members(self) -> Example:
        """``Ana, Ben and Cy are nurses``, ``X is one of the nurses``"""
        c, noun = self.c, self.p.lexicon.noun()
        if c.random() < 0.35:
            subject = self.p.subject()
            text = (
                f"{subject} is one of {c.choice(('the', 'our', 'their'))} {noun.many}"
                if c.random() < 0.6
                else f"{subject} {c.choice(('counts as', 'works as', 'serves as', 'is regarded as', 'qualifies as'))} {article(noun.one)} {noun.one}"
            )
            return Example(
                sentence(text),
                (Said((), triple(subject, f"is {article(noun.one)} {noun.one}", True)),),
                "members",
            )
        names = [self.p.name() for _ in range(c.choice((2, 3, 3, 4)))]
        extra = self.p.adjective() if c.random() < 0.3 else None
        text = f"{listed(names)} are {extra.rest + ' ' if extra else ''}{noun.many}"
        said = []
        for name in names:
            kind = f"{extra.rest} {noun.one}" if extra else noun.one
            said.append(Said((), triple(name, f"is {article(kind)} {kind}", True)))
        return Example(sentence(text), tuple(said), "members")

    def counts_as(self) -> Example:
        """``A plot counts as wild if …``, ``To be a member, one must …``"""
        c, noun = self.c, self.p.lexicon.noun()
        condition, positive = self.p.phrase(), self._sign()
        target = self.p.adjective() if c.random() < 0.5 else self.p.member()
        phrase = c.choice(
            ("counts as", "is regarded as", "qualifies as", "is treated as", "is classed as")
        )
        it = c.choice(("it", "he", "she"))
        text = f"{c.choice((article(noun.one), 'any', 'every'))} {noun.one} {phrase} {target.rest} {c.choice(('if', 'when', 'once', 'as soon as', 'provided that'))} {it} {self._vp(condition, positive)}"
        body = (
            triple("?x", f"is {article(noun.one)} {noun.one}", True),
            triple("?x", condition.canonical, positive),
        )
        return Example(
            sentence(text), (Said(body, triple("?x", target.canonical, True)),), "counts as"
        )

    def story(self) -> Example:
        """A fact with an aside, a time, a clause of detail."""
        c, subject = self.c, self.p.subject()
        phrases = [(self.p.phrase(), self._sign()) for _ in range(c.choice((1, 1, 2)))]
        words = [self._vp(p, s) for p, s in phrases]
        if c.random() < 0.4:
            words[0] = words[0]
            text = f"{subject}{c.choice(_ASIDES)} {words[0]}"
        else:
            text = f"{c.choice(('this year', 'so far', 'right now', 'as of today', 'these days', 'luckily', 'unfortunately', 'for once', 'last spring', 'once again', 'just now'))}{c.choice((',', ''))} {subject} {words[0]}"
        if len(words) > 1:
            other = self.p.subject()
            if c.random() < 0.5:
                text += f"{c.choice((', and', ', but', ', while', '; still,', ', whereas'))} {other} {words[1]}"
                second = triple(other, phrases[1][0].canonical, phrases[1][1])
            else:
                text += f" {c.choice(('and', 'but', 'and therefore', 'yet'))} {words[1]}"
                second = triple(subject, phrases[1][0].canonical, phrases[1][1])
            said = (
                Said((), triple(subject, phrases[0][0].canonical, phrases[0][1])),
                Said((), second),
            )
        else:
            said = (Said((), triple(subject, phrases[0][0].canonical, phrases[0][1])),)
        return Example(sentence(text), said, "story")

    def with_class(self) -> Example:
        """Rules about a class with a second condition wedged in, and a reason."""
        c, noun = self.c, self.p.lexicon.noun()
        first, second, result = self.p.phrase(), self.p.phrase(), self.p.phrase()
        a, b, signed = self._sign(), self._sign(), self._sign()
        cls = triple("?x", f"is {article(noun.one)} {noun.one}", True)
        who = "who" if noun.person else c.choice(("that", "which"))
        way = c.randrange(4)
        if way == 0:
            text = f"{c.choice((article(noun.one), 'any', 'every'))} {noun.one} {who} {self._vp(first, a)}{c.choice((',', ''))} {c.choice(('and', 'but'))} {self._vp(second, b)}{c.choice((',', ''))} {self._vp(result, signed)}"
            body = [cls, triple("?x", first.canonical, a), triple("?x", second.canonical, b)]
        elif way == 1:
            text = f"{c.choice((article(noun.one), 'any', 'each'))} {noun.one} {self._vp(result, signed)}{c.choice((',', ''))} {c.choice(('provided', 'as long as', 'if', 'so long as', 'on condition that'))} it {self._vp(first, a)} and {self._vp(second, b)}"
            body = [cls, triple("?x", first.canonical, a), triple("?x", second.canonical, b)]
        elif way == 2:
            adjective = self.p.adjective()
            text = f"{c.choice(('', 'all ', 'most '))}{adjective.rest} {noun.many} {who} {self._vp(first, a, True)} {self._vp(result, signed, True)}"
            body = [triple("?x", adjective.canonical, True), cls, triple("?x", first.canonical, a)]
        else:
            adjective = self.p.adjective()
            text = f"{c.choice(('no', 'not one'))} {adjective.rest} {noun.one} {finite(result, True, c, plain=True)}"
            body, signed = [triple("?x", adjective.canonical, True), cls], False
        return Example(
            sentence(text),
            (Said(tuple(body), triple("?x", result.canonical, signed)),),
            "with class",
        )

    def draw(self) -> Example:
        """Any of them."""
        makers: tuple[Callable[[], Example], ...] = (self.inverted, self.to_be_done, self.gerund_subject, self.whose,
                                                     self.two_classes_are, self.members, self.counts_as, self.story, self.with_class)  # fmt: skip
        return self.c.choices(makers, (1, 1, 1, 1.5, 1.5, 1.5, 1, 4, 4))[0]()


def _base(phrase: Phrase) -> str:
    """The bare infinitive as the reader writes it."""
    head = {"be": "be", "have": "have"}.get(phrase.kind) or (
        phrase.verb.base if phrase.verb else ""
    )
    return f"{head} {phrase.target or phrase.rest}".strip()
