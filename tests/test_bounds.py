"""No message stalls the bot or ends it: work is counted, never timed, and grows no faster than the message."""

import ast
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reply import NOTHING, Context, Kind
from knowledge.care.pieces import Manners
from knowledge.language.english import Language
from knowledge.language.patterns import Choice, Patterns
from knowledge.language.questions import MOST_PARTS, MOST_PIECES, Splitter
from knowledge.language.reading import as_read
from knowledge.language.spelling import MOST_SOUGHT, Speller
from knowledge.language.text import MAX_CHARACTERS, PILED, tokenise, tokens
from knowledge.matching import index, search
from knowledge.matching.index import Index
from knowledge.matching.search import Search
from tests import slowest

TOP = Path(__file__).parent.parent
Locals = Mapping[str, Any]
WATCHED: dict[CodeType, tuple[str, Callable[[Locals], int]]] = {
    tokens.__code__: ("characters read", lambda given: len(given["text"])),
    Speller.repair_all.__code__: ("words mended", lambda given: len(given["typed"])),
    Speller._nearest.__code__: ("words sought", lambda _: 1),
    Speller._split.__code__: ("words taken apart", lambda _: 1),
    Splitter.split.__code__: ("words taken apart into questions", lambda given: len(given["words"])),
    Splitter.clauses.__code__: ("words taken apart into clauses", lambda given: len(given["sentence"])),
    Manners.clauses.__code__: ("words heard by clause", lambda given: len(given["message"])),
    Language.question.__code__: ("words asked about", lambda given: len(given["words"])),
    Language.terms.__code__: ("words scored", lambda given: len(given["words"])),
    index.pair_keys.__code__: ("units paired", lambda given: len(given["units"])),
    Index.scores.__code__: ("readings scored", lambda given: len(given["readings"])),
    Search.candidates.__code__: ("readings ranked", lambda _: 1),
    search.likest.__code__: ("characters compared", lambda given: len(given["asked"])),
    Patterns.names.__code__: ("words looked at", lambda given: len(given["text"])),
    Choice.ends.__code__: ("pattern steps", lambda _: 1),
}
"""The steps that cost most, each with what is counted of a call."""
MOST = 5
"""How many times the work of ordinary sentences of its length a message may take."""
LEAST = {
    "calls": 1000,
    "characters read": 1000,
    "words mended": 100,
    "words sought": 10,
    "words taken apart": 10,
    "words taken apart into questions": 100,
    "words taken apart into clauses": 100,
    "words heard by clause": 100,
    "words asked about": 300,
    "words scored": 300,
    "units paired": 300,
    "readings scored": 10,
    "readings ranked": 10,
    "characters compared": 8000,
    "words looked at": 500,
    "pattern steps": 3000,
}
"""Work that is too little to be compared."""
LENGTHS = [128, 512, 1024, 2048, MAX_CHARACTERS]

KNOWN = [
    "what about" + " " * 4084 + "x?",
    "what car was it" + "," * 4000 + "?",
    "what car" + "\n" * 4000 + "was it?",
    "what car " + "and " * 1000 + "?",
    "who" + " n how" * 680 + "?",
    "who told the police" + " and when" * 440 + "?",
    "on, " * 1020 + "what car was it?",
    "at, in, " * 508 + "what car was it?",
    "\ud83d" * MAX_CHARACTERS,
    "a" + "\u0301\u0323" * 2047,
]
OURS = [
    "what did he say about it and about " * 117,
    "according to LBC, " * 220 + "who was it",
    "? who ? did ? he ?" * 227,
    "as per, if so, and then, " * 163 + "why",
    "who-was-he-" * 372,
    "ﷺ" * MAX_CHARACTERS,
    "i'd " * 1024,
    "was he? " * 512,
    "a b c d e ff " * 315,
    "he has a knife is coming up the stairs to kill me my ex " * 73,
    "hе " * 1365,
    "& , ; " * 682 + "who",
    "whose" * 92 + "which " * 17,
    "? did - she ; hit / me ? my - ex ; is / here . " * 87,
]


def work(conversation, text: str, context: Context = NOTHING) -> Counter[str]:
    """What one reply takes: all calls, and what is counted of the steps that cost most."""
    conversation.reply(text, context)  # what is read of the case's own wordings is read once
    done: Counter[str] = Counter()

    def count(frame, event, _):
        if event in {"call", "c_call"}:
            done["calls"] += 1
        if event == "call" and frame.f_code in WATCHED:
            name, amount = WATCHED[frame.f_code]
            done[name] += amount(frame.f_locals)

    sys.setprofile(count)
    try:
        conversation.reply(text, context)
    finally:
        sys.setprofile(None)
    return done


