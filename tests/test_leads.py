"""A reply begins with yes or no only where the reports bear it: right or not at all."""

from __future__ import annotations

import shutil

import pytest

from bot.loading import conversation_of
from knowledge.case.model import Status
from knowledge.language.text import tokenise
from tests.shared import begun, change

PRESENT = ("is", "are", "am", "do", "does", "will", "can", "isnt", "arent", "doesnt", "dont")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Was the driver arrested?", "yes"),
        ("The driver was arrested, wasn't he?", "yes"),
        ("so the driver was arrested, is that right?", "yes"),
        ("the driver was arrested, right?", "yes"),
        ("Is it true that the driver was arrested?", "yes"),
        ("The driver was charged with murder, was he?", "no"),
        ("the driver sped away, didn't he", "no"),
        ("police weren't looking for any witnesses at all, were they?", "no"),
        ("Wasn't the driver arrested?", "yes"),
        ("The driver wasn't arrested, was he?", "yes"),
        ("Was the driver never arrested?", "no"),
        ("Was the driver never charged?", "yes"),
        ("Wasn't she killed by the driver?", "no"),
        ("It wasn't the son, was it?", ""),
        ("Didn't he stab her?", "yes"),
        ("The driver didn't run off, he stayed there, didn't he?", "yes"),
        ("the driver didn't run off, did he?", "no"),
        ("The motorist drove away afterwards, didn't he?", "no"),
        ("was the renault red", "no"),
        ("the warrant was issued when", ""),
        ("And the driver was arrested where?", ""),
        ("she was killed by who?", ""),
        ("he was driving which car", ""),
        ("the driver was released on what date", ""),
        ("the car that hit him, who was driving it", ""),
        ("the driver who was arrested, when was he let go", ""),
        ("date the warrant was issued", ""),
        ("he was arrested, the driver", "yes"),
        ("the police knew where he lived, didn't they", ""),
    ],
)
def test_a_tag_belongs_to_its_question_and_a_negation_counts(lead, question, answer):
    """ "..., wasn't he?" asks nothing of its own; "wasn't he ...?" leads only where a wording says just that."""
    assert lead(question)[0] == answer


def test_a_tag_is_no_second_question(ask):
    """The reply to a statement with a tag tells one fact."""
    for question in (
        "Abraham didn't do a bunk, did he?",
        "Zayd spoke to ITV News, did he?",
        "It was a Renault, was it?",
    ):
        assert len(ask(question).facts) == 1
    assert len(ask("Was she stabbed, and was the driver arrested?").facts) == 2


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Is the driver on bail?", ""),
        ("is he on bail", ""),
        ("Is the driver being charged?", ""),
        ("Are the police investigated?", ""),
        ("Is the driver arrested?", ""),
        ("Is the driver a witness?", ""),
        ("Has Abraham even turned thirty?", "no"),
        ("Is the killer dead?", "yes"),
        ("Are McCaskie and McCaskre the same man?", "yes"),
        ("is zayd her son", "yes"),
    ],
)
def test_no_yes_in_the_present_to_what_was_so_then(lead, question, answer):
    """A state of that time may have passed; who is who, and who is dead, has not."""
    assert lead(question)[0] == answer


def test_a_claim_leads_only_where_it_is_asked_who_says_so(case, language, own):
    """What one person says is not confirmed: only that it was said."""
    saying = {*case.english.polar["saying"]}
    for fact, _, text, word, told in own:
        if word and told == fact.id and fact.status is Status.CLAIMED:
            words = tokenise(text)
            speaker = {*fact.speakers, *(form for id_ in fact.speakers for form in case.entities[id_].pronouns)}
            assert speaker & {*words, *language.entities(words)} or saying & {*words}, text


def test_own_wordings_keep_their_lead(own):
    """Asked as they stand, at least 95 of 100 lead as they should, and none leads the other way.

    Not counted are claims, and the present, in which most have none.
    """
    assert [
        wording for wording in own if wording.told == wording.fact.id and wording.begun not in {"", wording.answer}
    ] == []
    plain = [wording for wording in own if wording.fact.status is not Status.CLAIMED]
    kept = [wording.begun == wording.answer for wording in plain if tokenise(wording.text)[0] not in PRESENT]
    assert sum(kept) >= 0.95 * len(kept)


