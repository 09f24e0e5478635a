"""What is said is what the reports say, of the person it is about, in words that blame nobody but the killer."""

import re

import pytest

from bot.conversation import Conversation
from bot.reply import Kind
from knowledge.case.model import Status

RESPONSIBLE = "The responsibility for the killing is Leon McCaskie's."


def said(text, wanted, unwanted):
    """Tell what a text lacks of what must be said, and what it says of what mustn't."""
    missing = [pattern for pattern in wanted if not re.search(pattern, text)]
    extra = [pattern for pattern in unwanted if re.search(pattern, text)]
    return missing, extra


@pytest.mark.parametrize(
    "told", ["what did the son tell MailOnline", "who called him a monster", "which son spoke to LBC"]
)
@pytest.mark.parametrize("asked", ["how old was he", "what age is he", "is he zayd"])
def test_the_son_without_a_name_is_not_taken_for_the_one_with_it(ask, told, asked):
    """A report quotes a son whom it doesn't name: nobody knows which, nor how old he is."""
    text = ask(told, asked).text
    assert "doesn't say which" in text
    assert "was 18" not in text


@pytest.mark.parametrize(
    ("questions", "wanted", "unwanted"),
    [
        (["what age was her auntie", "how old is DCI Rawlinson"], ["do give others", "Leon McCaskie was 41"], ["four"]),
        (
            ["did Yasmin have lots of pals", "was she somebody with a big circle of friends"],
            ["said that she was Yasmin Chkaifi's aunt", '"had so many friends"'],
            ["say nothing"],
        ),
        (
            ["did she keep any pets", "was Yasmin in good health"],
            ["health, her interests"],
            ["friends", "somebody new"],
        ),
        (
            ["has the driver got a wife", "has Abraham a missus and kids"],
            ["thanked his solicitor for supporting him and his family"],
            ["don't say anything", "knew", "hurt"],
        ),
        (
            ["did zayd ring the police about him", "was zayd the one in touch with the met"],
            ["doesn't (name|say which)"],
            [r"\A(Yes|No)\b", "Zayd Bakkali told"],
        ),
        (
            ["was Yasmin terrified of her ex", "did she live in fear of Leon"],
            ["elder son, Zayd Bakkali", "A son, whom LBC doesn't name"],
            ["(?i)her sons", r"\A(Yes|No)\b"],
        ),
        (["what did the woman next door say", "did her pals talk to the papers"], ["her elder son"], ["her sons"]),
    ],
)
def test_it_says_no_more_and_no_less_than_the_reports(ask, questions, wanted, unwanted):
    """Some ages, her many friends, the driver's family, and one witness who may be another are told as they are printed."""
    for question in questions:
        assert said(ask(question).text, wanted, unwanted) == ([], []), question


@pytest.mark.parametrize("question", ["Why was McCaskie still at large?", "how come the cops hadn't picked him up"])
def test_nobody_is_given_words_that_are_the_reports_own(ask, question):
    """That the reports give no reason is no councillor's claim."""
    assert "don't say why Leon McCaskie had not been arrested" in ask(question).text
    assert "said so" not in ask(question, "says who?").text


@pytest.mark.parametrize(
    "question", ["who fathered the two children?", "what did McCaskie work as?", "was he on drugs?"]
)
def test_no_report_is_named_for_what_none_says(ask, question):
    """Asked who says so after "the reports don't say", the bot names no report for it."""
    text = ask(question, "who says so?").text
    assert "None of the reports says it." in text
    assert "This comes from" not in text


@pytest.mark.parametrize("question", ["how old was the little one", "what age was Zayd's brother or sister"])
def test_a_claim_keeps_its_speaker(ask, question):
    """The younger child's age is told as the words of the woman who said it."""
    assert "said that she was" in ask(question).text
    assert "A woman who said that she was Yasmin Chkaifi's aunt gave the age" in ask(question, "who said that?").text


def test_the_unnamed_son_is_nobody_else(ask):
    """The list of people says that nobody knows which son LBC quotes, and no "her son said so" makes a second witness."""
    assert "a son whom LBC quotes without a name; it doesn't say which" in ask("people").text
    assert "Her son said so" not in ask("was she frightened of him?", "who said so?").text


