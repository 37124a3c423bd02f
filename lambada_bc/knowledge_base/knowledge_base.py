"""English sentences, told apart into facts and rules by a reader, each with id and source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lambada_bc import wording
from lambada_bc.errors import KnowledgeBaseError
from lambada_bc.files import read_text, write_atomically
from lambada_bc.knowledge_base import text_format
from lambada_bc.knowledge_base.coreference import told_by_name
from lambada_bc.knowledge_base.retriever import Embeddings, Retriever, retriever
from lambada_bc.knowledge_base.text_format import Entry
from lambada_bc.modules.interface import Modules, Reader, Reading
from lambada_bc.plain_text import one_line, sentence_complaint
from lambada_bc.statements import Kind, Sentence, Statement, World


class KnowledgeBase:
    """Sentences in the order they were added, and the world that they speak of.

    A sentence without an id gets one from its text, so neither ids nor proofs depend on the
    order of sentences.  What a reader makes of a sentence is kept until the sentence goes.
    """

    def __init__(
        self, sentences: Iterable[str | Sentence] = (), *, world: World = World.OPEN
    ) -> None:
        self.world = World(world)
        self.version = 0
        """Counts the changes, so that whoever keeps results can tell that they are stale."""
        self._sentences: dict[str, Sentence] = {}
        self._readings: dict[str, dict[tuple[str, Kind | None], Reading]] = {}
        self._statements: dict[tuple[str, bool], tuple[Statement, ...]] = {}
        self._embeddings: dict[int, Embeddings] = {}
        for sentence in sentences:
            self.add(sentence)

    @classmethod
    def from_text(cls, text: str, source: str = "<text>") -> KnowledgeBase:
        """A knowledge base from plain text, one sentence a line (see :mod:`.text_format`).

        Raises :class:`KnowledgeBaseError` naming ``source`` and the line.
        """
        return cls._from_entries(*text_format.parse_text(text, source), source)

    @classmethod
    def open(cls, path: str | Path) -> KnowledgeBase:
        """A knowledge base from a file: JSONL if its name ends in ``.jsonl``, else plain text.

        Raises :class:`KnowledgeBaseError` naming the file and the line.
        """
        path = Path(path)
        parse = text_format.parse_jsonl if path.suffix == ".jsonl" else text_format.parse_text
        text = read_text(path, KnowledgeBaseError)
        return cls._from_entries(*parse(text, str(path)), str(path))

    @classmethod
    def _from_entries(cls, entries: list[Entry], world: World, source: str) -> KnowledgeBase:
        if not entries:
            raise KnowledgeBaseError(f"{source}: holds no sentence; write one on each line.")
        built = cls(world=world)
        for entry in entries:
            id = entry.id if entry.id is not None else built._new_id(entry.text)
            built._insert(Sentence(id, entry.text, entry.source, entry.mark))
        return built

    def add(self, sentence: str | Sentence, id: str | None = None) -> Sentence:
        """Add a sentence and return it as it is kept, with its id.

        Raises :class:`KnowledgeBaseError` for a known id or a text that is no English sentence.
        """
        if isinstance(sentence, str):
            text = one_line(sentence)
            sentence = Sentence(id if id is not None else self._new_id(text), text)
        return self._insert(sentence)

    def remove(self, id: str) -> None:
        """Remove the sentence of this id, or raise :class:`KnowledgeBaseError`."""
        del self._sentences[self.sentence(id).id]
        self._changed()

    def replace(self, id: str, text: str) -> Sentence:
        """Give the sentence of this id another text; its id, place and source stay.

        Raises :class:`KnowledgeBaseError` for an unknown id or an unfit text.
        """
        old = self.sentence(id)
        new = Sentence(id, one_line(text), old.source, old.mark)
        _require_sentence(new)
        self._sentences[id] = new
        self._changed()
        return new

    def save(self, path: str | Path) -> None:
        """Write the file whole: JSONL if its name ends in ``.jsonl``, else plain text.

        Raises :class:`InputError` if it cannot be written; what was there then stays.
        """
        path = Path(path)
        if path.suffix == ".jsonl":
            text = text_format.format_jsonl(self, self.world)
        else:
            text = text_format.format_text(self, self._own_ids(), self.world)
        write_atomically(path, text)

    def sentence(self, id: str) -> Sentence:
        """The sentence of this id, or :class:`KnowledgeBaseError`."""
        try:
            return self._sentences[id]
        except KeyError:
            raise KnowledgeBaseError(f"The knowledge base has no sentence “{id}”.") from None

    def __len__(self) -> int:
        return len(self._sentences)

    def __iter__(self) -> Iterator[Sentence]:
        return iter(self._sentences.values())

    def __contains__(self, id: object) -> bool:
        return id in self._sentences

    def statements(self, reader: Reader, *, guessed: bool = False) -> tuple[Statement, ...]:
        """What the sentences say, as facts and rules sorted by text and id.

        ``guessed`` adds what they may say by second readings.  Sentences that this reader has not
        seen are read in one batch.
        """
        name = reader.fingerprint, guessed
        if name not in self._statements:
            readings = self._read(reader)
            found = _in_force([_statements(s, readings[s.text, s.mark], guessed) for s in self])
            found += told_by_name(found)
            found.sort(key=lambda statement: (statement.sentence.text, statement.id))
            self._statements[name] = tuple(found)
        return self._statements[name]

    def has_guesses(self, reader: Reader) -> bool:
        """Whether any sentence may say something else than it was read as at first."""
        return any(statement.guessed for statement in self.statements(reader, guessed=True))

    def candidates(self, modules: Modules, *, guessed: bool = False) -> Retriever:
        """The retrieval that a search over this knowledge base uses, as it stands now."""
        statements = self.statements(modules.reader, guessed=guessed)
        if modules.encoder is None:
            return retriever(statements, None)
        known = Embeddings(modules.encoder)
        return retriever(statements, self._embeddings.setdefault(id(modules.encoder), known))

    def _read(self, reader: Reader) -> dict[tuple[str, Kind | None], Reading]:
        """The reading of each sentence; what was read before is not read again."""
        before = self._readings.get(reader.fingerprint, {})
        wanted = {(s.text, s.mark): s for s in self}
        new = [key for key in wanted if key not in before]
        read = dict(zip(new, reader.read([wanted[key] for key in new]), strict=True)) if new else {}
        readings = {key: before[key] if key in before else read[key] for key in wanted}
        self._readings[reader.fingerprint] = readings
        return readings

    def _insert(self, sentence: Sentence) -> Sentence:
        _require_sentence(sentence)
        if wrong := text_format.id_complaint(sentence.id):
            raise _unfit(sentence, wrong)
        known = self._sentences.get(sentence.id)
        if known is not None:
            at = f" at {known.source}" if known.source else ""
            raise _unfit(sentence, f"the id “{sentence.id}” is already in use{at}")
        self._sentences[sentence.id] = sentence
        self._changed()
        return sentence

    def _new_id(self, text: str) -> str:
        """An id from the text; a repeated sentence gets ``-2``, ``-3``."""
        id = content_id(text)
        repetitions = 1
        while id in self._sentences:
            repetitions += 1
            id = f"{content_id(text)}-{repetitions}"
        return id

    def _own_ids(self) -> list[bool]:
        """Which ids are not those that the sentences would be given on reading them again."""
        again = KnowledgeBase()
        own = []
        for sentence in self:
            own.append(sentence.id != again._new_id(sentence.text))
            again._insert(sentence)
        return own

    def _changed(self) -> None:
        self.version += 1
        self._statements.clear()


def content_id(text: str) -> str:
    """The first eight hexadecimal digits of the SHA-256 of a text, white space normalised."""
    return hashlib.sha256(one_line(text).encode()).hexdigest()[:8]


def _require_sentence(sentence: Sentence) -> None:
    complaint = sentence_complaint(sentence.text) if sentence.text else "is empty"
    if complaint is not None:
        shown = sentence.text if len(sentence.text) <= 60 else f"{sentence.text[:60]}…"
        raise _unfit(sentence, f"the sentence “{shown}” {complaint}")


def _unfit(sentence: Sentence, complaint: str) -> KnowledgeBaseError:
    """The error for a sentence, naming its file and line where it has them."""
    if sentence.source:
        return KnowledgeBaseError(f"{sentence.source}: {complaint}.")
    return KnowledgeBaseError(f"{complaint[0].upper()}{complaint[1:]}.")


def _statements(
    sentence: Sentence, reading: Reading, guessed: bool
) -> tuple[list[Statement], list[Statement]]:
    """What is said, implied or guessed, and what is presupposed; numbered if it is several."""
    single = len(reading.clauses) == 1
    said = [
        Statement(
            sentence.id if single else f"{sentence.id}/{number}",
            sentence,
            clause,
            reading.probability,
        )
        for number, clause in enumerate(reading.clauses, start=1)
    ]
    said += [
        Statement(f"{sentence.id}/i{number}", sentence, clause, reading.probability, True)
        for number, clause in enumerate(reading.implied, start=1)
    ]
    said += [
        Statement(f"{sentence.id}/g{number}", sentence, clause, probability, True, True)
        for number, (clause, probability) in enumerate(reading.guesses * guessed, start=1)
    ]
    presupposed = [
        Statement(f"{sentence.id}/p{number}", sentence, clause, reading.probability, True)
        for number, clause in enumerate(reading.presupposed, start=1)
    ]
    return said, presupposed


def _in_force(read: Sequence[tuple[list[Statement], list[Statement]]]) -> list[Statement]:
    """All that is said, and what is presupposed of classes that nothing is said of."""
    said = [statement for one, _ in read for statement in one]
    settled = {_predicate(statement) for statement in said if not statement.presupposed}
    presupposed = [statement for _, one in read for statement in one]
    return said + [statement for statement in presupposed if _predicate(statement) not in settled]


def _predicate(statement: Statement) -> str:
    return wording.key(wording.words(statement.clause.consequent.predicate))
