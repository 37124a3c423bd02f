"""Phrasings with two things: rules with two variables, named objects, either/or, if and only if."""

from __future__ import annotations

import random
from collections.abc import Callable

from scripts.reading_data.example import Example, Said, Triple, flip, sentence, triple
from scripts.reading_data.phrases import Phrase, Phrases, article, base, finite

_OTHERS = (("someone", "that person"), ("something", "that thing"), ("another person", "that person"),
           ("someone else", "the other person"), ("something", "it"))  # fmt: skip


_NOT_BOTH = (
    ", but not both",
    " but not both",
    ", though never both",
    " (but not both)",
    ", not both",
)


class Relations:
    """Draws sentences that relate two things."""

    def __init__(self, phrases: Phrases, chance: random.Random) -> None:
        self.p, self.c = phrases, chance

    def _sign(self, negative: float = 0.2) -> bool:
        return self.c.random() >= negative

    def named_object(self) -> Example:
        """``If someone chases the cat and the cat is red then the cat likes them.``"""
        c, lexicon = self.c, self.p.lexicon
        thing, one, two = self.p.subject(), lexicon.transitive(), lexicon.transitive()
        phrase, positive, signed = self.p.phrase(), self._sign(), self._sign()
        who, them = c.choice(
            (
                ("someone", "them"),
                ("something", "it"),
                ("a person", "them"),
                ("anyone", "them"),
                ("something", "that thing"),
                ("somebody", "him"),
            )
        )
        do = f"does not {two.base}" if not signed else two.third
        middle = c.random() < 0.5
        extra = f" and {thing} {finite(phrase, positive, c, plain=True)}" if middle else ""
        body = [triple("?x", f"{one.base} {thing}", True)] + (
            [triple(thing, phrase.canonical, positive)] if middle else []
        )
        way = c.randrange(5)
        if way == 0:
            text = f"{c.choice(('if', 'when', 'whenever'))} {who} {one.third} {thing}{extra}{c.choice((' then ', ', '))}{thing} {do} {them}"
            head = triple(thing, f"{two.base} ?x", signed)
        elif way == 1:
            text = f"if {who} {one.third} {thing}{extra} then {thing} {finite(phrase2 := self.p.phrase(), signed, c, plain=True)}"
            head = triple(thing, phrase2.canonical, signed)
        elif way == 2:
            text = f"{thing} {do} anyone who {one.third} {thing}"
            body, head = body[:1], triple(thing, f"{two.base} ?x", signed)
        elif way == 3:
            other = self.p.subject()
            text = f"if {who} {one.third} {thing}{extra} then {c.choice(('it', 'they')) if who != 'a person' else 'they'} {do} {other}"
            text = text.replace("they does not", "they do not").replace(
                f"they {two.third}", f"they {two.base}"
            )
            head = triple("?x", f"{two.base} {other}", signed)
        else:
            text = f"everyone that {thing} {one.third} {finite(phrase, positive, c)}"
            body, head = (
                [triple(thing, f"{one.base} ?x", True)],
                triple("?x", phrase.canonical, positive),
            )
        return Example(sentence(text), (Said(tuple(body), head),), f"named object {way}")

    def named_conditions(self) -> Example:
        """``If Bob is big and Ana has a dog, then Bob sings.``"""
        c = self.c
        one, two = self.p.subject(), self.p.subject()
        parts = [
            (c.choice((one, two)), self.p.phrase(), self._sign())
            for _ in range(c.choice((1, 2, 2)))
        ]
        who = c.choice((one, two))
        phrase, positive = self.p.phrase(), self._sign(0.25)
        condition = " and ".join(f"{s} {finite(p, sign, c)}" for s, p, sign in parts)
        conclusion = f"{who} {finite(phrase, positive, c)}"
        text = (
            f"{c.choice(('if', 'when', 'once', 'provided that'))} {condition}{c.choice((', ', ' then ', ', then '))}{conclusion}"
            if c.random() < 0.75
            else f"{conclusion} {c.choice(('if', 'whenever', 'as long as', 'because', 'provided'))} {condition}"
        )
        if " because " in text:
            text = text.replace(" because ", " if ")
        body = tuple(triple(s, p.canonical, sign) for s, p, sign in parts)
        return Example(
            sentence(text),
            (Said(body, triple(who, phrase.canonical, positive)),),
            "named conditions",
        )

    def among_things(self) -> Example:
        """``If the bear sees the rabbit and the rabbit is cold then the tiger needs the bear.``"""
        c, lexicon = self.c, self.p.lexicon
        nouns = [self._definite() for _ in range(c.choice((2, 3, 3, 4)))]
        who = c.choice(("something", "someone", "somebody")) if c.random() < 0.3 else ""
        verbs = [lexicon.transitive() for _ in range(c.choice((1, 2, 3)))]
        pronoun = c.choice(("it", "that thing")) if who == "something" else "that person"

        def part(first: bool, about: str = "") -> tuple[str, Triple]:
            named, shown = about or c.choice(nouns), about
            if who and not about and (first or c.random() < 0.4):
                named, shown = "?x", who if first else pronoun
            positive = self._sign(0.15)
            if c.random() < 0.3:
                phrase = self.p.phrase()
                said = finite(phrase, positive, c, plain=True)
                return f"{shown or named} {said}", triple(named, phrase.canonical, positive)
            verb, other = c.choice(verbs), c.choice([n for n in nouns if n != named])
            does = verb.third if positive else f"does not {verb.base}"
            return f"{shown or named} {does} {other}", triple(
                named, f"{verb.base} {other}", positive
            )

        parts = [part(True)]
        for _ in range(c.choice((0, 1, 1, 2))):
            last = [n for n in nouns if f" {n} " in f" {parts[-1][1][1]} "]
            parts.append(part(False, last[0] if last and c.random() < 0.5 else ""))
        conclusion, head = part(False)
        condition = " and ".join(text for text, _ in parts)
        opening, middle = c.choice((("if", " then "), ("if", ", then "), ("if", ", "), ("when", ", "),
                                    ("whenever", ", "), ("once", ", ")))  # fmt: skip
        body = tuple(literal for _, literal in parts)
        if head in body:
            return self.among_things()
        text = f"{opening} {condition}{middle}{conclusion}"
        return Example(sentence(text), (Said(body, head),), "among things")

    def _definite(self) -> str:
        noun = self.p.lexicon.noun().one
        return (
            f"the {self.p.lexicon.adjective()} {noun}" if self.c.random() < 0.15 else f"the {noun}"
        )

    def two_classes(self) -> Example:
        """``If a server depends on a service and the service is down, the server is unavailable.``"""
        c, lexicon = self.c, self.p.lexicon
        one, two, verb = lexicon.noun(), lexicon.noun(), lexicon.transitive()
        condition, conclusion = self.p.phrase(), self.p.phrase()
        positive, signed = self._sign(), self._sign()
        first = triple("?x", f"is {article(one.one)} {one.one}", True)
        second = triple("?y", f"is {article(two.one)} {two.one}", True)
        link = triple("?x", f"{verb.base} ?y", True)
        said = triple("?y", condition.canonical, positive)
        a, b = f"{article(one.one)} {one.one}", f"{article(two.one)} {two.one}"
        way = c.randrange(6)
        its = finite(condition, positive, c, plain=True)
        head = triple("?x", conclusion.canonical, signed)
        does = finite(conclusion, signed, c)
        if way == 0:
            text = f"{c.choice(('if', 'when', 'whenever'))} {a} {verb.third} {b} and {c.choice(('the', 'that'))} {two.one} {its}, {c.choice(('', 'then '))}the {one.one} {does}"
            body = [first, link, second, said]
        elif way == 1:
            text = f"{c.choice((a, 'any ' + one.one, 'every ' + one.one))} that {verb.third} {b} that {its} {does}"
            body = [first, link, second, said]
        elif way == 2:
            text = f"if {a} {verb.third} {b}, the {two.one} {finite(conclusion, signed, c)}"
            body, head = [first, link, second], triple("?y", conclusion.canonical, signed)
        elif way == 3:
            text = f"{c.choice(('anyone who', 'whoever', 'anything that', 'everyone who'))} {verb.third} {b} {does}"
            body = [triple("?x", f"{verb.base} {b}", True)]
        elif way == 4:
            text = f"{c.choice((a, 'any ' + one.one, 'every ' + one.one))} {verb.participle} by {b} {does}"
            body = [first, triple(b, f"{verb.base} ?x", True)]
        else:
            text = f"{one.many} that {verb.base} {b} {finite(conclusion, signed, c, many=True)}"
            body = [first, triple("?x", f"{verb.base} {b}", True)]
        return Example(sentence(text), (Said(tuple(body), head),), f"two classes {way}")

    def two_people(self) -> Example:
        """``If one person helps another and the second is sick, …``"""
        c, lexicon = self.c, self.p.lexicon
        verb, other = lexicon.transitive(), lexicon.transitive()
        who, that = c.choice(_OTHERS)
        condition, conclusion = self.p.phrase(), self.p.phrase()
        positive, signed = self._sign(), self._sign()
        way = c.randrange(4)
        link, said = (
            triple("?x", f"{verb.base} ?y", True),
            triple("?y", condition.canonical, positive),
        )
        first = c.choice(("someone", "a person", "somebody", "something"))
        pronoun = "it" if first == "something" else "they"
        does = finite(conclusion, signed, c, many=pronoun == "they")
        head = triple("?x", conclusion.canonical, signed)
        if way == 0:
            text = f"if {first} {verb.third} {who} and {that} {finite(condition, positive, c, plain=True)}, then {pronoun} {does}"
            body = [link, said]
        elif way == 1:
            text = f"{c.choice(('anyone', 'everyone', 'a person', 'someone'))} who {verb.third} someone who {finite(condition, positive, c, plain=True)} {finite(conclusion, signed, c)}"
            body = [link, said]
        elif way == 2:
            text = f"if {first} {verb.third} {who}, then {that if that != 'it' else 'that thing'} {other.third if signed else 'does not ' + other.base} {'them' if first != 'something' else 'it'}"
            body, head = [link], triple("?y", f"{other.base} ?x", signed)
        else:
            text = f"if one {c.choice(('person', 'thing', 'one'))} {verb.third} another, the {c.choice(('first', 'former'))} {finite(conclusion, signed, c)}"
            body = [link]
            if c.random() < 0.5:
                text = text.replace("the first ", "the second ").replace(
                    "the former ", "the latter "
                )
                head = triple("?y", conclusion.canonical, signed)
        return Example(sentence(text), (Said(tuple(body), head),), f"two people {way}")

    def kinship(self) -> Example:
        """``The mother of someone's parent is their grandmother.``"""
        c, lexicon = self.c, self.p.lexicon
        one, two, three = (lexicon.noun(person=True).one for _ in range(3))
        way = c.randrange(4)
        if way == 0:
            text = f"{c.choice(('a person', 'someone'))} whose {one} {finite(p := self.p.phrase(), True, c, plain=True)} {finite(q := self.p.phrase(), True, c)}"
            said = Said(
                (triple("?y", f"is {one} of ?x", True), triple("?y", p.canonical, True)),
                triple("?x", q.canonical, True),
            )
        elif way == 1:
            text = f"if {c.choice(('someone', 'a person'))} is {article(one)} {one} of {c.choice(('someone', 'another person'))}, then {c.choice(('they are', 'that person is'))} {article(two)} {two}"
            said = Said(
                (triple("?x", f"is {one} of ?y", True),),
                triple("?x", f"is {article(two)} {two}", True),
            )
        elif way == 2:
            text = (
                f"the {one} of {c.choice(('someone', 'a person'))}'s {two} is {c.choice(('that person', 'their'))}".replace(
                    "is that person", "is that person's"
                ).replace("'s's", "'s")
                + f" {three}"
            )
            said = Said(
                (triple("?x", f"is {one} of ?y", True), triple("?y", f"is {two} of ?z", True)),
                triple("?x", f"is {three} of ?z", True),
            )
        else:
            text = f"if X is the {one} of Y, then Y is {article(two)} {two} of X"
            said = Said(
                (triple("?x", f"is {one} of ?y", True),), triple("?y", f"is {two} of ?x", True)
            )
            if c.random() < 0.7:
                text = (
                    f"anyone who is the {one} of {article(two)} {two} is {article(three)} {three}"
                )
                said = Said(
                    (
                        triple("?x", f"is {one} of ?y", True),
                        triple("?y", f"is {article(two)} {two}", True),
                    ),
                    triple("?x", f"is {article(three)} {three}", True),
                )
        return Example(sentence(text), (said,), f"kinship {way}")

    def _alternatives(self) -> tuple[Phrase, Phrase]:
        """Two phrases, often of one kind."""
        c, p = self.c, self.p
        return c.choice(
            (
                (p.phrase(), p.phrase()),
                (p.phrase(), p.phrase()),
                (p.verb(), p.verb()),
                (p.adjective(), p.adjective()),
                (p.member(), p.member()),
                (p.complement(), p.complement()),
                (p.adjective(), p.member()),
                (p.modal(), p.modal()),
            )
        )

    def _either(self, one: Phrase, two: Phrase, many: bool, plain: bool = False) -> str:
        """``is either big or red``, ``either sleeps or eats``, ``can either swim or dive``"""
        c = self.c
        first, second = (finite(p, True, c, plain=True, many=many) for p in (one, two))
        either = "" if plain else c.choice(("either ", "either ", ""))
        if one.kind == two.kind and one.modal == two.modal and c.random() < 0.75:
            if one.modal:
                head = finite(one, True, c, many=many).removesuffix(base(one))
                return f"{head}{either}{base(one)} or {base(two)}"
            if one.kind in ("be", "have"):
                head = first.removesuffix(one.rest)
                return f"{head}{either}{one.rest} or {two.rest}"
        return f"{either}{first} or {second}"

    def either_or(self) -> Example:
        """``Either A or B (but not both)`` as the rules that it amounts to."""
        c = self.c
        subject = self.p.subject()
        one, two = self._alternatives()
        exclusive = c.random() < 0.55
        roll = c.random()
        body: tuple[Triple, ...] = ()
        who = target = subject
        if roll < 0.2:
            noun = self.p.lexicon.noun()
            who, target = f"{c.choice(('every', 'each', 'any'))} {noun.one}", "?x"
            body = (triple("?x", f"is {article(noun.one)} {noun.one}", True),)
        elif roll < 0.35:
            who, target = c.choice(("a person", "everyone", "everything", "anyone")), "?x"
        a, b = triple(target, one.canonical, True), triple(target, two.canonical, True)
        pronoun = c.choice(("he", "she", "it"))
        first, second = finite(one, True, c, plain=True), finite(two, True, c, plain=True)
        said = f"{who} {self._either(one, two, False)}"
        text = c.choice((said, said, said, f"either {who} {first} or {pronoun} {second}",
                         f"{who} {first}, or else {pronoun} {second}",
                         f"{who} either {c.choice(('is one who', 'is someone who'))} {first} or {second}"))  # fmt: skip
        text += c.choice(_NOT_BOTH if exclusive else ("", "", ", or both", " (or both)"))
        rules = tuple(
            Said((*body, *rule.antecedents), rule.consequent)
            for rule in _either_way(a, b, exclusive)
        )
        return Example(sentence(text), rules, "either or")

    def either_in_rule(self) -> Example:
        """Either/or as the conclusion or the condition of a rule."""
        c = self.c
        subject = self.p.subject()
        (one, two), other = self._alternatives(), self.p.phrase()
        named = c.random() < 0.7
        who = subject if named else c.choice(("someone", "a person", "anyone"))
        target = subject if named else "?x"
        pronoun = c.choice(("he", "she", "it")) if named else "they"
        many = pronoun == "they"
        a, b = triple(target, one.canonical, True), triple(target, two.canonical, True)
        exclusive, positive = c.random() < 0.6, self._sign(0.1)
        last = triple(target, other.canonical, positive)
        tail = c.choice(_NOT_BOTH if exclusive else ("", "", ", or both", " (or both)"))
        said = finite(other, positive, c, plain=True)
        then = c.choice(("then ", "then ", ""))
        if c.random() < 0.5:
            text = f"if {who} {said}, {then}{pronoun} {self._either(one, two, many)}{tail}"
            rules = tuple(
                Said((last, *rule.antecedents), rule.consequent)
                for rule in _either_way(a, b, exclusive)
            )
            return Example(sentence(text), rules, "either concluded")
        either = self._either(one, two, False)
        head = finite(other, positive, c, plain=True, many=many)
        text = c.choice(
            (
                f"if {who} {either}{tail}, {then}{pronoun} {head}",
                f"if {who} {either}{tail}, {then}{pronoun} {head}",
                f"{who} {finite(other, positive, c, plain=True)} if {pronoun} {self._either(one, two, many)}{tail}",
            )
        )
        bodies = ((a, flip(b)), (flip(a), b)) if exclusive else ((a,), (b,))
        return Example(
            sentence(text), tuple(Said(body, last) for body in bodies), "either required"
        )

    def equivalence(self) -> Example:
        """``… if and only if …``"""
        c, one, two = self.c, self.p.phrase(), self.p.phrase()
        p, q = self._sign(0.15), self._sign(0.15)
        named = c.random() < 0.4
        who = self.p.subject() if named else c.choice(("someone", "a person", "something"))
        pronoun = c.choice(("it", "he")) if named or who == "something" else "they"
        target = who if named else "?x"
        text = f"{who} {finite(one, p, c, plain=True)} {c.choice(('if and only if', 'exactly when', 'just in case', 'if, and only if,', 'precisely when'))} {pronoun} {finite(two, q, c, many=pronoun == 'they', plain=True)}"
        a, b = triple(target, one.canonical, p), triple(target, two.canonical, q)
        return Example(sentence(text), (Said((b,), a), Said((a,), b)), "equivalence")

    def draw(self) -> Example:
        """Any of them."""
        makers: tuple[Callable[[], Example], ...] = (self.named_object, self.named_conditions, self.among_things,
                                                     self.two_classes, self.two_people, self.kinship, self.either_or, self.either_in_rule,
                                                     self.equivalence)  # fmt: skip
        return self.c.choices(makers, (3, 4, 3, 3, 2, 1, 4, 5, 0.5))[0]()


def _either_way(a: Triple, b: Triple, exclusive: bool) -> tuple[Said, ...]:
    """*a or b* as rules."""
    rules = (Said((flip(a),), b), Said((flip(b),), a))
    return (*rules, Said((a,), flip(b)), Said((b,), flip(a))) if exclusive else rules