@pytest.mark.parametrize(
    ("questions", "names"),
    [
        (["does Zayd call the killer brave", "did the elder boy have praise for Leon"], "the driver's bravery"),
        (["what was the warrant against the driver for", "what was the warrant against Abraham for"], "Leon McCaskie"),
        (["why wasn't the driver picked up on the warrant", "how come he was at large"], "Leon McCaskie"),
        (["could the cops have saved her", "was it preventable by the Met"], "Leon McCaskie killed Yasmin Chkaifi"),
        (["what did Nafiska say", "what did Butler-Thalassis ask"], 'Leon McCaskie "had attacked Yasmin'),
        (["what's the petition's name", "how was the petition headed"], "The driver was released"),
        (["who wrote up the story for LBC", "is the LBC piece by Sophie Barnett"], "Sophie Barnett wrote LBC's report"),
        (["how many knife wounds were there", "how often did he stab"], "Leon McCaskie stabbed Yasmin Chkaifi"),
        (
            ["which date was the killing", "was it the fourth or the twenty-fourth"],
            "Leon McCaskie killed Yasmin Chkaifi",
        ),
        (["what was done to keep her safe", "how was Yasmin protected"], "against Leon McCaskie"),
        (["was a panic alarm put in", "had the Met fitted an alarm"], "scared of Leon McCaskie"),
        (["did it stop when they divorced", "and once the marriage was over?"], "Leon McCaskie went on abusing"),
        (["what drove him to it", "what was behind the murder"], "Leon McCaskie killed Yasmin Chkaifi"),
        (["was the killer sectioned", "was McCaskie drunk"], "Leon McCaskie's health"),
        (["had he done time before", "did Leon have previous"], "Leon McCaskie's record"),
        (["what sort of blade was it", "where was she cut"], "Leon McCaskie stabbed"),
        (["when was the order made", "which court made the restraining order"], "against Leon McCaskie"),
        (["did he text her", "in what way had he been in touch with her"], "Leon McCaskie had contacted"),
        (["who were the people that stepped in, by name", "names of the passers-by"], "stop Leon McCaskie"),
        (["did she put up a fight", "did Yasmin run"], "while Leon McCaskie attacked her"),
    ],
)
def test_an_answer_names_whom_it_is_about(ask, questions, names):
    """Whatever was asked, of the right person or the wrong one, the answer says of whom it speaks."""
    for question in questions:
        assert names in ask(question).text, question


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("emergency number for somebody who's being attacked right now", "If you are in danger now, call 999."),
        ("emergency number if i get attacked now", "If you are in danger now, call 999."),
        ("Where can a lady telephone when husband beat her?", ""),
        ("phone line for a wife beaten at home", ""),
        ("whats refuges telephone", ""),
        ("my sisters fella hits her who does she phone", ""),
        ("could i get an order like that against my ex", ""),
    ],
)
def test_a_cry_is_no_question_about_an_article(ask, message, first):
    """Who asks for help is given today's contacts, not what was printed in 2022."""
    reply = ask(message)
    assert reply.kind is Kind.SUPPORT
    assert reply.text.startswith(first)


@pytest.mark.parametrize(
    "question", ["what helplines did the ITV story give", "which numbers stand under the ITV piece"]
)
def test_what_an_article_printed_stands_beside_todays_contacts(ask, question):
    """The list of 2022 is told as that, and the cards as they stand now are told in words beside it."""
    reply = ask(question)
    assert reply.facts == ("printed-contacts",)
    assert said(reply.text, ["4 February 2022", "if you are in danger now, call 999", r"\+44 808 2000 247"], []) == (
        [],
        [],
    )
    assert {"refuge", "mens-advice-line"} <= {card.id for card in reply.helplines}


@pytest.mark.parametrize(
    "question",
    [
        "was any of it her own fault",
        "who should be blamed for it",
        "did Yasmin wind him up",
        "she probably provoked him",
        "do you reckon it was her fault",
        "what had she done to deserve that",
    ],
)
def test_the_responsibility_is_the_killers(ask, question):
    """Blame is no matter of opinion: he killed her, and nothing is put on her, or on the police alone."""
    assert said(ask(question).text, [RESPONSIBLE], ["opinion", r"\AYes"]) == ([], [])


