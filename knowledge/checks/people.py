"""Rules for people: what may be said of the living, and by what name children and those without a name are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from knowledge.case.load import Loaded
from knowledge.case.model import Case, Entity, Fact, Life, Status
from knowledge.case.problems import Problem
from knowledge.checks.wordings import words_of
from knowledge.language.english import Language
from knowledge.language.text import Phrases, tokenise

TOLD = ("answer", "short", "moment")
"""The texts of a fact that go out by themselves."""
ONE_NOUN = 2
"""Words of a description that is an article and a noun."""


def wrongs(loaded: Loaded, language: Language) -> Iterator[Problem]:
    """No wrong of a living person is established but by a court or an admission, which a passage names.

    Passes: "Jan Moss stole the lamp" over the passage "Moss admitted the theft", or with `status: claimed`. Fails: the
    same, established, over "the lamp was gone".
    """
    case = loaded.case
    wrong, court = case.english.words("wrongs"), case.english.words("courts")
    quotes = _quotes(case)
    for fact, field, words in _texts(case):
        proved = any(not court.isdisjoint(quotes.get(id_, ())) for id_ in fact.passages)
        if fact.status is not Status.ESTABLISHED or proved:
            continue
        done = ((word, _doer(case, language, fact, words, at)) for at, word in enumerate(words) if word in wrong)
        for word, who in _of_the_living(done):
            message = f"{fact.id}: {who.id} is living, and no passage names a court or an admission for {word!r}"
            mend = "cite one that does, or tell it as the claim of whoever says so"
            yield Problem(loaded.at(f"fact:{fact.id}", field), "living", message, mend)


def outcomes(loaded: Loaded, language: Language) -> Iterator[Problem]:
    """No arrest or charge of a living person is told without what came of it.

    Passes: "Jan Moss was arrested, and released without charge", or "… was charged; no outcome is reported". Fails:
    "Jan Moss was arrested."
    """
    case = loaded.case
    lists = case.english.lists
    accused, none = case.english.words("accused"), case.english.words("not-accused")
    outcome = Phrases.of(lists["outcomes"])
    for fact, field, words in _texts(case):
        if outcome.left(words) != words:
            continue
        done = (
            (word, _before(case, language, fact, words, at))
            for at, word in enumerate(words)
            if word in accused and none.isdisjoint(words[max(0, at - 3) : at])
        )
        for word, who in _of_the_living(done):
            message = f"{fact.id}: {who.id} is living, and {field} says {word!r} without what came of it"
            mend = 'say what did, or: "no outcome is reported"'
            yield Problem(loaded.at(f"fact:{fact.id}", field), "living", message, mend)


def _of_the_living(done: Iterable[tuple[str, Entity | None]]) -> Iterator[tuple[str, Entity]]:
    """The first word of which somebody living is said to have done or suffered what it says: one for each text is enough."""
    living = ((word, who) for word, who in done if who is not None and who.life is Life.LIVING)
    return islice(living, 1)


def minors(loaded: Loaded) -> Iterator[Problem]:
    """A child has no name that no passage prints.

    Passes: `name: Tim Rook` where a passage has "her son Tim Rook, 9". Fails: the same where all say "her son, 9".
    """
    case = loaded.case
    proper = _ProperNames(case)
    printed = {word for words in _quotes(case).values() for word in words}
    for entity in case.entities.values():
        for name in proper.of(entity) if entity.life is Life.MINOR else ():
            if not printed.issuperset(proper.words_of(entity, name)):
                message = f"{entity.id} is a child, and no passage prints the name {name!r}"
                yield Problem(
                    loaded.marks[f"entity:{entity.id}"],
                    "minor",
                    message,
                    "take the name out, or give the word in voice/common.txt",
                )


def unnamed(loaded: Loaded) -> Iterator[Problem]:
    """Whoever the reports leave unnamed has no alias that is a name.

    Passes: `unnamed: true` over `aliases: [the passer by]`. Fails: over `aliases: [the passer by, rook]`.
    """
    case = loaded.case
    proper = _ProperNames(case)
    for entity in case.entities.values():
        for name in proper.of(entity) if entity.unnamed else ():
            message = f"{entity.id} is left unnamed, and {name!r} is a name"
            yield Problem(
                loaded.marks[f"entity:{entity.id}"],
                "unnamed",
                message,
                "take it out, or give the word in voice/common.txt",
            )


def _quotes(case: Case) -> dict[str, tuple[str, ...]]:
    """The words of every passage, by its id."""
    sources = case.sources.values()
    return {id_: tokenise(passage.quote) for source in sources for id_, passage in source.passages.items()}


def _texts(case: Case) -> Iterator[tuple[Fact, str, tuple[str, ...]]]:
    for fact in case.facts.values():
        for field in TOLD:
            words = words_of(getattr(fact, field))
            if words:
                yield fact, field, words


def _doer(case: Case, language: Language, fact: Fact, words: Sequence[str], at: int) -> Entity | None:
    """Who does what the word at a place says: whoever is named before it, or after "by" where somebody suffers it."""
    english = case.english
    if english.words("passives").isdisjoint(words[max(0, at - 2) : at]):
        return _before(case, language, fact, words, at)
    agent = next(
        (place for place in range(at + 1, min(at + 4, len(words))) if words[place] in english.words("agents")), None
    )
    if agent is None:
        return None
    behind = tuple(words[agent + 1 :])
    return next((one for id_ in language.entities(behind) if (one := case.entities[id_]).kind == "person"), None)


def _before(case: Case, language: Language, fact: Fact, words: Sequence[str], at: int) -> Entity | None:
    """The person named last before a place, or else the first whom the fact is about."""
    named = [id_ for id_, _, end in language.mentions(tuple(words[:at])) if end <= at]
    people = [case.entities[id_] for id_ in (*reversed(named), *fact.about) if id_ in case.entities]
    return next((one for one in people if one.kind == "person"), None)


class _ProperNames:
    """Which names of the entities of a case are proper ones."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._words = case.english.known
        self._articles = case.english.words("articles")

    def of(self, entity: Entity) -> Iterator[str]:
        """Yield those of an entity: "the caretaker" is none, nor is "caretaker" beside it."""
        names = (entity.name, *entity.aliases, *entity.misspelt)
        called = {words[1:] for words in map(tokenise, names) if len(words) == ONE_NOUN and words[0] in self._articles}
        for name in names:
            words = tokenise(name)
            if self.words_of(entity, name) and words not in called and words[1:] not in called:
                yield name

    def words_of(self, entity: Entity, name: str) -> frozenset[str]:
        """Return the words of a name that are no words of the language nor of the role, nor another's: "ada" of "adas children"."""
        others = {
            word for other in self._case.entities.values() if other is not entity for word in tokenise(other.name)
        }
        others |= {*tokenise(entity.role)}
        either = ((word, word.removesuffix("s")) for word in tokenise(name) if word.isalpha())
        return frozenset(
            word for word, one in either if not any(some in self._words or some in others for some in (word, one))
        )
