"""A reply begins with yes or no only where the reports bear it: right or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import pytest

from bot.loading import conversation_of
from bot.reply import Reply
from knowledge.case.model import Case, Fact, Status
from knowledge.language.english import Language
from knowledge.language.text import tokenise
from tests.shared import change

PEOPLE = {
    "driver": "the driver",
    "leon-mccaskie": "Leon McCaskie",
    "yasmin-chkaifi": "Yasmin",
    "police": "the police",
    "zayd-bakkali": "Zayd",
    "her-son": "her son",
    "begum": "Rita Begum",
    "councillors": "the councillors",
}
PRONOUNS = {"he": "he", "him": "he", "she": "she", "her": "she", "they": "they", "them": "they"}
EACH = 2
"""By how many others each person in a wording is replaced, in turn."""
PRESENT = ("is", "are", "am", "do", "does", "will", "can", "isnt", "arent", "doesnt", "dont")

Span = tuple[str, int, int]


class Own(NamedTuple):
    """A wording of a fact and its answer; how the reply to it begins, and the fact that it tells."""

    fact: Fact
    answer: str
    text: str
    begun: str
    told: str


@pytest.fixture(scope="module")
def language(case):
    return Language.of(case)


def begun(reply: Reply) -> tuple[str, str]:
    """How a reply begins, and which fact it tells first."""
    word = re.match(r"(Yes|No)\b", reply.text)
    return word[0].lower() if word else "", reply.facts[0] if reply.facts else ""


@pytest.fixture
def lead(ask):
    """Ask some messages in a row; tell how the last reply begins, and which fact it tells first."""
    return lambda *messages: begun(ask(*messages))


@pytest.fixture(scope="module")
def own(case, language, conversation):
    """Each yes-or-no question among the wordings, with its fact and its answer, and how the reply to it begins."""
    return [
        Own(fact, answer, text, *begun(conversation.reply(text)[0]))
        for fact in case.facts.values()
        for answer, wordings in (("yes", fact.yes), ("no", fact.no))
        for text in dict.fromkeys(wordings)
        if language.question(language.wording(text)).polar
    ]


def spans(language: Language, words: tuple[str, ...]) -> list[Span]:
    """The places where people stand in a question, named or by a pronoun, with whom."""
    named = list(language.mentions(words))
    within = {at for _, start, end in named for at in range(start, end)}
    pronouns = [(word, at, at + 1) for at, word in enumerate(words) if word in PRONOUNS and at not in within]
    return sorted([*named, *pronouns], key=lambda span: span[1])


def replaced(case: Case, fact: Fact, words: tuple[str, ...], found: list[Span], turn: int) -> Iterator[str]:
    """Yield a wording with each person replaced by the next others in turn; a pronoun by nobody whom it may mean."""
    for who, start, end in found:
        if start and words[start - 1] in {"a", "the"}:
            continue
        fits = {id_ for id_ in fact.about if PRONOUNS.get(who) in case.entities[id_].pronouns}
        others = [name.lower() for id_, name in PEOPLE.items() if id_ != who and id_ not in fits]
        for step in range(EACH):
            yield " ".join((*words[:start], others[(turn + step) % len(others)], *words[end:]))


def exchanged(case: Case, words: tuple[str, ...], found: list[Span]) -> Iterator[str]:
    """Yield a wording with each two people changing places, unless one is a pronoun that may mean the other."""
    for (one, start, end), (other, start_other, end_other) in combinations(found, 2):
        means = {who: {PRONOUNS[who]} if who in PRONOUNS else {*case.entities[who].pronouns} for who in (one, other)}
        if one != other and means[one].isdisjoint(means[other]):
            first = tuple(SUBJECTS.get(word, word) for word in words[start_other:end_other])
            second = tuple(OBJECTS.get(word, word) for word in words[start:end])
            yield " ".join((*words[:start], *first, *words[end:start_other], *second, *words[end_other:]))


SUBJECTS = {"him": "he", "her": "she", "them": "they"}
OBJECTS = {subject: form for form, subject in SUBJECTS.items()}

NO_SENSE = {
    "were they supposed to nick the police before it happened", "did a son say to her son that her life was made hell",
    "was maida vale a geoff barraclough councillor",
    "did he thank to his solicitor the police", "did he thank to the police the driver",
    "was maida vale a resident of the victim", "was the she somebody one with the knife used to be wed to",
    "did she have two her son", "did zayd praise zayd", "did her elder son praise zayd", "did maida vale live in her",
    "did children leave two her behind", "did zayd say the attack could have been prevented by zayd",
    "was the guy in the renault bailed before leon mccaskie was told hes in the clear",
    "was the guy in the renault bailed before the councillors was told hes in the clear", "was she close to home when she got him",
    "was the police already on her radar before this", "were he married or whit them an yasmin",
    "were leon mccaskie married or whit him an yasmin", "were yasmin married or whit him an them",
    "did polise even know befor hand leon mccaskie was in danger",
    "is it true barraclough accused leon mccaskie of failing at something basic",
    "is it true barraclough accused yasmin of failing at something basic",
    "did butler thalassis ask why leon mccaskie is not in jail for other attacks",
    "did butler thalassis ask why yasmin is not in jail for other attacks",
    "did the met say that it has referred its conduct to yasmin", "was councillor a maida vale geoff barraclough",
    "did mccaskie and yasmin use to be hitched", "were they married or whit yasmin an him",
    "is zayd she kids of the eldest", "is zayd the eldest of yasmin",
    "did they look at the rules on self defence before the driver dropped it against them",
    "did they think about self defence law before he free them the driver",
    "did they think about self defence law before the driver free him the driver",
    "did they think about self defence law before the driver free him them",
    "did they look at the cctv before the driver let them go",
    "did they look at the cctv before they let the police go",
    "did self defense law come into it when the the man who drove at he made their minds up about cops",
    "was the guy in the renault bailed before the police was told hes in the clear",
    "was the police bailed before he was told hes in the clear",
    "did abraham stick around having hit the police",
    "was there a the driver for petition",
    "did he call the petition a hero in its name",
    "did police say the driver had get somebody in to support them you know like a professional",
    "did the driver say they had get somebody in to support police you know like a professional",
    "did he say the police had get any professional help therapy or whatever after going through that",
    "did the driver say he had get any professional help therapy or whatever after going through that",
    "did other ppl try get she off him",
    "did other ppl try get yasmin off her",
    "was he still stabbing he when the motor went into her",
    "could you tell me if yasmin had turned forty yet and what age the police had got to",
    "could you tell me if yasmin had turned forty yet and what age zayd had got to",
    "was it abraham the name the driver had for them",
    "was it they the name abraham had for the driver",
    "did children leave 2 her",
    "is her son the eldest of her kids",
    "was there an order on him already telling she to keep off him",
    "was there any order against mr mccaskie already before yasmin did this",
    "did the son leave out the name of lbc it quoted",
}  # fmt: skip
"""What nobody would ask, made by changing places."""

KILLER = "the murder of Yasmin Chkaifi by her ex-husband Leon McCaskie"
STILL_TRUE = {
    "did leon mccaskie kill her": KILLER,
    "was it leon mccaskie who did it": KILLER,
    "was it leon mccaskie fault": KILLER,
    "did the car hit leon mccaskie": "the driver ran him over in a blue Renault",
    "was her former husband older than she": "McCaskie, 41",
    "was her ex husband older than she": "McCaskie, 41",
    "is zayd zayd": "Zayd Bakkali",
    "was an inquest opened for her as well as for him": "Inquests have opened in relation to the deaths",
    "was it the driver who called for de arrest": "de-arrest",
    "did leon mccaskie get hit by the car": "the driver ran him over in a blue Renault",
    "was leon mccaskie run over": "the driver ran him over in a blue Renault",
    "did leon mccaskie die": "pronounced dead",
    "did yasmin die": "pronounced dead",
    "was she older than zayd": "Yasmin Chkaifi, 43",
    "had leon mccaskie divorced": "ex-husband Leon McCaskie",
    "did the abuse carry on after yasmin split": "the abuse continued",
    "was it leon mccaskie own fault": KILLER,
    "was leon mccaskie responsible for her own death": KILLER,
    "has her son said his mother was a blessing": "blessing",
    "was it itv news that interviewed the elder zayd": "spoke to ITV News",
    "had yasmin divorced": "ex-husband Leon McCaskie",
    "was geoff barraclough a councillor maida vale": "Maida Vale’s Labour councillors",
    "had leon mccaskie and perpetrator once been married to each other": "ex-husband Leon McCaskie",
    "had perpetrator and victim once been married to each other": "ex-husband Leon McCaskie",
    "had victim and yasmin once been married to each other": "ex-husband Leon McCaskie",
    "did leon mccaskie have a warrant for him": "a warrant out for his arrest",
    "was an inquest opened for she as well as for him": "Inquests have opened in relation to the deaths",
    "had he already split from her by the time of the attack": "ex-husband Leon McCaskie",
    "had leon mccaskie already split up by then": "ex-husband Leon McCaskie",
    "had he already split with her by then": "ex-husband Leon McCaskie",
    "was the police to look at the warrant": "a warrant out for his arrest",
    "was the watchdog looking at the police": "conduct",
    "was leon mccaskie to blame": KILLER,
    "was leon mccaskie to blame for her own death": KILLER,
    "are leon mccaskie both dead": "pronounced dead",
    "did leon mccaskie used to be married": "ex-husband Leon McCaskie",
    "did yasmin used to be married": "ex-husband Leon McCaskie",
    "had leon mccaskie been married": "ex-husband Leon McCaskie",
    "was there any order against mr mccaskie already before the driver did this": "restraining order",
    "was mccaskie already wanted when the police did this": "a warrant out for his arrest",
}
"""Wordings with another person in them whose lead is true all the same, with the words of a passage that show it."""


def test_no_lead_for_another_person_nor_for_two_who_changed_places(case, language, own, lead):
    """ "Was there a warrant out for the driver?" gets no yes, nor does "Did Yasmin stab McCaskie?"."""
    wrong = []
    curated = {" ".join(tokenise(text)) for fact in case.facts.values() for text in fact.wordings}
    for turn, wording in enumerate(own):
        words = tokenise(wording.text)
        found = spans(language, words)
        others = {*replaced(case, wording.fact, words, found, turn), *exchanged(case, words, found)}
        led = [(question, *lead(question)) for question in sorted(others - curated - STILL_TRUE.keys() - NO_SENSE)]
        wrong += [(question, word) for question, word, told in led if word == "yes" and told == wording.fact.id]
    assert wrong == []
    quotes = [passage.quote for source in case.sources.values() for passage in source.passages.values()]
    assert all(any(words in quote for quote in quotes) for words in STILL_TRUE.values())


@pytest.mark.parametrize(
    "question",
    [
        "Did the driver murder McCaskie?",
        "Was Leon McCaskie abused?",
        "Did McCaskie kill?",
        "Did she stab?",
        "Did the driver arrest the police?",
        "Was she abusive?",
        "Was he an abuser of the driver?",
        "Was Yasmin arrested?",
        "Had the police been run over?",
        "did the driver set out to kill the lawyer",
        "abraham's going to prison for running the driver over, isn't he",
        "Was it for her ex-husband?",
        "the driver arrested the police",
        "are the police treated as a witness now",
        "did other people try to stop the driver before the car came",
        "was the watchdog called in to look at how the victim behaved",
        "had a security device been fitted at the police dwelling",
        "was she stabbed near his flat",
        "did only a handful of people sign the car",
        "the street killed yasmin",
        "did her son say that she deserved to die",
        "was it Councillor Barraclough's fault",
        "so it was Yasmin that killed her",
    ],
)
def test_no_lead_where_the_doer_becomes_the_done_to(lead, question):
    """ "Was she stabbed?" is yes; "did she stab?" is another question, and so are other forms of a word."""
    assert lead(question)[0] == ""


@pytest.mark.parametrize(
    "question",
    [
        "Was the driver killing her?",
        "Did Yasmin run him over?",
        "Was she killed by the driver?",
        "Did Zayd write for LBC?",
    ],
)
def test_no_where_only_another_can_have_done_it(lead, question):
    """A claim that only one can stand for is denied of everybody else."""
    assert lead(question)[0] == "no"


@pytest.mark.parametrize(
    "question",
    [
        "did Yasmin have a restraining order",
        "had Yasmin got a court order against him",
        "did the police have a warrant",
        "Did the police cooperate?",
        "are the kids still alive",
    ],
)
def test_what_a_fact_tells_of_somebody_is_not_denied_them(ask, question):
    """That the reports say it only of another is not said of whom the fact is about too."""
    reply = ask(question)
    assert reply.lead != "else"
    assert "they don't" not in reply.text


def ages(case: Case) -> Iterator[tuple[str, bool | None, bool]]:
    """Yield questions of age with their truth, None where no report settles it, and whether a bare number meets no mere claim."""
    for fact in case.facts.values():
        if fact.values and fact.gives[0] == "age":
            value, who = fact.values[0], case.entities[fact.about[0]].name
            plain = fact.status is not Status.CLAIMED
            for other in (value - 9, value - 4, value + 4, value + 11):
                yield f"Was {who} {other}?", False, plain
                yield f"Was {who} over {other}?", value > other, False
                yield f"was {who} under {other}", value < other, False
                yield f"was {who} older than {other}", value > other, False
                yield f"was {who} younger than {other}, then?", value < other, False
                yield f"Was {who} at least {other} years old?", value >= other, False
                yield f"Was {who} {other} or older?", value >= other, False
                yield f"Was {who} more than {other} years of age?", value > other, False
            yield from ((text.format(who=who, value=value), True, plain) for text in BARE_AGES)
            yield f"was {who} {value // 10}0 something", value > 20, False
            yield f"Was {who} nearly {value + 1}?", None, False
            yield f"Was {who} around {value + 2}?", None, False
            yield f"Was {who} about {value - 2}?", None, False
            yield f"Is {who} {value}?", True, False
            yield f"Is {who} {value + 4}?", False, False


BARE_AGES = ("Was {who} {value}?", "so {who} was {value}", "Was {who} {value} years old?", "Was {who} aged {value}?")


def test_a_number_leads_only_to_what_is_true(case, lead):
    """Over, under, at least are reckoned; nearly and about are not denied because the number is another; a bare one is told right."""
    led = [(question, *lead(question), truth, bare) for question, truth, bare in ages(case)]
    assert [row for row in led if row[1] and (row[1] == "yes") is not row[3]] == []
    assert [row for row in led if row[4] and row[2] and not row[1]] == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Were there 2 children?", "yes"),
        ("Did Yasmin have two kids?", "yes"),
        ("did she have 4 children", "no"),
        ("Did Yasmin have twelve children?", "no"),
        ("Were there more than 1 children?", "yes"),
        ("Did she have at least 2 children?", "yes"),
        ("Did she have fewer than 5 kids?", "yes"),
        ("Were her children 12?", ""),
        ("Were her kids 12 and 18?", ""),
        ("Did McCaskie have 4 children?", ""),
        ("Did they have 2 children?", ""),
        ("Was Yasmin forty-three?", "yes"),
        ("was the driver thirty one", "no"),
        ("Was she 50?", "no"),
        ("Was the driver thirty?", "no"),
        ("Was Yasmin 4,300 years old?", "no"),
        ("was the younger child twelve?", ""),
        ("Was Zayd the one?", ""),
        ("Was the driver 43 and McCaskie 41?", ""),
        ("Was Leon McCaskie not 41?", "yes"),
    ],
)
def test_numbers_count_in_words_and_of_their_kind_only(lead, question, answer):
    """Two is 2, forty-three is 43; a number of children is no age of theirs."""
    assert lead(question)[0] == answer


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("Did over 4,000 people sign the petition?", "no"),
        ("Did more than 3000 people sign it?", "no"),
        ("Did nearly 5,000 sign the petition?", "no"),
        ("did almost 5000 people sign", "no"),
        ("Did fewer than 6,000 sign the petition?", "no"),
        ("Did around 4,900 people sign the petition?", "no"),
        ("Did close to 5,000 people sign the petition?", "no"),
        ("Had 60,000 signed it by March?", "either"),
        ("Were there 8,000 signatures in the end?", "either"),
        ("Was the warrant out for 2 weeks?", "no"),
        ("Was the warrant out for at least two weeks?", "no"),
        ("Had the warrant been out for 20 days?", "no"),
        ("Was the warrant out for nearly 3 weeks?", "no"),
        ("Was the warrant out for 19 days?", "yes"),
    ],
)
def test_what_no_report_settles_is_not_denied(lead, question, never):
    """No later count of the petition is known, and days are not weeks."""
    begun = lead(question)[0]
    assert begun != never
    assert never != "either" or begun == ""


OPENERS = {
    "leon-mccaskie": "Who killed Yasmin Chkaifi?",
    "driver": "Who was the driver?",
    "zayd-bakkali": "Who is Zayd Bakkali?",
    "akunjee": "Who is Mohammed Akunjee?",
    "rawlinson": "Who is Neil Rawlinson?",
    "naseem": "Who is Sal Naseem?",
    "barraclough": "Who is Geoff Barraclough?",
    "yasmin-chkaifi": "How old was Yasmin?",
    "begum": "What did Rita Begum say?",
    "butler-thalassis": "What did Nafiska Butler-Thalassis say?",
    "aunt": "What did her aunt say?",
    "louise-scott": "Who interviewed Zayd?",
}
OTHERS = ("driver", "zayd-bakkali", "akunjee", "rawlinson", "naseem", "barraclough")
TRUE_OF = {
    "was he bailed?": {"driver": "yes"},
    "Was he arrested on suspicion of murder?": {"driver": "yes"},
    "was he wanted by the police?": {"leon-mccaskie": "yes"},
    "did he stab her": {"leon-mccaskie": "yes", **dict.fromkeys(OTHERS, "no")},
    "Was he abusive?": {"leon-mccaskie": "yes"},
    "was he charged with murder": {"driver": "no", "leon-mccaskie": "no"},
    "was he charged?": {"driver": "no", "leon-mccaskie": "no"},
    "was he under a court order": {"leon-mccaskie": "yes"},
    "Was he her ex-husband?": {"leon-mccaskie": "yes"},
    "did he stay put until police came?": {"driver": "yes"},
    "was he let go without charge": {"driver": "yes"},
    "was he 41": {"leon-mccaskie": "yes", "driver": "no", "zayd-bakkali": "no"},
    "Did he kill himself?": {"leon-mccaskie": "no"},
    "is he in jail?": {"leon-mccaskie": "no", "driver": "no"},
    "Was there a warrant for his arrest?": {"leon-mccaskie": "yes"},
    "did his lawyer say anyone would have done what he did": {"driver": "yes"},
    "was she stabbed?": {"yasmin-chkaifi": "yes"},
    "Was she shot?": {"yasmin-chkaifi": "no"},
    "was she 43": {"yasmin-chkaifi": "yes"},
    "Was she 50?": {"yasmin-chkaifi": "no"},
    "did she survive": {"yasmin-chkaifi": "no"},
    "Did she have two children?": {"yasmin-chkaifi": "yes"},
    "was there anything to keep him away from her in law": {"yasmin-chkaifi": "yes", "leon-mccaskie": "yes"},
}


@pytest.mark.parametrize("who", OPENERS)
def test_a_pronoun_leads_only_to_what_is_true_of_whom_it_means(case, lead, who):
    """After "who stabbed her?" he is McCaskie, who never was bailed; after a councillor she is the councillor."""
    for question, true in TRUE_OF.items():
        first = next(word for word in tokenise(question) if word in {*PRONOUNS, "his"})
        allowed = {"", true.get(who, "")} if first in case.entities[who].pronouns else {"", *true.values()}
        assert lead(OPENERS[who], question)[0] in allowed, question


@pytest.mark.parametrize(
    ("messages", "answer"),
    [
        (("Who was the driver?", "was he bailed?"), "yes"),
        (("Who was the driver?", "was he charged with murder?"), "no"),
        (("Who killed her?", "was he wanted by the police?"), "yes"),
        (("How old was Yasmin?", "was she stabbed?"), "yes"),
        (("Who was the driver?", "did he stab her?", "was he wanted by the police?"), ""),
        (("Leon stabbed her. Was he bailed?",), ""),
        (("My brother was nicked. Was he bailed?",), ""),
        (("Did a car hit him?",), ""),
        (("Did the driver hit McCaskie with his car?", "Was it a stranger?"), ""),
        (("Was her ex wanted for nearly three weeks?",), "yes"),
        (("What did Rita Begum say?", "Was her ex wanted for nearly three weeks?"), ""),
        (("Did the driver hit McCaskie?", "Was he arrested on suspicion of murder?"), ""),
        (("Who was the driver?", "Was it an accident?"), ""),
        (("Was there a petition?", "Was it a Monday?"), ""),
        (("Who was the driver?", "was there a warrant out"), ""),
        (("Who killed her and was he bailed?",), ""),
        (("Did her sons survive?",), "yes"),
        (("Did her son survive?",), ""),
    ],
)
def test_a_lead_needs_to_know_whom_and_what_is_meant(lead, messages, answer):
    """Where he may be two, or somebody in a story, or "it" another thing, no lead goes out."""
    assert lead(*messages)[0] == answer


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


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Is Zayd 18?", "Yes, at the time. Zayd Bakkali"),
        ("Isn't her lad Zayd eighteen?", "Yes, at the time. Zayd Bakkali"),
        ("Is the driver over thirty?", "No. The driver was 26."),
        ("Was Zayd 18?", "Yes. Zayd Bakkali"),
    ],
)
def test_an_age_that_is_asked_of_now_was_so_at_the_time(ask, question, begins):
    assert ask(question).text.startswith(begins)


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


def test_an_age_is_told_of_the_one_who_was_asked_about(lead):
    """ "Was the driver older than 20?" is told his age, not that of two others."""
    assert lead("Was the driver older than 20?")[1] == "age-driver"


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