@pytest.mark.parametrize(
    ("fact", "questions"),
    [
        (
            "whose-fault",
            [
                "who's at fault for what happened to Yasmin",
                "who do people hold responsible",
                "was it partly her fault",
                "would you blame her",
                "whose fault do you reckon it is",
                "was the victim herself to blame",
                "is Leon to blame",
                "who should answer for her death",
                "who is responsible for all this",
                "does any blame fall on Yasmin",
                "so it was her fault then",
                "wos it her fault tho",
                "fault is whose",
                "who must carry the blame",
                "could Yasmin have stopped it",
            ],
        ),
        (
            "why-not-leave",
            [
                "couldn't Yasmin simply have walked out",
                "why hadn't she got away from him",
                "why did Yasmin stay in such a marriage",
                "why did she tolerate it",
                "why did she not move somewhere he couldn't find her",
                "she should have moved house",
                "why not just leave him",
                "y didnt she just leave",
                "why she stay with bad man",
                "how come she put up with him",
                "surely she could've left",
                "I'd have been gone in a week, why wasn't she",
                "what was stopping her leaving",
                "why did she stay all those years",
                "she could have walked away",
            ],
        ),
        (
            "police-had-been-told",
            [
                "why was the abuse never reported to the police",
                "why didn't Yasmin ring 999 about him",
                "she should've told the police",
                "why did she never go to the cops",
                "how come she didn't report him",
                "why didn't she phone the police",
                "why didnt she go to the police before",
                "y no call police",
                "she could have rung the police couldn't she",
                "why did Yasmin not involve the police",
                "why did she keep quiet",
                "for what reason did she not alert the police",
                "if he was that bad why not call the police",
                "why didn't she get help",
                "why hadn't she spoken to the police",
            ],
        ),
        (
            "provoked",
            [
                "did she do anything to annoy him",
                "had Yasmin provoked her ex",
                "what had she said to make him flip",
                "maybe she pushed him too far",
                "did she deserve what happened",
                "did she bring it upon herself",
                "was he provoked by her",
                "what had Yasmin done to set him off",
                "what did she do wrong",
                "she was asking for it wasn't she",
                "did Yasmin wind him up",
                "she probably wound him up",
                "did she make him do it",
                "was it in response to something she did",
                "had it coming did she",
            ],
        ),
    ],
)
def test_where_blame_is_looked_for_the_killer_is_named(ask, fact, questions):
    """It begins with whose the responsibility is, tells what was reported, and holds nothing that she did or left undone."""
    for question in questions:
        reply = ask(question)
        assert reply.facts == (fact,), question
        blamed = [
            r"(?i)she (should|could|might|ought)",
            "(?i)provok",
            "(?i)did(n't| not) (leave|call)",
            "(?i)fail",
            r"\AYes",
        ]
        if question != "is Leon to blame":
            assert said(reply.text, [rf"\A(No\. )?{RESPONSIBLE}"], blamed) == ([], []), question
        assert RESPONSIBLE in reply.text, question


def test_whose_the_responsibility_is_is_no_reports_word(ask):
    """Asked who says so, the bot gives no report for its own sentence."""
    for question in ("whose fault was it?", "did she provoke him?"):
        assert "responsib" not in ask(question, "who says so?").text


def test_to_look_for_blame_is_never_offered(conversation: Conversation, case):
    """No button, topic or next question asks why she didn't leave, nor does the title typed alone lead there."""
    blaming = {fact.id for fact in case.facts.values() if fact.responsible}
    assert blaming == {"whose-fault", "why-not-leave", "police-had-been-told", "provoked"}
    for fact in case.facts.values():
        assert blaming.isdisjoint(fact.related), fact.id
    for message in (
        "topics",
        "start",
        "people",
        *(theme.title for theme in case.themes.values()),
        "who killed her",
        "fault",
        "why",
        "did he or she",
        *(f.question for f in case.facts.values()),
    ):
        reply, context = conversation.reply(message)
        offered = {choice.id.removeprefix("fact:") for choice in (*reply.suggestions, *reply.choices)}
        assert blaming.isdisjoint(offered), message
        more, _ = conversation.reply("tell me more", context)
        assert blaming.isdisjoint(more.facts), message


def test_a_cry_beside_such_a_question_offers_no_answer_to_it(ask):
    """Who lives with it, and asks why she stayed, is not shown that question on a button."""
    reply = ask("my husband hits me. why didn't she leave him?")
    assert reply.kind is Kind.SUPPORT
    assert reply.suggestions == ()


def test_the_killer_stands_first_where_the_police_are_blamed(ask):
    """What her son and a councillor said of the police is told after who killed her, with speaker, report and day."""
    for question in ("are the police to blame", "was it the Met's fault"):
        text = ask(question).text
        assert text.startswith("Leon McCaskie killed Yasmin Chkaifi.")
        assert said(
            text, ["ITV News reported on 4 February 2022", "in Ham & High"], [r"says that they", "nothing yet"]
        ) == ([], [])


@pytest.mark.parametrize(
    "question",
    [
        "how come she didn't leave",
        "she ought to have left him",
        "why would Yasmin stay with such a man",
        "couldn't she just go",
    ],
)
def test_she_had_left(ask, question):
    """The marriage had ended, and he went on; nobody is told what she should have done."""
    text = ask(question).text
    assert "marriage to Leon McCaskie had already ended" in text
    assert "should have" not in text


