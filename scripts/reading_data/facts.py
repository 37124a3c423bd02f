"""Phrasings of facts."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from scripts.reading_data.example import Example, Said, Triple, listed, sentence, triple
from scripts.reading_data.phrases import Phrase, Phrases, article, base, finite, gerund

_INTROS = ("it is true that", "in fact,", "everyone knows that", "as far as anyone can tell,", "there is no doubt that",
           "according to the records,", "we know that", "I am sure that", "it is a fact that", "of course,",
           "it turns out that", "the report says that", "people agree that", "needless to say,", "nobody doubts that",
           "as we all know,", "it is well known that", "I heard that", "note that", "clearly,", "it so happens that",
           "at the moment,", "these days", "by all accounts,", "I have seen that", "remember that", "for the record,",
           "rumour has it that", "it has been established that", "most people would say that", "today")  # fmt: skip
_DENIALS = ("it is not the case that", "it is not true that", "it is false that", "nobody can say that",
            "it is wrong to say that", "it would be a lie to say that", "there is no way that", "I deny that",
            "it isn't true that", "it is simply untrue that", "one cannot say that")  # fmt: skip
_TAILS = (", without a doubt", ", as everyone knows", ", in fact", ", of course", ", they say", " at all times",
          ", I believe", ", for sure", " as well", ", apparently", ", I am told")  # fmt: skip
_PEOPLE = ("person", "guy", "fellow", "individual", "one")


class Facts:
    """Draws facts."""

    def __init__(self, phrases: Phrases, chance: random.Random) -> None:
        self.p, self.c = phrases, chance

    def _sign(self, negative: float = 0.3) -> bool:
        return self.c.random() >= negative

    def _said(self, subject: str, phrases: list[tuple[Phrase, bool]]) -> tuple[Said, ...]:
        return tuple(Said((), triple(subject, p.canonical, s)) for p, s in phrases)

    def _finite(
        self, phrase: Phrase, positive: bool, *, many: bool = False, plain: bool = False
    ) -> str:
        return finite(phrase, positive, self.c, many=many, plain=plain)

    def simple(self) -> Example:
        """One statement, plain or with an introduction."""
        c, subject, phrase = self.c, self.p.subject(), self.p.phrase()
        roll = c.random()
        if roll < 0.15:
            positive = c.random() < 0.15
            text = (
                f"{c.choice(_DENIALS)} {subject} {self._finite(phrase, not positive, plain=True)}"
            )
            return Example(sentence(text), self._said(subject, [(phrase, positive)]), "denied")
        positive = self._sign()
        text = f"{subject} {self._finite(phrase, positive)}"
        if roll < 0.35:
            text = f"{c.choice(_INTROS)} {text}"
        elif roll < 0.42:
            text += c.choice(_TAILS)
        return Example(sentence(text), self._said(subject, [(phrase, positive)]), "simple fact")

    def passive(self) -> Example:
        """``The cat is chased by the dog.``"""
        agent, patient, verb = self.p.subject(), self.p.subject(), self.p.lexicon.transitive()
        positive = self._sign()
        form = self.c.choice(("is", "was", "has been", "is often", "will be") if positive
                             else ("is not", "was not", "isn't", "has never been", "is never", "has not been"))  # fmt: skip
        text = f"{patient} {form} {verb.participle} by {agent}"
        return Example(
            sentence(text),
            (Said((), triple(agent, f"{verb.base} {patient}", positive)),),
            "passive",
        )

    def several(self) -> Example:
        """Two to four things said of one subject."""
        c, subject = self.c, self.p.subject()
        count = c.choice((2, 2, 2, 3, 3, 4))
        phrases = [(self.p.phrase(), self._sign(0.25)) for _ in range(count)]
        said = self._said(subject, phrases)
        words = [self._finite(p, s) for p, s in phrases]
        way = c.randrange(9)
        pronoun = c.choice(("he", "she", "it", "they"))
        many = pronoun == "they"
        later = [self._finite(p, s, many=many) for p, s in phrases[1:]]
        if way == 0:
            text = f"{subject} {listed(words, c.choice(('and', 'and', 'but')))}"
        elif way == 1:
            text = f"{subject}, who {listed(words[:-1])}, {words[-1]}"
        elif way == 2:
            text = f"{subject} {words[0]}. " + " ".join(sentence(f"{pronoun} {w}") for w in later)
        elif way == 3:
            text = f"{subject} {words[0]} {c.choice((', and', ', but', ';', ', yet', 'and'))} {pronoun} {listed(later)}"
        elif way == 4:
            text = f"{subject} {words[0]}, {c.choice(('and', 'but', 'while', 'though'))} {pronoun} {listed(later)}"
        elif way == 5:
            text = f"{c.choice(('although', 'while', 'even though', 'since', 'because', 'as'))} {subject} {words[0]}, {pronoun} {listed(later)}"
        elif way == 6:
            text = f"{subject} {words[0]}. {c.choice(('Moreover,', 'Also,', 'In addition,', 'However,', 'Besides,'))} {pronoun} {listed(later)}"
        elif way == 7:
            text = (
                f"{subject} not only {words[0]} but also {listed(words[1:])}"
                if phrases[0][1]
                else f"{subject} {listed(words)}"
            )
        else:
            text = f"we know two things about {subject}: {pronoun} {listed([*later, self._finite(*phrases[0], many=many)])}"
            said = said[1:] + said[:1]
        return Example(sentence(text), said, f"several {way}")

    def attributes(self) -> Example:
        """Lists of adjectives, in the ways people string them."""
        c, subject = self.c, self.p.subject()
        names = list(
            dict.fromkeys(self.p.lexicon.adjective() for _ in range(c.choice((1, 2, 2, 3, 3, 4))))
        )
        said = tuple(Said((), triple(subject, f"is {a}", True)) for a in names)
        other = self.p.lexicon.adjective()
        pronoun = c.choice(("he", "she"))
        his = {"he": "his", "she": "her"}[pronoun]
        head = c.choice(_PEOPLE)
        joined, first = listed(names), names[0]
        rest = listed(names[1:]) if names[1:] else ""
        plain = [
            f"{subject} is {joined}",
            f"{subject} is {', '.join(names)}",
            f"{subject} is {' and '.join(names)}",
            f"{subject} is {article(first)} {', '.join(names)} {head}",
            f"{subject} is {article(first)} {' and '.join(names)} {head}",
            f"{', '.join(names)} {subject.removeprefix('the ')} is well known around here",
            f"{his} friends call {subject} {joined}",
            f"people describe {subject} as {joined}",
            f"{subject} is known for being {joined}",
            f"everyone thinks of {subject} as {joined}",
            f"you could call {subject} {joined}",
            f"{subject} is what most people would call {joined}",
            f"{subject} has a reputation for being {joined}",
            f"{subject}, being {joined}, is easy to recognise",
            f"if you meet {subject}, you will notice that {pronoun} is {joined}",
            f"{subject} has always been {joined}",
            f"{subject} is the sort of {head} who is {joined}",
            f"{subject} comes across as {joined}",
            f"to be {joined} is in {subject}'s nature",
            f"one look at {subject} and you know {pronoun} is {joined}",
            f"that {head} {subject} sure is {joined}",
            f"{subject} was born {joined} and stayed that way",
        ]
        if rest:
            plain += [
                f"{subject} is {first} and {pronoun} is also {rest}",
                f"{subject} is {first}, but {pronoun} is {rest} too",
                f"{subject} may be {first} but {pronoun} is also {rest}",
                f"{first}, {rest}, that is {subject}",
                f"despite being {first}, {subject} is {rest}",
                f"for {article(first)} {first} {head}, {subject} is rather {rest}",
                f"{subject} is {first}. {pronoun.capitalize()} is {rest}, too",
                f"{subject}, who is {first}, is {rest}",
                f"the {first} {subject.removeprefix('the ')} is {rest}",
                f"besides being {first}, {subject} is {rest}",
                f"{subject}'s friends know {pronoun} is {first}. They also think {pronoun} is {rest}",
                f"apart from being {first}, {subject} is also {rest}",
                f"{subject} is {first} as well as {rest}",
                f"both {first} and {rest} describe {subject}",
                f"{subject} is {first} yet {rest}",
            ]
        text = c.choice(plain)
        extra: tuple[Said, ...] = ()
        if c.random() < 0.2 and text.startswith(f"{subject} is") and "." not in text:
            text += c.choice(
                (
                    f", but not {other}",
                    f" and not {other}",
                    f", though {pronoun} isn't {other}",
                    f" but {pronoun} is not {other}",
                )
            )
            extra = (Said((), triple(subject, f"is {other}", False)),)
        if text.startswith("the ") and subject not in text:
            said = tuple(
                Said((), triple(f"the {s.consequent[0].removeprefix('the ')}", *s.consequent[1:]))
                for s in said
            )
        return Example(sentence(text), said + extra, "attributes")

    def nominal(self) -> Example:
        """``Bob is a big dog``, ``X, a kind teacher, …``"""
        c, subject, noun = self.c, self.p.subject(), self.p.lexicon.noun()
        adjective, phrase, positive = self.p.lexicon.adjective(), self.p.phrase(), self._sign()
        said: list[Triple] = [triple(subject, self.p.member(noun).canonical, True)]
        words = self._finite(phrase, positive)
        way = c.randrange(5)
        modified = f"{article(adjective)} {adjective} {noun.one}"
        if way == 0:
            text, said = f"{subject} is {modified}", [triple(subject, f"is {modified}", True)]
        elif way == 1:
            if c.random() < 0.4:
                member, said = modified, [triple(subject, f"is {modified}", True)]
            else:
                member = f"{article(noun.one)} {noun.one}"
            text = f"{subject}, {member}, {words}"
            said.append(triple(subject, phrase.canonical, positive))
        elif way == 2:
            text = f"{subject} is {modified} that {words}"
            said = [
                triple(subject, f"is {modified}", True),
                triple(subject, phrase.canonical, positive),
            ]
        elif way == 3:
            text = f"{subject} is {article(noun.one)} {noun.one} and {words}"
            said.append(triple(subject, phrase.canonical, positive))
        else:
            text = f"as {article(noun.one)} {noun.one}, {subject} {words}"
            said.append(triple(subject, phrase.canonical, positive))
        return Example(sentence(text), tuple(Said((), t) for t in said), "nominal")

    def together(self) -> Example:
        """One thing said of two subjects, or of neither."""
        c, one, two, phrase = self.c, self.p.subject(), self.p.subject(), self.p.phrase()
        while phrase.noun or phrase.target:
            phrase = self.p.phrase()
        positive = self._sign(0.2)
        way = c.randrange(4)
        if way == 0:
            text = f"{one} and {two} {self._finite(phrase, positive, many=True)}"
        elif way == 1:
            text = (
                f"{one} {self._finite(phrase, positive, plain=True)}, and so does {two}"
                if positive and phrase.kind == "verb" and not phrase.modal
                else f"both {one} and {two} {self._finite(phrase, positive, many=True)}"
            )
        elif way == 2:
            text, positive = (
                f"neither {one} nor {two} {self._finite(phrase, True, plain=True)}",
                False,
            )
        else:
            text = f"{one} {self._finite(phrase, positive)}, and {two} {self._finite(phrase, positive)}"
        said = tuple(Said((), triple(s, phrase.canonical, positive)) for s in (one, two))
        return Example(sentence(text), said, "together")

    def neither(self) -> Example:
        """``X is neither big nor red.``"""
        c, subject = self.c, self.p.subject()
        one, two = self.p.phrase(), self.p.phrase()
        if c.random() < 0.6:
            one, two = self.p.adjective(), self.p.adjective()
            text = c.choice((f"{subject} is neither {one.rest} nor {two.rest}", f"{subject} is not {one.rest} or {two.rest}",
                             f"{subject} isn't {one.rest}, nor is it {two.rest}", f"{subject} is not {one.rest} and not {two.rest}"))  # fmt: skip
        else:
            text = f"{subject} neither {self._finite(one, True, plain=True)} nor {self._finite(two, True, plain=True)}"
        return Example(sentence(text), self._said(subject, [(one, False), (two, False)]), "neither")

    def owner(self) -> Example:
        """Relations worded from either end: ``Ana's sister is Bea``."""
        c, one, two, noun = (
            self.c,
            self.p.name(),
            self.p.name(),
            self.p.lexicon.noun(person=True).one,
        )
        positive = self._sign(0.15)
        be = "is" if positive else c.choice(("is not", "isn't"))
        text = c.choice((f"{two}'s {noun} {be} {one}", f"{one} {be} {two}'s {noun}", f"the {noun} of {two} {be} {one}",
                         f"{one} {be} the {noun} of {two}"))  # fmt: skip
        return Example(
            sentence(text), (Said((), triple(one, f"is {noun} of {two}", positive)),), "owner"
        )

    def has_as(self) -> Example:
        """Universal facts: ``Everything is red.``"""
        c, phrase = self.c, self.p.phrase()
        positive = self._sign(0.3)
        if positive:
            text = f"{c.choice(('everything', 'everyone', 'everybody', 'each one', 'every single person', 'anyone'))} {self._finite(phrase, True)}"
        else:
            text = f"{c.choice(('nothing', 'nobody', 'no one', 'not a single person'))} {self._finite(phrase, True)}"
        return Example(
            sentence(text), (Said((), triple("?x", phrase.canonical, positive)),), "universal"
        )

    def denied_twice(self) -> Example:
        """A denial of what denies: ``Ana does not lack a badge``, ``Bo is not unable to swim``."""
        c, subject = self.c, self.p.subject()
        kind = c.choice(("have", "verb", "can", "be"))
        if kind == "have":
            phrase = self.p.have()
            said = c.choice(("does not lack", "doesn't lack", "is not without", "is not lacking",
                             "has never lacked", "isn't without"))  # fmt: skip
            text = f"{said} {phrase.rest}"
        elif kind == "be":
            phrase = self.p.adjective()
            said = c.choice(("is not not", "is anything but not", "cannot be said not to be",
                             "never fails to be", "does not fail to be"))  # fmt: skip
            text = f"{said} {phrase.rest}"
        else:
            verb = self.p.verb()
            phrase = replace(verb, modal="can") if kind == "can" else verb
            can = ("is not unable to", "isn't unable to", "is by no means unable to",
                   "is not incapable of", "is not forbidden to")  # fmt: skip
            does = ("never fails to", "does not fail to", "did not fail to", "does not refrain from",
                    "does not neglect to")  # fmt: skip
            said = c.choice(can if kind == "can" else does)
            text = f"{said} {gerund(verb) if said.endswith(('of', 'from')) else base(verb)}"
        return Example(
            sentence(f"{subject} {text}"), self._said(subject, [(phrase, True)]), "denied twice"
        )

    def draw(self) -> Example:
        """Any of them."""
        makers: tuple[Callable[[], Example], ...] = (self.simple, self.passive, self.several, self.attributes,
                                                     self.nominal, self.together, self.neither, self.owner, self.has_as,
                                                     self.denied_twice)  # fmt: skip
        return self.c.choices(makers, (10, 1.5, 5, 5, 2, 1.5, 1, 1, 0.5, 1))[0]()
