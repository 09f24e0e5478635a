"""Claims: what is asked or stated is held against what the facts say, and led by yes, no or a speaker, or by nothing."""

from datetime import date

import pytest

from bot.conversation import Conversation
from bot.loading import index_of
from bot.reply import NOTHING
from knowledge.case.load import load_case
from knowledge.case.model import Claim
from knowledge.checks.claims import sentence
from tests.conftest import BOATHOUSE
from tests.shared import last

CLAIMS = {
    "night": [
        Claim("it", "is", when=date(2019, 3, 3), may=("burn", "down", "fire", "boathouse")),
        Claim("it", "is", ("night",), may=("burn", "down", "fire"), but=("morning", "afternoon")),
    ],
    "alarm": [
        Claim("finch", "did", ("raise alarm", "sound alarm"), may=("first", "2am"), only="gazette/alarm"),
        Claim("finch", "did", ("wake",), whom=("club",)),
        Claim("finch", "is", ("caretaker",), but=("treasurer", "rower"), still=True),
        Claim("finch", "isnt", ("hurt", "arrested"), may=("badly",)),
        Claim("warning / notice", "is", ("given", "posted"), may=("before",)),
    ],
    "age": [Claim("finch", "is", age=61)],
    "smoke": [
        Claim("finch", "did", ("smell smoke",)),
        Claim("finch", "didnt", ("see flame", "saw flame")),
        Claim("finch", "said", ("smelt smoke", "smell smoke"), only="gazette/smoke"),
    ],
    "boats": [Claim("club", "did", ("lose boats",), many=9), Claim("club", "has", ("member",), many=200, nearly=True)],
}


@pytest.fixture(scope="module")
def chat():
    case = load_case(BOATHOUSE)
    facts = {id_: fact._replace(claims=tuple(CLAIMS.get(id_, ()))) for id_, fact in case.facts.items()}
    return Conversation(case._replace(facts=facts), index_of(case, {}))


@pytest.fixture(scope="module")
def case_of():
    """Make a chat about the boathouse whose alarm claims this, and nothing else does."""
    case = load_case(BOATHOUSE)
    index = index_of(case, {})

    def made(claims, **changed):
        facts = {id_: fact._replace(claims=claims if id_ == "alarm" else ()) for id_, fact in case.facts.items()}
        return Conversation(case._replace(facts=facts, **changed), index)

    return made


@pytest.fixture
def lead(chat):
    """Ask some messages in a row, and return how the last reply begins."""
    return lambda *messages: last(chat, *messages).lead


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Did Ada Finch raise the alarm?", "yes"),
        ("was the alarm raised by ada", "yes"),
        ("ada sounded the alarm, right?", "yes"),
        ("Was it Ada Finch who raised the alarm?", "yes"),
        ("Ada Finch was the one that raised the alarm", "yes"),
        ("Didn't Ada raise the alarm?", "yes"),
        ("Ada didn't raise the alarm", "no"),
        ("ada didnt raise the alarm, did she?", "yes"),
        ("did ada never raise the alarm", "no"),
        ("Did the rowing club raise the alarm?", "no"),
        ("Did Ada raise the alarm in anger?", ""),
        ("Could Ada have raised the alarm?", ""),
        ("raised the alarm?", ""),
    ],
)
def test_every_word_is_accounted_for(lead, question, answer):
    """Active or passive, picked out, negated or tagged; a word that no claim knows leaves the answer without a lead."""
    assert lead(question) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Did Ada Finch wake the rowing club?", "yes"),
        ("Was the rowing club woken by Ada?", "yes"),
        ("Did the rowing club wake Ada Finch?", ""),
        ("was ada finch woken by the rowing club", ""),
        ("Did Ada wake?", ""),
        ("Did Ada wake anybody?", "yes"),
    ],
)
def test_who_did_it_to_whom(lead, question, answer):
    """Those who changed places are others, and what is done to somebody names them."""
    assert lead(question) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Was Ada 61?", "yes"),
        ("was ada finch 59", "no"),
        ("Was Ada over 60?", "yes"),
        ("was ada under sixty", "no"),
        ("Was Ada at least 61?", "yes"),
        ("was ada 61 or older", "yes"),
        ("Was Ada in her sixties?", "yes"),
        ("was ada in her forties", "no"),
        ("was ada in her 60s", "yes"),
        ("was ada in her 50s", "no"),
        ("was ada 60 something", "yes"),
        ("Was Ada a teenager?", "no"),
        ("Was Ada nearly 62?", ""),
        ("Is Ada 61?", "yes"),
        ("Did the rowing club lose nine boats?", "yes"),
        ("Did the rowing club lose more than eight boats?", "yes"),
        ("did the rowing club lose 12 boats", "no"),
        ("Did the rowing club have more than 100 members?", "yes"),
        ("Did the rowing club have 300 members?", ""),
        ("did the rowing club have fewer than 50 members", "no"),
    ],
)
def test_numbers_are_reckoned(lead, question, answer):
    """Over, under, at least and tens; what is only nearly known, and may have grown, is not denied."""
    assert lead(question) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Was it on a Sunday?", "yes"),
        ("Did it happen on a Monday?", "no"),
        ("did it burn down on 3 March 2019", "yes"),
        ("Was it on 4 March?", "no"),
        ("it happened in march", "yes"),
        ("Did it happen in 2020?", "no"),
        ("Was it at night?", "yes"),
        ("did it happen in the afternoon", "no"),
        ("Did it happen in the evening?", ""),
    ],
)
def test_days_and_what_only_one_can_be(lead, question, answer):
    """A day is held against the day of the claim; another value is denied only where the claim names it."""
    assert lead(question) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Was Ada hurt?", "no"),
        ("Wasn't Ada hurt?", "no"),
        ("Ada was not hurt", "yes"),
        ("Ada was hurt, wasn't she?", "no"),
        ("Was Ada badly hurt?", "no"),
        ("Is Ada the caretaker?", "yes"),
        ("Is Ada the treasurer?", "no"),
        ("Was Ada a rower, a treasurer?", "no"),
        ("Is Ada hurt?", ""),
        ("Was a warning given before?", "yes"),
        ("was there a notice", "yes"),
        ("Was there a drill?", ""),
    ],
)
def test_what_is_so_and_what_is_not(lead, question, answer):
    """A claim may deny; of now nothing is said but what lasts; a thing is asked for by any of its names."""
    assert lead(question) == answer


