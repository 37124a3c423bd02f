"""Phrasings of rules about someone or something."""

from __future__ import annotations

import random
from collections.abc import Callable

from scripts.reading_data.example import Example, Said, Triple, listed, sentence, triple
from scripts.reading_data.lexicon import Noun
from scripts.reading_data.phrases import Phrase, Phrases, article, base, finite, gerund

_IF = ("if", "if", "if", "if", "when", "whenever", "once", "in case", "provided that", "as long as", "assuming that",
       "given that", "any time", "every time", "as soon as", "suppose", "where", "in the event that", "so long as",
       "on condition that")  # fmt: skip
_THEN = ("", "", "", "", "then ", "then ", "it follows that ", "it means that ", "you can be sure that ",
         "this means ", "chances are ", "we know that ", "one can conclude that ", "in that case ",
         "that means ", "you will find that ", "it is certain that ", "without exception ")  # fmt: skip
_ANYONE = (("someone", "they"), ("someone", "they"), ("something", "it"), ("somebody", "they"), ("a person", "they"),
           ("a person", "he"), ("anyone", "they"), ("anything", "it"), ("anybody", "he"), ("a thing", "it"),
           ("an individual", "they"), ("someone", "that person"), ("a person", "that person"), ("something", "that thing"),
           ("one", "one"), ("you", "you"), ("a guy", "he"), ("somebody", "she"),
           ("any person", "they"), ("some person", "they"), ("people", "they"), ("things", "they"))  # fmt: skip
_WHO = ("anyone who", "everyone who", "whoever", "anybody who", "any person who", "each person who", "every person who",
        "a person who", "someone who", "anything that", "everything that", "whatever", "any individual who",
        "any one who", "somebody who", "every thing that", "something that", "a person that", "he who", "the one who")  # fmt: skip
_THOSE = ("people who", "those who", "all people who", "all those who", "things that", "all things that",
          "individuals who", "persons who", "people that", "most people who", "ones that", "folks who", "all who")  # fmt: skip
_NOBODY = ("nobody who", "no one who", "no person who", "nothing that", "none of those who", "not a single person who")  # fmt: skip
_PEOPLE = ("people", "things", "persons", "ones", "individuals", "folks", "guys")
_CERTAIN = ("will be", "are", "is bound to be", "must be")