@pytest.mark.parametrize(
    ("questions", "wanted", "unwanted"),
    [
        (["how come Yasmin died", "of what did she die"], ["McCaskie stabbed Yasmin"], ["Both"]),
        (
            ["was she taken to hospital", "where did the two of them die"],
            ["where Leon McCaskie had stabbed her"],
            ["Both"],
        ),
        (
            ["did her boys survive", "did the little one survive", "did the motorist survive"],
            ["two children lived", "The driver lived too"],
            ["Both died", r"\ANo"],
        ),
        (["was there anyone else killed", "did more people die"], ["No report says that anybody died but"], ["Both"]),
        (["did he pull through", "did Leon survive"], ["He died at the scene when a driver"], ["lived", "(?i)both"]),
        (
            ["was this a murder-suicide", "is it a murder suicide case"],
            ["killed Yasmin.* hit him with a car"],
            [r"\AYes"],
        ),
        (["when did the killing take place", "start"], ["Leon McCaskie killed Yasmin Chkaifi"], ["was killed"]),
        (["what went on in Maida Vale", "sum up the case"], ["a mother of two, his ex-wife"], ["Both died"]),
        (
            ["how did her family feel about the driver", "do her relatives praise Abraham"],
            ["Members of"],
            ["Her family praised"],
        ),
        (["what did the auntie say", "quote the aunt"], ["a woman who said that she was"], ["told LBC"]),
        (["on which road was it", "whereabouts did it happen"], ["found in Chippenham Road"], ["150", "yards"]),
        (["did people petition for the driver", "what was the petition for"], ["not to face charges"], ["hero"]),
        (["anything new since then", "where do things stand now"], ["dated reports end on 4 February 2022; Ham"], []),
        (["outside which shop was it", "was it raining"], ["LBC reports that .* was found in"], ["it happened in"]),
        (["was Leon the boys' dad", "whose kids are they"], ["none says that it was Leon McCaskie"], ["and not that"]),
    ],
)
def test_of_the_dead_and_the_living(ask, questions, wanted, unwanted):
    """The killer is the subject of what he did, the living are told as living, and nothing is told that wasn't asked."""
    for question in questions:
        assert said(ask(question).text, wanted, unwanted) == ([], []), question


@pytest.mark.parametrize(
    "message", ["i'm zayd", "im abraham", "i am the driver's mum", "yasmin's sister here", "she was my mother"]
)
def test_those_close_to_the_case_are_met_with_care(ask, message):
    """Their family reads this bot: no goodbye, no question about where the driver lives."""
    reply = ask(message)
    assert reply.kind is Kind.SUPPORT
    assert said(reply.text, ["Victim Support"], ["Goodbye", "live"]) == ([], [])


def test_nobody_is_said_to_be_her_husband(ask, case):
    """No report says that "her husband" means McCaskie: they are told as having been married once."""
    for question in ("who is yasmin's husband", "what was her husband called"):
        assert "the marriage had ended" in ask(question).text
    assert not [entity.id for entity in case.entities.values() if {"her husband", "his wife"} & {*entity.aliases}]


def test_of_two_passages_that_prove_the_same_the_plainer_is_quoted(ask):
    """Ages, time, place and date are cited without the stabbing and without "tragic"; the wrong date is cited for itself."""
    for question in (
        "how old was Yasmin?",
        "how old was Leon?",
        "what time was it?",
        "on which road was it?",
        "which day was it?",
    ):
        quotes = " ".join(cited.quote for cited in ask(question).citations)
        assert said(quotes, [], ["stab", "tragic"]) == ([], []), question
    for question in ("who was killed?", "how old were the two of them?"):
        assert "January 4" not in " ".join(cited.quote for cited in ask(question).citations)


def test_a_private_life_is_not_put_into_words(ask):
    """Asked whether there was somebody else, the bot names no such thing; nor does it for a stray word."""
    for question in (
        "was there another fella in her life",
        "was she seeing another man",
        "did she go and see him of her own accord",
    ):
        text = ask(question).text
        assert said(text, ["private life after the marriage"], ["new", "meet", "back together", "in breach"]) == (
            [],
            [],
        )
    for message in ("man city got hammered yesterday", "united lost again"):
        assert ask(message).facts == ()


INSINUATIONS = (
    "(?i)somebody new", "agreed", "back together", "knew her", "accomplice", "helped him", "a tag", "drink", "drugs",
    "followed her", "mistake", "her friends, her", "saw it",
)  # fmt: skip


def test_what_is_not_reported_is_denied_without_insinuating(case):
    """None of these answers puts an act or a relation into words that the reports don't tell of."""
    for fact in case.facts.values():
        if fact.status is Status.UNREPORTED:
            assert said(fact.answer, [], INSINUATIONS) == ([], []), fact.id


