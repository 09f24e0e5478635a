from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import MAX_CHARACTERS, MAX_TOKENS, normalise, stemmer, tokenise


def test_case_quotes_and_punctuation_fold() -> None:
    """A message becomes lower-case words; apostrophes of every shape close up, other punctuation parts words."""
    assert normalise("  WHO killed Yasmin's ex-husband?!\n") == "who killed yasmins ex husband"
    assert normalise("wasn’t wasn`t wasn't") == "wasnt wasnt wasnt"
    assert normalise("a_b") == "a b"


def test_foreign_forms_fold() -> None:
    """Accents, full-width letters and ligatures become the plain letters that most people type."""
    assert normalise("Yasmín ＣＨＫＡＩＦＩ ﬁrst") == "yasmin chkaifi first"
    assert normalise("Straße") == "strasse"


def test_marks_and_emoji_vanish() -> None:
    """Control characters, direction marks and emoji leave no trace inside or beside a word."""
    assert normalise("\u202ewho\u200f ki\u200blled\x00 her 😢👩‍👩‍👧") == "who killed her"


def test_no_more_than_a_message_is_read() -> None:
    """However long the input, at most `MAX_TOKENS` words of `MAX_CHARACTERS` characters are kept."""
    assert len(tokenise("word " * 1_000_000)) == MAX_TOKENS
    assert len(normalise("x" * 1_000_000)) == MAX_CHARACTERS
    assert normalise("?" * MAX_CHARACTERS + "word") == ""
    assert len(normalise("ﷺ" * 1_000_000)) <= MAX_CHARACTERS


def test_nothing_gives_nothing() -> None:
    """An empty message, or one of signs alone, has no words."""
    assert tokenise("") == tokenise("?!… 😀") == ()


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    """Normalised text is normal."""
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_tokens_are_the_words_of_the_normal_text(text: str) -> None:
    """Tokens are non-empty, hold no white space, and put together are the normalised text."""
    assert " ".join(tokenise(text)) == " ".join(normalise(text).split()[:MAX_TOKENS])


def test_stems_join_word_forms() -> None:
    """Forms of one word have one stem."""
    stem = stemmer()
    assert stem("killed") == stem("killing") == stem("kills") == "kill"


def test_a_word_spelt_out_closes_up():
    """Four single letters or more are one word; the short forms of a chat are not."""
    assert tokenise("who is R A W L I N S O N") == ("who", "is", "rawlinson")
    assert tokenise("r u a bot") == ("r", "u", "a", "bot")