@pytest.mark.parametrize(
    ("question", "answer", "text"),
    [
        ("Did Ada smell smoke?", "said", "Ada Finch said so, as The Marsh Gazette reports."),
        ("Did Ada see flames?", "said_not", "Ada Finch said that it isn't so, as The Marsh Gazette reports."),
        ("Ada did not see flames", "said", "Ada Finch said so"),
        (
            "Did the rowing club smell smoke?",
            "else",
            "The reports say that of Ada Finch; of the rowing club they don't.",
        ),
        ("Did Ada say that she smelt smoke?", "yes", "Yes. "),
        ("Did the rowing club say that it smelt smoke?", "no", "No. "),
    ],
)
def test_what_somebody_says_is_told_as_theirs(chat, question, answer, text):
    """A claim is never led as fact; whether somebody said it is."""
    reply, _ = chat.reply(question, NOTHING)
    assert (reply.lead, reply.text.startswith(text)) == (answer, True)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Ada Finch was not a rower", "yes"),
        ("Ada was not the caretaker", "no"),
        ("the warning was not given", "no"),
        ("was the warning not given", "yes"),
        ("Ada did not not raise the alarm", ""),
    ],
)
def test_what_is_denied_is_denied_of_a_thing_as_of_somebody(lead, question, answer):
    """ "Was not a" is no tag."""
    assert lead(question) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("did Ada raise the alarm with a lamp", "yes"),
        ("did Ada raise the alarm without a lamp", ""),
        ("Ada was not hurt at night", "yes"),
        ("Ada was not hurt until night", ""),
    ],
)
def test_what_denies_is_never_a_word_beside(case_of, question, answer):
    """Not even where a claim says so; "not until" denies nothing."""
    claims = (
        Claim("finch", "did", ("raise alarm",), may=("lamp", "without")),
        Claim("finch", "isnt", ("hurt",), may=("night", "until")),
    )
    assert case_of(claims).reply(question, NOTHING)[0].lead == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("did Ada wake the rowing club", "yes"),
        ("Ada Finch hurt the rowing club", ""),
        ("the lamp raised the alarm", ""),
        ("did Ada raise the alarm by the lamp", "yes"),
        ("was Ada at the alarm first", "yes"),
        ("did Ada say she was at the alarm first", ""),
    ],
)
def test_whoever_and_whatever_is_named_stands_in_its_place(case_of, question, answer):
    """A thing that does it, or is another's, and somebody who is told to have said it, are no words beside."""
    claims = (
        Claim("finch", "did", ("raise alarm",), may=("lamp",)),
        Claim("finch", "is", ("alarm",), may=("first", "say")),
        Claim("finch", "did", ("wake",), whom=("club",)),
        Claim("finch", "isnt", ("hurt",), whom=("club",)),
    )
    chat = case_of(claims, things={"lamp": "finch"})
    assert chat.reply(question, NOTHING)[0].lead == answer


