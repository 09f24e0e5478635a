"""Learning, the index as a value, and how it is kept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.case.general import English
from knowledge.language.english import Language
from knowledge.language.reading import Reader
from knowledge.matching import ascent, counts, store
from knowledge.matching.ascent import Example, learn
from knowledge.matching.index import Index, IndexFileError, pair_keys
from knowledge.matching.search import CANDIDATES, CONCERN, Query, Search, Wording

ASKS = {
    "killer": ["who killed her", "who was the killer", "name of the killer", "who did it"],
    "date": ["when was she killed", "when did it happen", "what day was it", "date of the killing"],
    "age": ["how old was the killer", "what age was leon", "how old was he", "age of the killer"],
    "driver-age": ["how old was the driver", "age of the driver", "what age was the man in the car"],
    "driver": ["who was the driver", "name of the driver", "who drove the car"],
    "warrant": ["was there a warrant", "why was he not arrested", "was he wanted by police"],
}
WORDINGS = [Wording(fact, text) for fact, texts in ASKS.items() for text in texts]
LISTS = {"auxiliaries": frozenset({"was", "did"})}
ENGLISH = English(
    expand={"wasnt": "was not", "wen": "when"},
    phrases={"locked up": "arrested"},
    same={"murdered": "killed", "slain": "killed"},
    common=frozenset({"cart", "boat"}),
    lists=LISTS,
)
ALIASES = {("the", "killer"): "leon", ("leon",): "leon", ("mccaskie",): "leon", ("the", "driver"): "abraham"}


def index_of(wordings, english=ENGLISH, aliases=ALIASES) -> tuple[Language, Index]:
    language = Language(english, aliases)
    unit = lambda word: language.forms(word)[1]  # noqa: E731
    examples = [Example(one.label, language.terms(language.wording(one.text), unit)) for one in wordings]
    return language, learn(examples, language.forms, language.layer)[0]


class Asked:
    """A search with its reader, asked in text."""

    def __init__(self, wordings, english=ENGLISH, aliases=ALIASES, index=None):
        language, learned = index_of(wordings, english, aliases)
        self.reader = Reader(language, (index or learned).vocabulary)
        self.search = Search(wordings, self.reader, index or learned, 0.2)

    def row(self, text):
        (row,) = self.search.rows([Query(self.reader.read(text).texts)])
        return row

    def rank(self, text):
        return self.search.candidates(self.row(text))


LANGUAGE, INDEX = index_of(WORDINGS)
SEARCH = Asked(WORDINGS)


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("who killed her", "killer"),
        ("wen did it hapen", "date"),
        ("hw old was the kilelr", "age"),
        ("how old was mccaskie", "age"),
        ("how old was the drvier", "driver-age"),
        ("who murdered her", "killer"),
        ("why wasnt he locked up", "warrant"),
        ("whendidithappen", "date"),
    ],
)
def test_people_are_understood(question, fact):
    """Slips, slang, synonyms, phrases and other names for a person find the fact that they ask for."""
    assert SEARCH.rank(question)[0].id == fact


def test_whoever_is_named_tells_who_is_meant():
    """The same words ask for another fact of another person."""
    assert SEARCH.rank("what age leon")[0].id == "age"
    assert SEARCH.rank("what age the driver")[0].id == "driver-age"


def test_a_wording_itself_scores_highest():
    """A fact's own wording is its nearest one and scores well above a question about something else."""
    own, other = SEARCH.rank("was there a warrant")[0], SEARCH.rank("was there a boat in paris")[0]
    assert (own.id, own.wording) == ("warrant", "was there a warrant")
    assert own.score > 0.7 > 1.2 * other.score


def test_unknown_words_count_against_the_score():
    """What is known of a question's weight is its coverage, and a stranger among the words lowers the score."""
    strange, plain = SEARCH.row("who killed the quetzalcoatl"), SEARCH.row("who killed the")
    assert plain.coverage == 1.0 > strange.coverage
    assert SEARCH.search.candidates(strange)[0].score < SEARCH.search.candidates(plain)[0].score


def test_right_words_are_not_bent_to_the_case():
    """A right word of the language is not repaired into one of the case's."""
    assert [word.text for word in SEARCH.reader.read("who drove the cart").words][-1] == "cart"


def test_a_word_of_the_layer_is_known_through_its_group():
    """A synonym that no wording holds counts as the head of its group does."""
    assert SEARCH.row("when was she slain").coverage == 1.0
    assert Asked(WORDINGS, English(lists=LISTS)).row("when was she slain").coverage < 1.0