@pytest.mark.parametrize("frame", ["so {}", "ok and {} please", "Is it true that {}", "Hi! {} then", "{}, right?"])
def test_glue_takes_no_lead_away(own, lead, frame):
    """Words that carry no meaning, put around a wording, leave its lead as it is."""
    led = [wording for wording in own if wording.begun][::9]
    kept = [lead(frame.format(wording.text.rstrip("?")))[0] == wording.begun for wording in led]
    assert sum(kept) >= 0.95 * len(kept)


def test_a_mended_word_leads_only_where_a_slip_was_mended(lead):
    """ "Was the driver baild?" is meant; "baited" is another word than "bailed"."""
    assert lead("Was the driver baild?")[0] == "yes"
    assert lead("Was the driver baited?")[0] == ""
    assert lead("was she satbbed")[0] == "yes"


PEOPLE_MORE = """  hall:
    kind: person
    name: Bea Hall
    role: the treasurer
    pronouns: [she, her]
    aliases: [bea, hall, the treasurer]
"""
OF_THE_ALARM = """+ Was she praised?
+ Did Bea Hall say she had slept?
+ Is Ada Finch on holiday?
+ Was Ada's lamp lit?
"""
OF_HER_AGE = """- Is Ada Finch over seventy?
"""


@pytest.fixture(scope="module")
def told_of(brief, tmp_path_factory):
    """Ask an invented case; tell how the reply begins, and which fact it tells."""
    folder = shutil.copytree(brief, tmp_path_factory.mktemp("leads") / "boathouse") / "knowledge"
    for file, before, more in (
        (folder / "case.yaml", "  boathouse:\n", PEOPLE_MORE),
        (folder / "wordings/fire.txt", "\n[age]", OF_THE_ALARM),
        (folder / "wordings/fire.txt", "\n[smoke]", OF_HER_AGE),
    ):
        change(file, before, more + before)
    conversation = conversation_of(folder.parent)
    return lambda question: begun(conversation.reply(question)[0])


@pytest.mark.parametrize(
    ("question", "answer", "fact"),
    [
        ("Was she praised?", "yes", "alarm"),
        ("My aunt keeps bees. Was she praised?", "", "alarm"),
        ("Did Bea Hall say she had slept?", "yes", "alarm"),
        ("Did Bea Hall say Ada Finch had slept?", "", "alarm"),
        ("Is Ada Finch on holiday?", "", "alarm"),
        ("Was the caretaker's lamp lit?", "yes", "alarm"),
        ("Was Bea's lamp lit?", "", "alarm"),
        ("Is Ada Finch over seventy?", "", "age"),
        ("Was Ada Finch aged 61?", "yes", "age"),
        ("Was the caretaker of the age of 50?", "no", "age"),
    ],
)
def test_any_case_has_its_leads_by_the_same_rules(told_of, question, answer, fact):
    """Another's age, a story about somebody else, the present: none of them leads; whose a thing is counts as who."""
    assert told_of(question) == (answer, fact)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("have they let the driver go", "yes"),
        ("have they done the driver for manslaughter", "no"),
        ("did they kill her", ""),
        ("it was a lady driver that knocked him over", "no"),
        ("was there a woman at the wheel", "no"),
        ("did bystanders have a go at stopping him before the car came", "yes"),
        ("had she never met him before", "no"),
        ("was she two years older than Leon", "yes"),
        ("was he ten years older than her", "no"),
        ("was she a nurse", ""),
        ("was the warrant cancelled before she died", ""),
        ("petition, how many signed", ""),
        ("was there already a warrant out 4 him", "yes"),
        ("the driver was not a woman", "yes"),
        ("Leon was not her brother", "yes"),
        ("she died two days after", "no"),
        ("It was a Sunday afternoon, was it not?", "no"),
        ("was she attacked a short walk from her home", "yes"),
    ],
)
def test_it_is_read_as_people_say_it(lead, question, begins):
    """Whoever "they" are, a sex that is not somebody's, sayings, years between two, and whom "she" can't mean first."""
    assert lead(question)[0] == begins