@pytest.mark.parametrize(("beside", "answer"), [(4, "yes"), (7, "")])
def test_no_question_is_answered_that_is_mostly_made_of_words_beside(case_of, beside, answer):
    """Any number of words that change nothing makes no sentence."""
    words = ("night", "river", "boat", "cold", "water", "winter", "village")
    chat = case_of((Claim("finch", "did", ("raise alarm",), may=words),))
    question = f"did Ada raise the alarm {' '.join(words[:beside])}"
    assert chat.reply(question, NOTHING)[0].lead == answer


def test_to_whom_it_is_done_is_the_first_whom_a_claim_names(case_of):
    """Somebody else beside them is not asked of first, but where either may be."""
    claim = Claim("finch", "did", ("wake",), whom=("boathouse", "club"))
    for first, answer in ((1, ""), (2, "yes")):
        chat = case_of((claim._replace(first=first),))
        assert chat.reply("did Ada wake the rowing club", NOTHING)[0].lead == answer


def test_a_pronoun_means_whoever_was_spoken_of(lead):
    """In a first message it means whom it fits; after a story about others it means nobody."""
    assert lead("How old was Ada Finch?", "did she raise the alarm") == "yes"
    assert lead("My neighbour had a fire. Did she raise the alarm?") == ""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("my nan reckons ada raised the alarm", "yes"),
        ("Did Ada raise the alarm, so the lot at bingo reckon?", "yes"),
        ("ada raised the alarm, woman in the chemist told me", "yes"),
        ("did ada raise the alarm or is my son pulling my leg", "yes"),
        ("someone at work said the fire was in the afternoon, is that right", "no"),
        ("Did Ada raise the alarm? My mate down the road says she did.", "yes"),
        ("Did Ada raise the alarm? I used to row there.", "yes"),
        ("my neighbour raised the alarm", ""),
        ("did my nan raise the alarm", ""),
        ("a woman raised the alarm", ""),
        ("ada said the club raised the alarm", ""),
        ("I have a sister. Did she raise the alarm?", ""),
    ],
)
def test_whom_the_writer_has_it_from_changes_nothing(lead, question, answer):
    """Hearsay, and what writers say of themselves, is left out; whoever may be of the case is not."""
    assert lead(question) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("how old was ada, 61?", "yes"),
        ("how old was ada, 70?", "no"),
        ("was ada about 20", "no"),
        ("was ada about 60", ""),
    ],
)
def test_a_number_behind_how_old_is_held_against_the_age(lead, question, answer):
    """ "How old was she, 61?" wants yes or no; an age that is asked about roughly is denied only where it is far off."""
    assert lead(question) == answer


def test_the_claim_that_takes_more_of_what_was_asked_decides():
    """Of two that speak against each other the one that accounts for fewer of the words gives way."""
    claims = (
        Claim("finch", "did", ("try stop fire",), may=("before",)),
        Claim("finch", "didnt", ("stop fire",), may=("try",)),
    )
    case = load_case(BOATHOUSE)
    facts = {id_: fact._replace(claims=claims if id_ == "alarm" else ()) for id_, fact in case.facts.items()}
    reply, _ = Conversation(case._replace(facts=facts), index_of(case, {})).reply(
        "did ada try to stop the fire", NOTHING
    )
    assert reply.lead == "yes"


def test_a_case_without_claims_has_fewer_leads():
    """Nothing breaks where a fact has none."""
    case = load_case(BOATHOUSE)
    reply, _ = Conversation(case, index_of(case, {})).reply("Did Ada Finch raise the alarm?", NOTHING)
    assert (reply.lead, reply.facts) == ("", ("alarm",))


def test_a_claim_reads_as_a_sentence():
    """A curator sees what a claim says, with what only one can be, who alone can, and whose word it is."""
    case = load_case(BOATHOUSE)
    assert [sentence(case, claim) for claim in (*CLAIMS["alarm"][:3], *CLAIMS["age"], CLAIMS["boats"][1])] == [
        "Ada Finch did raise alarm / sound alarm; nobody else (gazette/alarm).",
        "Ada Finch did wake [the rowing club].",
        "Ada Finch is or was caretaker; not treasurer, rower.",
        "Ada Finch is or was aged 61.",
        "The rowing club has or had member, nearly 200 of them.",
    ]
