"""Care hears what is said, not how: short messages, politeness, who does what to whom."""

import json

import pytest

from bot.reply import Kind
from knowledge.care.cries import Cry, gravest
from knowledge.matching.verdict import Tuning
from tests.shared import change

ALONE = [
    "frightened", "molested", "sucidal", "overdosed", "hes coming", "shes armed", "bleeding", "he hits", "punched me", "kidnapped",
    "dads violent", "being stalked", "no hope", "fgm", "not safe", "need police", "samaritans", "call police",
]  # fmt: skip


@pytest.fixture
def row(ask, case):
    """Return what is heard in a message, as the concern whose first lines the reply says, or the reply's kind."""
    firsts = {
        (first, concern.then): id_
        for id_, concern in case.care.concerns.items()
        for first in filter(None, (concern.first, concern.others))
    }

    def heard(*messages):
        reply = ask(*messages)
        if reply.kind is not Kind.SUPPORT:
            return str(reply.kind)
        said = {*reply.text.split("\n\n")}
        return next(id_ for lines, id_ in firsts.items() if said.issuperset(filter(None, lines)))

    return heard


@pytest.mark.parametrize("message", ALONE)
def test_a_word_that_stands_for_a_cry_is_one(ask, message):
    """One or two words are enough where they say it."""
    assert ask(message).kind is Kind.SUPPORT


def test_please_after_a_support_reply_is_a_cry(row):
    """It asks for what was just offered."""
    assert row("my husband hits me", "please") == "danger"


WRAPPED = [
    ("he has gone to fetch petrol", "danger"),
    ("nothing to stay here for", "crisis"),
    ("the pills are on the table", "crisis"),
    ("how many codeine would finish me", "crisis"),
    ("my niece is terrified of her stepfather", "worried"),
    ("there is always a car behind mine lately", "stalking"),
    ("he is only nice when his mum visits", "abuse"),
    ("he wakes soon and i have nowhere to hide", "danger"),
    ("i scream at my little girl and she shakes", "own"),
    ("where do the killers parents live i want a word", "harm"),
    ("im 13 and my stepmum slaps me", "child"),
    ("my sister was killed by her boyfriend", "bereaved"),
]
WRAPPERS = [
    "hi {}",
    "sorry to bother you but {}",
    "{} thanks",
    "{}. thank you for reading this",
    "{}. what car was it",
    "i know this isnt what this is for but {}",
    "hi, how old was yasmin? {}",
]


@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize(("message", "wanted"), WRAPPED)
def test_a_cry_beside_politeness_or_a_question_stays_one(row, message, wanted, wrapper):
    """It is heard in the same row as without."""
    assert row(message) == wanted
    assert row(wrapper.format(message)) == wanted


def test_a_question_beside_a_cry_is_answered_under_the_contacts(ask, case):
    """In one short sentence, under the contacts."""
    reply = ask("my grandad is frightened of my cousin. what car was it")
    assert reply.text.endswith(case.facts["car"].short)
    assert reply.kind is Kind.SUPPORT


def test_a_story_told_beside_a_question_is_none(ask):
    """Every sentence is heard by itself, and most say nothing of the kind."""
    reply = ask(
        "My uncle swears there were two cars. I told him it was one but he wouldn't hear of it. What car was it?"
    )
    assert reply.kind is Kind.ANSWER


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("overdosing right now", "116 123"),
        ("number for queer people", "0800 999 5428"),
        ("line for bisexual men", "0800 999 5428"),
        ("support in dundee", "0800 027 1234"),
        ("im on a ledge", "116 123"),
        ("he is stood on the porch", "999"),
    ],
)
def test_words_are_heard_as_typed(ask, message, wanted):
    """A word that is looked for is never mended into another one."""
    reply = ask(message)
    assert reply.kind is Kind.SUPPORT
    assert wanted in reply.text