@pytest.fixture(scope="module")
def ordinary(conversation) -> dict[int, Counter[str]]:
    """The work for ordinary sentences, by their length in characters: in each count the most of a few messages."""
    sought = slowest.Search(1, conversation)
    return {
        length: Counter({name: max(done[name] for done in several) for several in [few] for name in few[0]})
        for length in LENGTHS
        for few in [[work(conversation, sought.told(length)) for _ in range(3)]]
    }


def beyond(done: Counter[str], text: str, ordinary: dict[int, Counter[str]]) -> dict[str, int]:
    """The counts that are beyond the bound for a text."""
    usual = next(ordinary[length] for length in LENGTHS if len(text) <= length)
    return {name: count for name, count in done.items() if count > MOST * max(usual[name], LEAST[name])}


@pytest.mark.parametrize("text", KNOWN + OURS, ids=lambda text: ascii(text[:24]))
def test_a_built_message_takes_no_more_than_five_times_the_work_of_sentences(conversation, ordinary, text):
    """Repeated spaces, signs, join words, settings, marks and patterns are answered like any other words."""
    assert beyond(work(conversation, text), text, ordinary) == {}


@pytest.mark.parametrize("text", KNOWN + OURS, ids=lambda text: ascii(text[:24]))
def test_work_grows_no_faster_than_the_message(conversation, text):
    """Four times the characters take four times the work, or twice that where a short message needs less; not the square."""
    eighth = len(text) // 8
    quarter = work(conversation, text[:eighth] + text[-eighth:])
    whole = work(conversation, text)
    assert {name: count for name, count in whole.items() if count > 8 * max(quarter[name], LEAST[name])} == {}


POOL = [*slowest.SEPARATORS, *slowest.STRANGE, *slowest.WORDS, *slowest.PHRASES, "wsa", "kiled", "polcie", "hsuband"]
PIECES = st.tuples(
    st.lists(st.sampled_from(POOL), min_size=1, max_size=6), st.sampled_from(["", " "]), st.integers(1, 1024)
)


@settings(deadline=None, max_examples=40)
@given(st.lists(PIECES, min_size=1, max_size=5), st.booleans())
def test_no_built_message_takes_more_than_five_times_the_work_of_sentences(conversation, ordinary, built, told):
    """Whatever is repeated, in whatever order, at first or after an answer."""
    text = "".join((gap.join(words) + gap) * times for words, gap, times in built)[:MAX_CHARACTERS]
    context = Context(facts=(next(iter(conversation.case.facts)),)) if told else NOTHING
    assert beyond(work(conversation, text, context), text, ordinary) == {}


def test_no_pattern_over_what_people_write_takes_the_square_of_it():
    """No pattern has two repeats without a bound, or begins with one and goes on: that is tried from every place anew."""
    files = [*TOP.glob("knowledge/[!c]*/*.py"), *TOP.glob("bot/*.py"), *TOP.glob("bot/faces/**/*.py")]
    patterns = [pattern for file in files if file.name != "settings.py" for pattern in patterns_of(file)]
    assert len(patterns) > 5
    assert list(filter(is_slow, patterns)) == []
    assert all(map(is_slow, (r"(.*\babout\s+)(.+?)", r"(?:(?:and|also)[, ]+)*", r"[^.?]*\?")))


def is_slow(pattern: str) -> bool:
    parsed = re._parser.parse(pattern)
    return unbounded(parsed) > 1 or (len(parsed) > 1 and unbounded(parsed[:1]) > 0)


def patterns_of(file: Path) -> list[str]:
    """The regular expressions in a file; what is filled in counts as a letter."""
    calls = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    uses = [call for call in calls if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "re"]
    uses = [call for call in uses if call.func.attr != "escape"]
    texts = [call.args[0].values if isinstance(call.args[0], ast.JoinedStr) else [call.args[0]] for call in uses]
    return ["".join(part.value if isinstance(part, ast.Constant) else "x" for part in text) for text in texts]


def unbounded(parsed, inside: int = 1) -> int:
    """How many repeats without a bound a pattern has; one inside another counts twice."""
    found = 0
    for kind, what in parsed:
        if kind in {re._constants.MAX_REPEAT, re._constants.MIN_REPEAT}:
            endless = what[1] is re._constants.MAXREPEAT
            found += inside * endless + unbounded(what[2], inside + endless)
        elif kind is re._constants.SUBPATTERN:
            found += unbounded(what[3], inside)
        elif kind in {re._constants.ASSERT, re._constants.ASSERT_NOT}:
            found += unbounded(what[1], inside)
        elif kind is re._constants.BRANCH:
            found += max(unbounded(branch, inside) for branch in what[1])
    return found