def test_no_more_candidates_than_can_be_looked_at():
    """Of many facts that are about as good, a few are kept."""
    words = ["alpha", "bravo", "charlie", "delta", "echo", "fox", "golf", "hotel", "india"]
    asked = Asked([Wording(word, f"tell me {word}") for word in words], English(lists=LISTS), {})
    assert len(asked.rank("tell me alpha bravo charlie delta echo fox golf hotel india")) == CANDIDATES


def test_what_is_only_leant_on_counts_where_it_is_not_far_behind():
    """By the question or by what it leans on; the share says how much of each."""
    asked, told = SEARCH.row("who killed her"), SEARCH.row("how old was the driver")
    every = {"killer", "driver-age", "date"}
    assert SEARCH.search.not_far_behind(asked, told, 0.5, every) >= {"killer", "driver-age"}
    assert "driver-age" not in SEARCH.search.not_far_behind(asked, told, 0.0, every)
    assert "killer" not in SEARCH.search.not_far_behind(asked, told, 1.0, every)


def test_concerns_are_scored_and_are_no_candidates():
    """A concern has its column in the same product, and is never an answer."""
    asked = Asked([*WORDINGS, Wording(CONCERN + "danger", "he is outside with a knife")])
    row = asked.row("he is outside")
    assert row.learned[asked.search.place[CONCERN + "danger"]] == row.learned.max()
    assert all(not one.id.startswith(CONCERN) for one in asked.search.candidates(row))


def test_many_readings_score_as_each_alone():
    """One product for many readings gives each what it would get by itself."""
    texts = ["who killed her", "how old was leon", "", "zzzz", "was there a warrant for the driver"]
    queries = [Query(SEARCH.reader.read(text).texts) for text in texts]
    together = SEARCH.search.rows(queries)
    for query, row in zip(queries, together, strict=True):
        assert np.allclose(row.learned, SEARCH.search.rows([query])[0].learned)


def test_a_score_is_the_sum_of_its_parts():
    """What each word and pair says for a class adds up to the class's score."""
    query = Query(SEARCH.reader.read("how old was the killer").texts)
    parts = dict(SEARCH.search.parts(query, "age"))
    score = float(SEARCH.search.rows([query])[0].learned[SEARCH.search.place["age"]])
    assert sum(parts.values()) == pytest.approx(score, abs=1e-5)
    assert {"old", "@leon", "how then old"} <= parts.keys()


def test_nothing_known_finds_nothing():
    """A question without one known word has no candidates and no coverage."""
    row = SEARCH.row("zzzz qqqq")
    assert (SEARCH.search.candidates(row), row.coverage) == ((), 0.0)


def test_every_wording_finds_its_own_class():
    """What was learned from is found again, well above every other class."""
    readings = [SEARCH.reader.terms(LANGUAGE.wording(one.text)) for one in WORDINGS]
    for one, scores in zip(WORDINGS, INDEX.scores(readings).values, strict=True):
        own = INDEX.classes.index(one.label)
        assert scores[own] > 0.5 > np.delete(scores, own).max()


@settings(max_examples=5, deadline=None)
@given(st.permutations(WORDINGS))
def test_order_changes_nothing(shuffled: list[Wording]):
    """The same wordings in another order give the same numbers."""
    _, index = index_of(shuffled)
    assert index.classes == INDEX.classes
    assert np.array_equal(index.values, INDEX.values)


@pytest.mark.parametrize("classes", [1, 2, 3])
def test_what_is_learned_in_blocks_of_classes_is_what_is_learned_at_once(monkeypatch, classes):
    """A case of many facts is learned some of them at a time, so that memory stays bounded."""
    monkeypatch.setattr(ascent, "BLOCK", classes * (len(INDEX.words) + len(INDEX.pairs) + len(WORDINGS)))
    _, index = index_of(WORDINGS)
    assert np.array_equal(index.columns, INDEX.columns)
    assert np.allclose(index.values, INDEX.values, atol=1e-3)


def test_an_index_of_bytes_scores_alike():
    """What was kept scores like what was learned, within the precision of what is kept."""
    kept = Index.from_bytes(INDEX.to_bytes())
    reading = SEARCH.reader.terms(("how", "old", "was", "leon"))
    assert np.allclose(kept.scores([reading]).values, INDEX.scores([reading]).values, atol=1e-2)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_torn_file_is_no_index(share):
    """Bytes that were cut short are told from a whole index."""
    data = INDEX.to_bytes()
    with pytest.raises(IndexFileError):
        Index.from_bytes(data[: int(len(data) * share)])


