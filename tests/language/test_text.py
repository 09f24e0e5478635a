from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.text import MAX_CHARACTERS, tokenise, tokens


def test_case_quotes_and_punctuation_fold():
    """A message becomes lower-case words; apostrophes of every shape close up, other punctuation parts words."""
    assert tokenise("  WHO killed Yasmin's ex-husband?!\n") == ("who", "killed", "yasmins", "ex", "husband")
    assert tokenise("wasn’t wasn`t wasn't") == ("wasnt", "wasnt", "wasnt")
    assert tokenise("she'll we're he'd") == ("she", "will", "we", "are", "he", "had")
    assert tokenise("a_b") == ("a", "b")


def test_foreign_forms_fold():
    """Accents, full-width letters and ligatures become the plain letters that most people type."""
    assert tokenise("Yasmín ＣＨＫＡＩＦＩ ﬁrst Straße") == ("yasmin", "chkaifi", "first", "strasse")


def test_the_word_as_typed_keeps_its_accents():
    """An accent tells languages apart, so the token keeps what was typed beside the plain word."""
    assert [(token.typed, token.word) for token in tokens("Él está")] == [("él", "el"), ("está", "esta")]


def test_marks_and_emoji_vanish():
    """Control characters, direction marks and emoji leave no trace inside or beside a word."""
    assert tokenise("\u202ewho\u200f ki\u200blled\x00 her 😢👩‍👩‍👧") == ("who", "killed", "her")
    assert tokenise("9️⃣9️⃣9️⃣") == ("999",)
    assert tokenise("h\u0337i\u0337t\u0337s \U0001d421\U0001d422\U0001d42d\U0001d42c") == ("hits", "hits")


def test_lookalikes_of_other_scripts_fold_inside_a_latin_word_only():
    """A word that mixes scripts is read as Latin; one that is all Cyrillic stays what it is."""
    assert tokenise("hе hits mе") == ("he", "hits", "me")
    assert tokenise("он убил") == ("он", "убил")


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("who? me. now", ["?", ".", ""]),
        ("one, two: three", [",", ",", ""]),
        ("a & b", ["&", ""]),
        ("first line\nsecond", ["", ".", ""]),
        ("what?! really", ["?", ""]),
        ("itv.com at 9.30am", ["", "", "", "", ""]),
        ("…?", []),
    ],
)
def test_the_strongest_sign_behind_a_word_is_kept(text, marks):
    """The end of a sentence, of one that asks, a pause, a joint; a stop inside an address or a number is none."""
    assert [token.mark for token in tokens(text)] == marks


def test_thousands_are_one_number():
    """A comma inside a number parts no words."""
    assert tokenise("5,000 or 4,99") == ("5000", "or", "4", "99")


def test_a_word_spelt_out_closes_up():
    """Four single letters or more are one word; the short forms of a chat are not."""
    assert tokenise("who is R A W L I N S O N") == ("who", "is", "rawlinson")
    assert tokenise("r u a bot") == ("r", "u", "a", "bot")


def test_no_more_than_a_message_is_read():
    """However long the input, no more than a message's characters are read."""
    assert len(tokenise("word " * 1_000_000)) <= MAX_CHARACTERS // 5 + 1
    assert tokenise("?" * MAX_CHARACTERS + "word") == ()
    assert sum(map(len, tokenise("ﷺ" * 1_000_000))) <= 20 * MAX_CHARACTERS


def test_nothing_gives_nothing():
    """An empty message, or one of signs alone, has no words."""
    assert tokens("") == tokens("?!… 😀") == ()


@given(st.text())
def test_the_words_of_words_are_the_same(text):
    """Reading the plain words of a message again changes nothing, but that letters may now stand in a row."""
    words = tokenise(text)
    if sum(len(word) == 1 for word in words) < 4:
        assert tokenise(" ".join(words)) == words
    assert all(word and not any(sign.isspace() for sign in word) for word in words)


@given(st.text(st.sampled_from("ab9 -.,?!:;'\nE"), max_size=14))
def test_words_are_the_same_with_their_signs_and_without(text):
    """What is read without looking at the signs is what is left of it without them."""
    assert tokenise(text) == tuple(token.word for token in tokens(text))