class Rules:
    """Draws rules with one variable."""

    def __init__(self, phrases: Phrases, chance: random.Random) -> None:
        self.p, self.c = phrases, chance

    def _sign(self, negative: float = 0.2) -> bool:
        return self.c.random() >= negative

    def _conditions(self, most: int = 3) -> list[tuple[Phrase, bool]]:
        count = self.c.choices((1, 2, 3), (5, 4, 1.5))[0]
        return [(self.p.phrase(), self._sign()) for _ in range(min(count, most))]

    def _conclusions(self) -> list[tuple[Phrase, bool]]:
        count = self.c.choices((1, 2), (9, 1))[0]
        return [(self.p.phrase(), self._sign(0.25)) for _ in range(count)]

    def _said(self, subject: str, body: list[tuple[Phrase, bool]], heads: list[tuple[Phrase, bool]],
              noun: Noun | None = None) -> tuple[Said, ...]:  # fmt: skip
        conditions: list[Triple] = [triple(subject, p.canonical, s) for p, s in body]
        if noun:
            conditions.insert(0, triple(subject, f"is {article(noun.one)} {noun.one}", True))
        return tuple(Said(tuple(conditions), triple(subject, p.canonical, s)) for p, s in heads)

    def _vp(self, part: tuple[Phrase, bool], many: bool = False, plain: bool = False) -> str:
        return finite(*part, self.c, many=many, plain=plain)

    def _joined(self, parts: list[tuple[Phrase, bool]], many: bool = False, again: str = "") -> str:
        """Verb phrases joined; ``again`` repeats the subject now and then, adjectives share a verb."""
        c = self.c
        if all(p.adjective and s and not p.modal for p, s in parts) and c.random() < 0.7:
            names = [p.rest for p, _ in parts]
            be = finite(parts[0][0], True, c, many=many, plain=c.random() < 0.5).removesuffix(
                f" {names[0]}"
            )
            return f"{be} {c.choice((listed(names), ' and '.join(names), ', '.join(names), 'both ' + ' and '.join(names) if len(names) == 2 else listed(names)))}"
        words = [self._vp(part, many) for part in parts]
        if again and len(words) > 1 and c.random() < 0.5:
            repeated = [self._vp(part, again in ("they", "you")) for part in parts[1:]]
            return " and ".join([words[0], *(f"{again} {w}" for w in repeated)])
        joiner = c.choice((" and ", " and ", " and also ", " but ", " and at the same time "))
        return joiner.join(words) if len(words) < 3 else listed(words)

    def conditional(self) -> Example:
        """``If someone … then they …`` in both orders, with classes and with named subjects."""
        c = self.c
        body, heads = self._conditions(), self._conclusions()
        noun: Noun | None = None
        subject = "?x"
        roll = c.random()
        if roll < 0.6:
            who, pronoun = c.choice(_ANYONE)
        elif roll < 0.85:
            noun = self.p.lexicon.noun()
            who = f"{c.choice((article(noun.one), article(noun.one), 'any', 'some'))} {noun.one}"
            pronoun = c.choice(("it", "they", "he", f"the {noun.one}", f"that {noun.one}"))
        else:
            who = subject = self.p.subject()
            pronoun = c.choice(("he", "she", "it", who))
        many = who in ("you", "people", "things")
        their = pronoun in ("they", "you")
        connector = c.choice(_IF)
        condition = self._joined(body, many, pronoun)
        if len(heads) == 2 or c.random() < 0.9:
            conclusion = self._joined(heads, their)
        else:
            conclusion = self._vp(heads[0], their)
        if c.random() < 0.7:
            separator = c.choice((", ", " ", ", ")) if connector != "suppose" else ". "
            then = c.choice(_THEN)
            text = f"{connector} {who} {condition}{separator}{then}{pronoun} {conclusion}"
            if connector == "suppose":
                text = f"suppose {who} {condition}. {sentence(f'{then}{pronoun} {conclusion}')}"
        else:
            connector = "if" if connector == "suppose" else connector
            joined = self._joined(body, their, "")
            text = f"{who} {self._joined(heads, many)} {c.choice((connector, 'if', 'if'))} {pronoun} {joined}"
        return Example(
            sentence(text), self._said(subject, body, heads, noun), f"conditional {connector}"
        )

    def whoever(self) -> Example:
        """``Anyone who …``, ``people who …``, ``any N that …``"""
        c = self.c
        body, heads = self._conditions(), self._conclusions()
        roll = c.random()
        noun: Noun | None = None
        if roll < 0.4:
            text = f"{c.choice(_WHO)} {self._joined(body)}{c.choice((' ', ' ', ', '))}{self._joined(heads)}"
        elif roll < 0.65:
            text = f"{c.choice(_THOSE)} {self._joined(body, True)} {self._joined(heads, True)}"
        else:
            noun = self.p.lexicon.noun()
            that = "who" if noun.person and c.random() < 0.7 else c.choice(("that", "which"))
            if c.random() < 0.6:
                lead = c.choice((article(noun.one), "any", "every", "each"))
                text = f"{lead} {noun.one} {that} {self._joined(body)} {self._joined(heads)}"
            else:
                lead = c.choice(("", "all ", "those "))
                text = f"{lead}{noun.many} {that} {self._joined(body, True)} {self._joined(heads, True)}"
        return Example(sentence(text), self._said("?x", body, heads, noun), "whoever")

    def nobody(self) -> Example:
        """``Nobody who … may …``, ``no N that …``"""
        c = self.c
        body, head = self._conditions(2), self.p.phrase()
        noun: Noun | None = None
        if c.random() < 0.4:
            text = f"{c.choice(_NOBODY)} {self._joined(body)} {finite(head, True, c, plain=True)}"
        else:
            noun = self.p.lexicon.noun()
            if c.random() < 0.5:
                body = []
                text = f"no {noun.one} {finite(head, True, c, plain=True)}"
                if c.random() < 0.3:
                    text = f"{c.choice(('none of the', 'not one of the'))} {noun.many} {finite(head, True, c, plain=True)}"
            else:
                text = f"no {noun.one} {'who' if noun.person else 'that'} {self._joined(body)} {finite(head, True, c, plain=True)}"
        return Example(sentence(text), self._said("?x", body, [(head, False)], noun), "nobody")

    def classes(self) -> Example:
        """``All lions are mammals``, ``every lion is big``, ``lions eat meat``"""
        c, noun = self.c, self.p.lexicon.noun()
        heads = self._conclusions()
        if c.random() < 0.45:
            heads = [(self.p.member(), self._sign(0.25))]
        class_many = all(p.noun for p, _ in heads)
        if c.random() < 0.5:
            lead = c.choice(
                (article(noun.one), "every", "each", "any", "every single", "a typical")
            )
            text = f"{lead} {noun.one} {self._joined(heads)}"
        else:
            lead = c.choice(("", "", "", "all ", "all ", "all the ", "most "))
            if class_many and heads[0][0].noun:
                head = heads[0][0].noun
                be = "are" if heads[0][1] else c.choice(("are not", "aren't", "are never"))
                text = f"{lead}{noun.many} {be} {head.many}"
            else:
                text = f"{lead}{noun.many} {self._joined(heads, True)}"
        return Example(sentence(text), self._said("?x", [], heads, noun), "classes")

    def adjectives(self) -> Example:
        """``Big, kind people are red``, ``all red lions …``, ``being red makes you big``"""
        c = self.c
        body = [(self.p.adjective(), True) for _ in range(c.choice((1, 1, 2, 2, 3)))]
        heads = [(self.p.adjective(), self._sign())] if c.random() < 0.7 else self._conclusions()
        names = [p.rest for p, _ in body]
        noun: Noun | None = None
        way = c.randrange(8)
        joined = c.choice((", ".join(names), " and ".join(names), " ".join(names)))
        if way < 3:
            group = c.choice(_PEOPLE)
            if c.random() < 0.3:
                noun = self.p.lexicon.noun()
                group = noun.many
            text = (
                f"{c.choice(('', '', 'all ', 'most '))}{joined} {group} {self._joined(heads, True)}"
            )
        elif way == 3:
            group = c.choice(("person", "thing", "individual", "one"))
            if c.random() < 0.3:
                noun = self.p.lexicon.noun()
                group = noun.one
            text = f"{c.choice(('every', 'any', 'each', article(joined)))} {joined} {group} {self._joined(heads)}"
        elif way == 4:
            text = f"being {listed(names)} makes {c.choice(('someone', 'a person', 'you', 'something', 'anyone'))} "
            heads = [(self.p.adjective(), True)]
            text += heads[0][0].rest
        elif way == 5:
            text = f"if you are {listed(names)}, {c.choice(('you', 'you also', 'you usually', 'you will'))} "
            heads = [(self.p.adjective(), True)]
            text = (
                text.removesuffix("you will ")
                + ("be " if text.endswith("will ") else "are ")
                + heads[0][0].rest
            )
            text = text.replace(", be ", ", you will be ")
        elif way == 6:
            heads = [(self.p.adjective(), True)]
            target = heads[0][0].rest
            text = c.choice(
                (
                    f"you will find that {joined} people are {target}",
                    f"a {c.choice(('man', 'woman', 'person', 'guy', 'kid'))} who is {listed(names)} is usually {target} too",
                    f"if you find a person who is {listed(names)}, you can be sure they are {target}",
                    f"people with a {joined} nature tend to be {target}",
                    f"show me someone {listed(names)} and I will show you someone {target}",
                    f"anyone this {names[0]} has to be {target}"
                    if len(names) == 1
                    else f"anyone {listed(names)} has to be {target}",
                    f"whenever you meet someone {listed(names)}, you know they will be {target}",
                    f"it is a rule that {joined} people are always {target}",
                    f"{listed(names)} people usually turn out {target}",
                    f"someone both {listed(names)} is going to be {target}"
                    if len(names) == 2
                    else f"someone {listed(names)} is going to be {target}",
                    f"to be {listed(names)} is to be {target}",
                    f"those {listed(names)} are also {target}",
                    f"the {joined} ones are all {target}",
                    f"most of the time, {joined} people are also {target}",
                    f"in this town, everyone {listed(names)} is {target}",
                )
            )
        else:
            other = self.p.adjective()
            body.append((other, False))
            text = f"{joined} people who are not {other.rest} {self._joined(heads, True)}"
        return Example(sentence(text), self._said("?x", body, heads, noun), "adjectives")

    def only(self) -> Example:
        """``Only members may borrow books``; the condition is what is said of them."""
        c, phrase = self.c, self.p.phrase()
        if c.random() < 0.6:
            noun = self.p.lexicon.noun()
            member = self.p.member(noun)
            text = (
                f"only {noun.many} {finite(phrase, True, c, many=True)}"
                if c.random() < 0.7
                else f"only {article(noun.one)} {noun.one} {finite(phrase, True, c)}"
            )
            needed = (member, True)
        else:
            (needed,) = body = self._conditions(1)
            text = c.choice((f"only those who {self._joined(body, True)} {finite(phrase, True, c, many=True)}",
                             f"only someone who {self._joined(body)} {finite(phrase, True, c)}",
                             f"someone {finite(phrase, True, c)} only if they {self._joined(body, True)}",
                             f"a person {finite(phrase, True, c)} only when they {self._joined(body, True)}",
                             f"people {finite(phrase, True, c, many=True)} only if they {self._joined(body, True)}"))  # fmt: skip
        lacking = (needed[0], not needed[1])
        said = (
            *self._said("?x", [lacking], [(phrase, False)]),
            *self._said("?x", [(phrase, True)], [needed]),
        )
        return Example(sentence(text), said, "only")

    def unless(self) -> Example:
        """``Unless …``, ``except``, ``without``"""
        c = self.c
        block, heads = (self.p.phrase(), True), self._conclusions()
        noun: Noun | None = None
        body: list[tuple[Phrase, bool]] = []
        way = c.randrange(6)
        if way == 0:
            who, pronoun = c.choice(_ANYONE)
            many, their = who in ("you", "people", "things"), pronoun in ("they", "you")
            text = f"unless {who} {self._joined([block], many)}, {pronoun} {self._joined(heads, their)}"
        elif way == 1:
            noun = self.p.lexicon.noun()
            text = f"{c.choice((article(noun.one), 'every', 'any', 'each'))} {noun.one} {self._joined(heads)} unless {c.choice(('it', 'he', 'she'))} {self._joined([block])}"
        elif way == 2:
            body = self._conditions(1)
            who, pronoun = c.choice(_ANYONE)
            many, their = who in ("you", "people", "things"), pronoun in ("they", "you")
            text = f"if {who} {self._joined(body, many)}, {pronoun} {self._joined(heads, their)} unless {pronoun} {self._joined([block], their)}"
        elif way == 3:
            noun = self.p.lexicon.noun()
            text = f"all {noun.many} {c.choice(('except', 'but', 'other than', 'except for', 'apart from'))} those that {self._joined([block], True)} {self._joined(heads, True)}"
        elif way == 4:
            other = self.p.lexicon.noun()
            block = (self.p.member(other), True)
            text = f"{c.choice(('everyone', 'everybody', 'everything'))} {c.choice(('except', 'but', 'other than', 'apart from'))} {other.many} {self._joined(heads)}"
        else:
            have = self.p.have()
            block = (have, True)
            bare = have.rest
            noun = self.p.lexicon.noun()
            text = c.choice((f"{article(noun.one)} {noun.one} without {bare} {self._joined(heads)}",
                             f"without {bare}, {article(noun.one)} {noun.one} {self._joined(heads)}",
                             f"{noun.many} without {bare} {self._joined(heads, True)}",
                             f"any {noun.one} lacking {bare} {self._joined(heads)}",
                             f"{noun.many} that lack {bare} {self._joined(heads, True)}"))  # fmt: skip
        return Example(
            sentence(text), self._said("?x", [*body, (block[0], False)], heads, noun), "unless"
        )

    def either(self) -> Example:
        """Disjunctive conditions."""
        c = self.c
        one, two = (self.p.phrase(), self._sign(0.15)), (self.p.phrase(), self._sign(0.15))
        if c.random() < 0.4:
            one, two = (self.p.adjective(), True), (self.p.adjective(), True)
        heads = [(self.p.phrase(), self._sign(0.25))]
        noun: Noun | None = None
        who, pronoun = c.choice(_ANYONE)
        many, their = who in ("you", "people", "things"), pronoun in ("they", "you")
        way = c.randrange(4)
        if way == 0:
            text = f"if {who} {self._vp(one, many)} or {self._vp(two, many)}, {pronoun} {self._joined(heads, their)}"
        elif way == 1:
            noun = self.p.lexicon.noun()
            text = f"{c.choice((article(noun.one), 'any', 'every'))} {noun.one} that {c.choice(('', 'either '))}{self._vp(one)} or {self._vp(two)} {self._joined(heads)}"
        elif way == 2 and one[0].adjective and two[0].adjective and one[1] and two[1]:
            text = f"{c.choice(('people who are', 'those who are'))} {c.choice(('', 'either '))}{one[0].rest} or {two[0].rest} {self._joined(heads, True)}"
        else:
            text = f"{c.choice(('anyone who', 'whoever', 'everyone who'))} {self._vp(one)} or {self._vp(two)} {self._joined(heads)}"
        said = self._said("?x", [one], heads, noun) + self._said("?x", [two], heads, noun)
        return Example(sentence(text), said, "either")

    def preposed(self) -> Example:
        """Rules whose condition is a phrase: ``Ns with a badge may …``, ``having … means …``"""
        c = self.c
        heads = self._conclusions()
        noun = self.p.lexicon.noun()
        way = c.randrange(5)
        body: list[tuple[Phrase, bool]]
        if way == 0:
            have = self.p.have()
            body = [(have, True)]
            text = (
                f"{c.choice(('a', 'any', 'every'))} {noun.one} with {have.rest} {self._joined(heads)}"
                if c.random() < 0.5
                else f"{c.choice(('', 'all '))}{noun.many} with {have.rest} {self._joined(heads, True)}"
            )
        elif way == 1:
            place = self.p.complement()
            body = [(place, True)]
            if place.target:
                return self.whoever()
            text = f"{c.choice(('all ', ''))}{noun.many} {place.rest} {self._joined(heads, True)}"
        elif way == 2:
            phrase = self.p.phrase()
            while phrase.modal:
                phrase = self.p.phrase()
            body, noun_used = [(phrase, True)], None
            heads = [(self.p.phrase(), True)]
            while heads[0][0].modal:
                heads = [(self.p.phrase(), True)]
            text = f"{gerund(phrase)} {c.choice(('means', 'implies', 'always means', 'entails'))} {gerund(heads[0][0])}"
            return Example(sentence(text), self._said("?x", body, heads, noun_used), "gerund")
        elif way == 3:
            phrase = self.p.phrase()
            while phrase.modal:
                phrase = self.p.phrase()
            body = [(phrase, True)]
            text = f"should {c.choice(('someone', 'anyone', 'a person'))} {base(phrase)}, they {self._joined(heads, True)}"
            return Example(sentence(text), self._said("?x", body, heads), "inverted")
        else:
            phrase = self.p.verb()
            body = [(phrase, True)]
            text = (
                f"{noun.many} {gerund(phrase)} {self._joined(heads, True)}"
                if c.random() < 0.5
                else f"any {noun.one} {gerund(phrase)} {self._joined(heads)}"
            )
        return Example(sentence(text), self._said("?x", body, heads, noun), "preposed")

    def split(self) -> Example:
        """Rules told in two sentences."""
        c = self.c
        body, heads = self._conditions(2), self._conclusions()
        text = c.choice(
            (
                f"some people {self._joined(body, True)}. Such people {self._joined(heads, True)}.",
                f"there are people who {self._joined(body, True)}. They {self._joined(heads, True)}.",
                f"imagine someone who {self._joined(body)}. Then they {self._joined(heads, True)}.",
                f"some things {self._joined(body, True)}. All of these {self._joined(heads, True)}.",
                f"a person may {base(body[0][0]) if not body[0][0].modal and body[0][1] and len(body) == 1 else 'be here'}. Such a person {self._joined(heads)}."
                if not body[0][0].modal and body[0][1] and len(body) == 1
                else f"take anyone who {self._joined(body)}. That person {self._joined(heads)}.",
            )
        )
        return Example(sentence(text), self._said("?x", body, heads), "split")

    def draw(self) -> Example:
        """Any of them."""
        makers: tuple[Callable[[], Example], ...] = (self.conditional, self.whoever, self.nobody, self.classes, self.adjectives,
                                                     self.only, self.unless, self.either, self.preposed, self.split)  # fmt: skip
        return self.c.choices(makers, (8, 5, 2, 3, 5, 1, 2.5, 1.5, 2, 0.7))[0]()