def told(casebook, folder):
    """What `check` tells of a case that has errors or warnings."""
    code, out, _ = casebook("check", "--case", folder, "--format", "json")
    problems = json.loads(out)
    assert code == any(problem["level"] == "error" for problem in problems)
    return problems


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('"my stalker"\n', '"my Stalker"\n', "pattern-dead"),
        ("when: [scotland,", "when: [Écosse, scotland,", "pattern-dead"),
        ('- "cut myself|', '- "Cut myself|', "pattern-dead"),
        ('- "cut myself|', '- "cut [just myself|', "pattern"),
        ('"im being followed"]', '"im being zorbled"]', "signal-silent"),
    ],
)
def test_a_pattern_that_cannot_be_found_is_told_at_its_line(scratch, shipped_care, casebook, old, new, rule):
    """A word is looked for as messages are read: in lower case, without accents."""
    line = change(shipped_care, old, new)
    found = [problem for problem in told(casebook, scratch) if problem["rule"] == rule]
    assert [abs(problem["line"] - line) <= 1 for problem in found] == [True]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("contacts: [karma-nirvana, refuge, forced-marriage-unit]\n  sexual", "contacts: [karma]\n  sexual", "karma"),
        ("[a-man, with-a-woman]", "[a-man, with-a-dog]", "with-a-dog"),
        ("rows: [worried]", "rows: [woried]", "woried"),
        ("  about-me:\n", "  about-myself:\n", "no rejoinder about-me"),
        ("    say: Thank you for telling me. You can", "    own: Thank you for telling me. You can", "nothing is said"),
    ],
)
def test_what_circumstances_and_rejoinders_name_is_there(scratch, shipped_care, casebook, old, new, message):
    """A contact, a row and what the code itself looks for."""
    change(shipped_care, old, new)
    assert any(message in problem["message"] for problem in told(casebook, scratch) if problem["level"] == "error")


@pytest.mark.parametrize(
    "message",
    ["are those two ok", "and them", "what about them", "how did they both come to die", "they", "how are they"],
)
def test_a_bare_they_is_nobody(ask, message):
    """With nothing told before, least of all a child whom the reports leave unnamed."""
    assert "younger-child" not in ask(message).facts


MIRRORED = [
    ("my uncle wants me to marry his nephew", "i want to get into my nieces phone"),
    ("she tried to stab me", "i tried to stab her"),
    ("how do i hide from my stepson", "my stepson hides from me because i hit him"),
    ("scared what my girlfriend will do to me", "scared what i will do to my girlfriend"),
    ("my boyfriend tracks my phone", "i track my boyfriends phone"),
    ("he slaps me when he is drunk", "i slap him when i am drunk"),
    ("my wife reads all my emails", "i read all my wifes emails"),
    ("is there a tracker on my van", "how do i put a tracker on her van"),
    ("my son shoved me down", "i shoved my son down"),
    ("i bit him back when he was strangling me", "i bit him because he smiled at her"),
    ("she will not let me see my mates", "i will not let her see her mates"),
    ("my partner frightens me", "i frighten my partner"),
    ("he parks outside my nursery to watch me", "i park outside her nursery to watch her"),
    ("can he find my flat from the court letter", "how can i find her flat"),
    ("he scares my kids", "my kids are scared of me"),
    ("i was punched by my husband", "i punched my husband"),
]


@pytest.mark.parametrize(("suffered", "done"), MIRRORED)
def test_who_does_it_to_whom_decides(row, suffered, done):
    """Nobody in danger is refused or blamed, and nobody who does it is told that it is not their fault."""
    assert row(suffered) in {"danger", "abuse", "stalking", "child", "worried", "past"}
    assert row(done) in {"own", "harm"}


@pytest.mark.parametrize(
    "message",
    [
        "took a fistful of tablets",
        "overdosed this morning",
        "swallowed 30 aspirin",
        "my brother overdosed",
        "my nan has swallowed all her heart pills",
        "i drank weed killer",
        "she downed a bottle of antifreeze",
        "he made me swallow pills",
    ],
)
def test_what_was_taken_gets_999_first(row, ask, message):
    """Whoever took it, and by whose will."""
    assert row(message) == "taken"
    assert "999" in ask(message).text.partition(".")[0]


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("my boyfriend kicked me in the head and went to the pub", "danger"),
        ("wife threw the kettle at me just now", "danger"),
        ("im bleeding and he has gone out", "danger"),
        ("my uncle wants to kill me", "danger"),
        ("she said she would burn the house down", "danger"),
        ("i can hear the bloke upstairs beating her", "danger"),
        ("my brothers would rather see me dead than with him thanks", "danger"),
        ("neighbour is screaming for help", "danger"),
        ("ring the law please", "danger"),
        ("kids in danger", "danger"),
        ("got bashed again", "abuse"),
        ("violent stepdad", "abuse"),
        ("living in dread of my ex", "abuse"),
        ("survivor of sexual violence", "abuse"),
        ("i was mugged and groped", "past"),
        ("our drinks were spiked", "past"),
        ("slashed my wrists", "crisis"),
        ("done with life", "crisis"),
        ("my stalker is back", "danger"),
        ("she blocked me so i made another account", "own"),
        ("i hit her because she had me by the hair", "abuse"),
        ("anxious about what my wife might do", "abuse"),
        ("i drove that car", "witness"),
        ("safe refuge near me", "contacts"),
        ("on sunday he slap me because the soup is cold. in my village people say it is small thing", "abuse"),
        ("he slammed my fingers in the drawer", "abuse"),
    ],
)
def test_a_kind_that_strangers_wrote_is_heard_in_its_row(row, message, wanted):
    """What has just been done is danger, what others want to do is no wish to die, who strikes back is no culprit."""
    assert row(message) == wanted