def test_a_changed_byte_is_no_index():
    """A byte that changed on the disk is noticed."""
    data = bytearray(INDEX.to_bytes())
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(IndexFileError):
        Index.from_bytes(bytes(data))


def test_an_index_is_found_again(tmp_path, monkeypatch):
    """What was kept for a digest is found for it and for no other; a damaged file is as good as none."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    store.keep(INDEX, "one", {})
    found = store.find("one", {})
    assert found is not None
    assert found.classes == INDEX.classes
    assert store.find("two", {}) is None
    (file,) = tmp_path.rglob("*.index")
    file.write_bytes(file.read_bytes()[:-100])
    assert store.find("one", {}) is None


def test_no_more_than_the_newest_few_are_kept(tmp_path, monkeypatch):
    """The cache folder doesn't grow with every edit."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for name in "abcde":
        store.keep(INDEX, name, {})
    assert len([*tmp_path.rglob("*")]) - 1 == store.KEPT
    assert store.find("e", {}) is not None


def test_none_writes_nothing(tmp_path, monkeypatch):
    """With `CASEBOOK_INDEX=none` nothing is written, and nothing that was is read."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    store.keep(INDEX, "one", {store.SETTING: "none"})
    assert not [*tmp_path.rglob("*.index")]
    store.keep(INDEX, "one", {})
    assert store.find("one", {store.SETTING: "none"}) is None


def test_a_folder_that_cannot_be_written_is_borne(tmp_path, monkeypatch):
    """On a read-only disk the index stays in memory, and nobody is told of an error."""
    (tmp_path / "casebook").write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    store.keep(INDEX, "one", {})
    assert store.find("one", {}) is None


def test_a_file_made_ahead_comes_first(tmp_path, monkeypatch):
    """`CASEBOOK_INDEX` names a file that was built ahead; one of something else is passed over."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    ahead = tmp_path / "ahead.index"
    store.write(INDEX, "one", ahead)
    assert store.find("one", {store.SETTING: str(ahead)}) is not None
    assert store.find("two", {store.SETTING: str(ahead)}) is None


WORD = st.sampled_from(
    [*sorted({word for wording in WORDINGS for word in wording.text.split()}), "kileld", "wen", "zebra"]
)


@settings(deadline=None)
@given(st.lists(WORD, max_size=12).map(" ".join))
def test_scores_are_in_range_and_in_order(question):
    """Scores and coverage lie in 0.0 to 1.0, the best first, a fact once, and no more than are looked at."""
    row = SEARCH.row(question)
    ranked = SEARCH.search.candidates(row)
    scores = [candidate.score for candidate in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in (*scores, row.coverage))
    assert len({candidate.id for candidate in ranked}) == len(scores) <= CANDIDATES


def test_pairs_that_hardly_any_message_holds_are_left_out(monkeypatch):
    """But for those of a fact, whose wordings are few."""
    monkeypatch.setattr(counts, "SELDOM", 1)
    wordings = [*WORDINGS, Wording(f"{CONCERN}abuse", "my husband hits me")]
    language, index = index_of(wordings)

    def pairs(text, label):
        reading = Reader(language, index.vocabulary).read(text).texts
        terms = language.terms(reading, lambda word: language.forms(word)[1])
        return [name for name, _ in index.parts(terms, label) if " then " in name or " + " in name]

    assert pairs("who killed her", "killer")
    assert not pairs("my husband hits me", f"{CONCERN}abuse")


@given(st.lists(st.lists(st.sampled_from("abcdefghijklmnopqrs"), min_size=1, max_size=20), min_size=2, max_size=4))
@settings(max_examples=60, deadline=None)
def test_what_is_learned_and_what_is_asked_have_the_same_pairs(texts):
    """A message's pairs are found one by one, those of all wordings at once; far apart and twice over too."""
    language, index = index_of([Wording(f"fact-{at}", " ".join(("where", *words))) for at, words in enumerate(texts)])
    places = {unit: at for at, unit in enumerate(index.units)}
    readings = [
        language.terms(language.wording(" ".join(("where", *words))), lambda word: language.forms(word)[1])
        for words in texts
    ]
    wanted = {key for reading in readings for key in pair_keys([places[unit] for unit in reading.units])}
    assert index.pairs.tolist() == sorted(wanted)