def test_of_a_message_of_misspelt_words_only_some_are_mended(conversation):
    """Each word is looked for once, and no more than a bound of them; nothing of it is kept."""
    letters = "wxyzqjkv"
    speller = conversation._decider._reader._speller
    made = [f"h{a}{b}{c}p" for a in letters for b in letters for c in letters]
    assert work(conversation, " ".join(made))["words sought"] == MOST_SOUGHT
    assert not speller._untouched.keys() & set(made)
    few = work(conversation, "wich polce forse invstigated teh kiling, and woh was teh ofiser? " * 40)
    assert few["words sought"] <= MOST_SOUGHT


def test_a_misspelt_cry_at_the_end_of_a_long_message_is_heard(ask):
    """The bound on mending leaves room for all that somebody types."""
    plain = """
        yesterday evening we watched television together and after dinner somebody mentioned that awful business near
        the station which everybody in our street remembers because several journalists came with cameras and stood
        around for weeks asking shopkeepers and students about things nobody really understood so naturally people
        started gossiping again although personally i never believed half of those rumours since newspapers often
        exaggerate whatever sounds exciting while ordinary families simply want quiet afternoons and decent schools
    """
    story = " ".join(
        word[:1] + word[2:3] + word[1:2] + word[3:] if at % 2 else word for at, word in enumerate(plain.split())
    )
    assert ask(story).kind is not Kind.SUPPORT
    assert ask(f"{story} my husbnad hist me").text == ask("my husband hits me").text


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("  what \n\n\t car   was\u00a0it ,,,,  ??? ", "what. car was it , ?"),
        ("what car was it!!!!!!!!", "what car was it!"),
        ("hоw оld was she", "how old was she"),
        ("Ηow οld wаs shе", "How old was she"),
        ("9️⃣9️⃣9️⃣", "999"),
    ],
)
def test_a_message_is_folded_once(ask, typed, plain):
    """White space, runs of a sign, letters of another alphabet inside a word and keycaps: the same message, answered alike."""
    assert [token[1:] for token in tokens(typed)] == [token[1:] for token in tokens(plain)]
    assert ask(typed) == ask(plain)


def test_marks_piled_on_a_letter_are_not_put_in_order(conversation, monkeypatch):
    """What sorts them takes the square of their number, so it is given no more than any language writes."""
    ordered = []
    plain = unicodedata.normalize
    monkeypatch.setattr(unicodedata, "normalize", lambda form, text: ordered.append(text) or plain(form, text))
    conversation.reply("who killed he\u0301r" + "\u0301\u0323" * 2000)
    assert ordered
    assert not [text for text in ordered if "\u0301\u0323" * PILED in text]


@given(st.text(alphabet=st.sampled_from("ab еоА9 \ufe0f\u20e3,!?.\n\u0301")) | st.text())
def test_reading_twice_changes_nothing(text):
    """The plain words of a text are read as they are."""
    words = tokenise(text)
    assert tokenise(", ".join(words)) == words


@pytest.mark.parametrize("cry", ["hе hits mе", "му husband hits mе", "9️⃣9️⃣9️⃣", "9 9 9", "call 999 now"])
def test_a_cry_in_lookalike_letters_or_digits_is_heard(ask, cry):
    """Whoever types around a filter, or on another keyboard, is heard."""
    reply = ask(cry)
    assert reply.kind is Kind.SUPPORT
    assert "999" in reply.text


@pytest.mark.parametrize("question", ["did she call 999", "who rang 999"])
def test_a_question_about_a_call_is_no_cry(ask, question):
    """The number alone makes nothing a cry."""
    assert ask(question).kind is not Kind.SUPPORT


def test_another_alphabet_stays_what_it_is(ask):
    """Russian and Greek are recognised, though their letters look Latin, and with a Latin name among them."""
    russian = "Он меня бьёт, помогите, Yasmin"
    assert " ".join(token.typed for token in tokens(russian)) == "он меня бьёт помогите yasmin"
    assert "999" in ask(russian).text
    assert ask(russian).text.splitlines()[0] == ask("Он меня бьёт, помогите").text.splitlines()[0] != ""


def test_a_sentence_of_a_thousand_clauses_is_one_question(case):
    """What asks more than anybody would is left whole; of a rambling message only the last pieces are looked at."""
    splitter, language = Splitter(case.english), Language.of(case)

    def words(text):
        return as_read(text, language)

    assert len(splitter.split(words("who told the police" + " and when" * 440))) == 1
    clauses = splitter.clauses(words("who told " + "the police " * 180 + "and when " * 220))
    assert sum(map(len, clauses)) < MAX_CHARACTERS
    assert len(splitter.split(words("on, " * 1020 + "what car was it?"))) == 1
    assert len(splitter.split(words("was he? " * 512))) <= MOST_PARTS
    assert len(splitter.pieces(words("who was it then " * 256))) == MOST_PIECES