@pytest.mark.parametrize("first", ["my boyfriend punched me", "i want to die"])
@pytest.mark.parametrize("message", ["can i get a bus there", "will they be cross", "zxqv frobnicate"])
def test_what_follows_a_cry_and_is_not_understood_gets_the_contacts(ask, first, message):
    """Somebody who spoke of danger is not told what the bot is for."""
    assert ask(first, message).kind is Kind.SUPPORT


def test_a_question_about_ways_to_die_is_a_cry(row):
    """Nothing was taken yet."""
    assert row("what is the quickest way to end yourself") == "crisis"


@pytest.mark.parametrize(
    "message",
    [
        "im yasmins cousin",
        "this is zayd",
        "i am the drivers brother",
        "i'm her younger son",
        "im her niece",
        "my name is Abraham",
    ],
)
def test_who_is_close_to_the_case_gets_a_kind_line(row, message):
    """They may read this bot too; never a goodbye, never choices."""
    assert row(message) in {"family", "bereaved", "witness"}


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("Leon slapped me last night", {"abuse", "danger"}),
        ("my Zayd has a hammer", {"danger"}),
        ("Yasmin has trapped me in the bedroom", {"danger"}),
        ("my ex husband has got a gun", {"danger"}),
    ],
)
def test_a_name_of_the_case_silences_no_cry(row, message, wanted):
    """Other people have the same names."""
    assert row(message) in wanted


@pytest.mark.parametrize(
    "message",
    [
        "jag är rädd för min man",
        "rwy ofn fy ngŵr",
        "彼が怖いです",
        "ฉันกลัวสามี",
        "אני מפחדת מבעלי",
        "நான் பயப்படுகிறேன்",
        "kocam beni dövüyor",
        "zaimiri kutonga mubaraka ndizote",
    ],
)
def test_a_message_in_another_language_gets_contacts(row, message):
    """Whether or not the bot knows the language."""
    assert row(message) == "language"


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("Мне страшно, он пьяный", "ru"),
        ("Страхувам се от него", "bg"),
        ("Я боюся свого чоловіка", "uk"),
        ("мама", "ru"),
    ],
)
def test_of_languages_that_share_letters_the_words_decide(ask, case, message, language):
    """Where the words don't, it is the one that most people speak."""
    assert case.languages[language].line in ask(message).text


@pytest.mark.parametrize(
    "message", ["wot hapnd 2 yasmin wen she woz stabd", "wich cuncillers sed it was wrng", "qwrt zxcv bnmp lkjh"]
)
def test_misspelt_english_is_english(ask, message):
    """Hardly a known word, but of no other language."""
    assert "only in English" not in ask(message).text


def test_a_concern_of_a_cases_own_counts_behind_the_others():
    """A row that the order doesn't name is heard, and raises nothing."""
    own, abuse = Cry("of-a-case"), Cry("abuse")
    assert gravest([own], lambda _: 0.0, Tuning()) == own
    assert gravest([own, abuse], lambda _: 0.0, Tuning()) == abuse


@pytest.mark.parametrize(
    ("message", "wanted"),
    {
        "if i delete this chat does it go off the ipad too? the ipad is his": "tracks",
        "every page i open gives me a phone number and i cant hear": "deaf",
        "is there a live chat, the walls here are like paper and he hears everything": "quiet",
        "Change the names and the postcode and that could be our house you're describing.": "close",
        "that's my auntie you're on about": "family",
        "how do i find out who is following my sister": "worried",
        "need to put a tracker on my wifes car without her noticing": "harm",
        "I was first on the scene at one like it, and I can still smell the wet pavement": "witness",
    }.items(),
)
def test_what_is_told_by_a_detail_is_heard(row, message, wanted):
    """No word of a leaflet stands in it."""
    assert row(message) == wanted
