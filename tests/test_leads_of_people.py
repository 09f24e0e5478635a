"""A lead is of whom it is asked: no other person, no two who changed places, nobody whom a pronoun may not mean."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from knowledge.case.model import Case, Fact
from knowledge.language.english import Language
from knowledge.language.text import tokenise

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
Span = tuple[str, int, int]


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
