"""What is said is what the reports say, of the person it is about, and no more."""

import pytest

from bot.reply import Kind
from tests.shared import said


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
