from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.english import English
from knowledge.features import Wording
from knowledge.learn import learn
from knowledge.search import CANDIDATES, Search
from knowledge.weights import dump, load

ASKS = {
    "killer": ["who killed her", "who was the killer", "name of the killer", "who did it"],
    "date": ["when was she killed", "when did it happen", "what day was it", "date of the killing"],
    "age": ["how old was the killer", "what age was leon", "how old was he", "age of the killer"],
    "driver-age": ["how old was the driver", "age of the driver", "what age was the man in the car"],
    "driver": ["who was the driver", "name of the driver", "who drove the car"],
    "warrant": ["was there a warrant", "why was he not arrested", "was he wanted by police"],
}
WORDINGS = [Wording(fact, text) for fact, texts in ASKS.items() for text in texts]
ENGLISH = English(
    expand={"wasnt": "was not", "wen": "when"},
    phrases={"locked up": "arrested"},
    same={"murdered": "killed", "slain": "killed"},
    common=frozenset({"cart", "boat"}),
)
ALIASES = {("the", "killer"): "leon", ("leon",): "leon", ("mccaskie",): "leon", ("the", "driver"): "abraham"}
WEIGHTS = learn(WORDINGS, ENGLISH, ALIASES)
SEARCH = Search(WORDINGS, ENGLISH, ALIASES, WEIGHTS)


def first(question: str, **options: frozenset[str]) -> str:
    """The fact that ranks first."""
    return SEARCH.rank(question, **options).candidates[0].fact


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
def test_people_are_understood(question: str, fact: str) -> None:
    """Slips, slang, synonyms, phrases and other names for a person find the fact that they ask for."""
    assert first(question) == fact


def test_the_conversation_tells_who_is_meant() -> None:
    """An entity that the conversation adds counts as if it had been named."""
    assert first("what age", entities=frozenset({"leon"})) == "age"
    assert first("what age", entities=frozenset({"abraham"})) == "driver-age"


def test_a_wording_itself_scores_highest() -> None:
    """A fact's own wording is its nearest one and scores well above a question about something else."""
    own = SEARCH.rank("was there a warrant").candidates[0]
    other = SEARCH.rank("was there a boat in paris")
    assert (own.fact, own.wording) == ("warrant", "was there a warrant")
    assert own.score > 0.6 > 1.5 * other.candidates[0].score


def test_unknown_words_count_against_the_score() -> None:
    """Coverage is the known share of the question's weight, and the tokens say which words are unknown."""
    ranking = SEARCH.rank("Who killd the quetzalcoatl?", explain=True)
    assert [(token.typed, token.word, token.known) for token in ranking.tokens] == [
        ("who", "who", True),
        ("killd", "killed", True),
        ("the", "the", True),
        ("quetzalcoatl", "quetzalcoatl", False),
    ]
    assert ranking.coverage == pytest.approx(sum(token.weight for token in ranking.tokens if token.known))
    assert sum(token.weight for token in ranking.tokens) == pytest.approx(1)
    assert ranking.candidates[0].score < SEARCH.rank("who killed the").candidates[0].score


def test_short_forms_are_told_as_typed_and_as_taken() -> None:
    """A short form keeps what was typed beside the words that it stands for."""
    assert SEARCH.rank("wasnt he", explain=True).tokens[0][:3] == ("wasnt", "was not", True)


def test_right_words_are_not_bent_to_the_case() -> None:
    """A right word is not repaired into one of the case's."""
    assert [token.known for token in SEARCH.rank("who drove the cart", explain=True).tokens] == [
        True,
        True,
        True,
        False,
    ]


def test_words_of_one_group_stand_for_each_other() -> None:
    """A word of the layer that no wording holds is known through its group."""
    assert SEARCH.rank("when was she slain").coverage == 1.0
    assert Search(WORDINGS, English(), ALIASES).rank("when was she slain").coverage < 1.0