def test_what_is_not_reported_is_never_offered(conversation: Conversation, case):
    """No button, no next question and no "tell me more" spreads a denial that nobody asked for."""
    told = {f"fact:{fact.id}" for fact in case.facts.values() if fact.status is not Status.UNREPORTED}
    vague = [
        "child",
        "knife",
        "photo",
        "what about Abraham",
        "her last moments",
        "the son and the address",
        "note",
        "video",
    ]
    for message in [*vague, *(fact.ask[-1] for fact in case.facts.values())]:
        reply, context = conversation.reply(message)
        offered = {choice.id for choice in (*reply.suggestions, *reply.choices) if choice.id.startswith("fact:")}
        assert offered <= told, message
        more, _ = conversation.reply("tell me more", context)
        assert not [id_ for id_ in more.facts if f"fact:{id_}" not in told], message


@pytest.mark.parametrize(
    ("fact", "leads"),
    [
        ("harassed", ["Had he been bothering her non-stop?", "This ex was giving harassment to her all the time?"]),
        ("she-was-afraid", ["Was she afraid of him?", "Did she feel safe?"]),
        ("he-lived-near", ["did he live close by", "Was he a neighbour of theirs?"]),
        ("younger-child", ["Was the second child twelve years of age?", "is the younger child a baby"]),
        ("legacy", ["Is Zayd planning to campaign against domestic abuse?", "does he want to raise awareness"]),
        (
            "order",
            ["Had a judge told Leon to steer clear of his ex?", "Was Leon legally barred from going near Yasmin?"],
        ),
        ("petition-count", ["Did millions sign it?", "Did the petition reach a million?"]),
        ("time", ["Was it in broad daylight?", "Was it dark?"]),
        (
            "driver-support",
            ["is he getting professional help", "Did they leave Abraham to deal with the trauma on his own?"],
        ),
        ("family-describes-her", ["was she a nice lady", "Was Yasmin a kind soul?"]),
        (
            "earlier-attacks",
            ["Was this the sole occasion on which he assaulted her?", "this was the first attack, yeah"],
        ),
        ("name-withheld", ["Was the Met kept in the loop by Zayd?", "did the son give lbc his name"]),
    ],
)
def test_neither_yes_nor_no_where_the_reports_settle_nothing(ask, fact, leads):
    """A claim, a guess and what nobody reported are told without a verdict."""
    for question in leads:
        reply = ask(question)
        assert reply.facts[:1] == (fact,), question
        assert not reply.text.startswith(("Yes", "No.")), question


LASTING = frozenset(
    (
        "is it the son who has called this man like a monster?",
        "is it so that Begum spoke of beatings in homes going up?",
        "is it a duty to stop the evil, by what Abraham said",
        "is IOPC a part of the court?",
        "Is it correct that the mistreatment ceased upon divorce?",
        "Is it true Barraclough accused Scotland Yard of failing at something basic?",
        "Is it true that bystanders merely looked on?",
        "Is it correct that Abraham was driving a red Ford?",
        "Is 43 the right figure for the murdered mum?",
        "is it true that she was 41",
        "Is the killer responsible for what he did?",
        "Are they both dead?",
        "Is Yasmin still alive?",
        "Is the killer dead?",
        "Is McCaskie still alive?",
        "Is he in jail?",
        "is the killer today still alive?",
        "is the murder trial on now",
        "Will he ever have to answer for it in court?",
        "Are McCaskie and McCaskre the same man?",
        "are mccaskie and mccaskre one man",
        "are there two killers, mccaskie and mccaskre",
        "Is Leon McCaskre somebody different from Leon McCaskie?",
        "is zayd her son",
        "is Zayd the eldest of her kids?",
        "Is the eldest son called Ibrahim?",
        "Is Bakalli the proper way to write it?",
        "is ITV one from your sources?",
        "is it clear which of the children talked to the mail's website",
        "Is the lad in the LBC report named?",
        "Is there a photo of Zayd with both his parents?",
        "Is there a hotline for abused blokes in the ITV piece?",
    )
)
"""What may be asked of now, for it lasts: who is dead, who is who, what was said, what a report prints."""


def test_a_state_of_2022_is_not_confirmed_in_the_present_tense(case):
    """Nobody is told yes or no on whether the driver "is" on bail, or whether an investigation "is" going on."""
    for fact in case.facts.values():
        for wording in (*fact.yes, *fact.no):
            assert wording.lower().split()[0] not in {"is", "are", "will"} or wording in LASTING, wording