def test_no_more_facts_than_can_be_looked_at() -> None:
    """Of many facts that are about as good, `CANDIDATES` are kept."""
    many = [
        Wording(word, f"tell me {word}")
        for word in ["alpha", "bravo", "charlie", "delta", "echo", "fox", "golf", "hotel", "india"]
    ]
    search = Search([*many, Wording("kilo", "kilo"), Wording("lima", "lima")], English(), {})
    assert len(search.rank("tell me alpha bravo charlie delta echo fox golf hotel india").candidates) == CANDIDATES


def test_a_candidate_explains_itself() -> None:
    """The parts name words and pairs and add up to the score; without being asked for they are left out."""
    best = SEARCH.rank("how old was the killer", explain=True).candidates[0]
    assert sum(value for _, value in best.parts) == pytest.approx(best.score, abs=0.01)
    assert {"old", "@leon", "@leon + old", "how then old", "wording"} <= {name for name, _ in best.parts}
    assert SEARCH.rank("how old was the killer").candidates[0].parts == ()


def test_nothing_known_finds_nothing() -> None:
    """A question without one known word has no candidates and no coverage."""
    ranking = SEARCH.rank("zzzz qqqq")
    assert (ranking.candidates, ranking.coverage) == ((), 0.0)
    assert SEARCH.rank("").candidates == Search([], ENGLISH, {}).rank("who").candidates == ()


def test_kept_weights_rank_like_learned_ones() -> None:
    """Weights that were dumped and loaded give the same ranking as those just learned."""
    kept = Search(WORDINGS, ENGLISH, ALIASES, load(dump(WEIGHTS)))
    assert kept.rank("how old was leon") == SEARCH.rank("how old was leon")


WORD = st.sampled_from(
    [*sorted({word for wording in WORDINGS for word in wording.text.split()}), "kileld", "wen", "zebra"]
)


@given(st.lists(WORD, max_size=12).map(" ".join))
def test_scores_are_in_range_and_in_order(question: str) -> None:
    """Scores and coverage lie in 0.0 to 1.0, the best first, a fact once, and no more than `CANDIDATES`."""
    ranking = SEARCH.rank(question)
    scores = [candidate.score for candidate in ranking.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in (*scores, ranking.coverage))
    assert len({candidate.fact for candidate in ranking.candidates}) == len(scores) <= CANDIDATES


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False), st.lists(WORD, max_size=8).map(" ".join))
def test_the_order_of_facts_changes_nothing(shuffle: random.Random, question: str) -> None:
    """The same wordings in another order rank alike."""
    mixed = shuffle.sample(WORDINGS, len(WORDINGS))
    assert Search(mixed, ENGLISH, ALIASES).rank(question) == SEARCH.rank(question)


def test_a_long_message_is_added_up_in_parts() -> None:
    """Sixty heavy words overflow no lane: every word adds what it adds alone."""
    words = [f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]
    search = Search([Wording("all", " ".join(words)), Wording("other", "something else")], English(), {})
    assert search.rank(" ".join(words)).candidates[0].fact == "all"
    assert search.rank(" ".join(words)).candidates[0].score > 0.7


@given(st.text(max_size=300))
def test_any_text_is_ranked(question: str) -> None:
    """No input is an error."""
    assert 0.0 <= SEARCH.rank(question).coverage <= 1.0


def test_the_sentence_beside_a_question_counts() -> None:
    """A fact that both may mean gains, one that only the sentence means comes in, and scores stay within 1."""
    asked, told = SEARCH.rank("who was it"), SEARCH.rank("was there a warrant")
    alone = {candidate.fact: candidate.score for candidate in asked.candidates}
    together = {candidate.fact: candidate.score for candidate in asked.beside(told).candidates}
    assert together["warrant"] > alone.get("warrant", 0.0)
    assert all(together[fact] >= score for fact, score in alone.items())
    assert max(together.values()) <= 1.0
