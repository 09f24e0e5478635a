"""What a sentence of the reports says can be asked for, in a stranger's words."""

import re

import pytest

from bot.reply import Kind


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("what made Zayd feel let down by the police", "lack of protection"),
        ("does the son think his mum was protected by police", "lack of protection|woefully insignificant"),
        ("what can an abuser do to somebody in lockdown, by Rita Begum", "do anything to you"),
        ("is Rita Begum an MP", "Labour councillors"),
        ("did Naseem express sympathy to those who knew her", "with all those who knew her"),
        ("is Naseem a detective at the Met", "IOPC's regional director"),
        ("was Zayd Bakkali's ITV interview exclusive", "an exclusive broadcast interview"),
        ("does ITV itself say the driver wanted to stop it", "in its own words"),
        ("was Abraham trying to put an end to the attack", "trying to stop the attack"),
        ("whom else does Zayd want to honour", "any other women who needs it"),
        ("what did ITV tell readers Refuge does", "Refuge helps people"),
        ("in which road was she found with stab wounds", "Chippenham Road"),
        ("were people horrified by what they saw", "horrified witnesses"),
        ("did passers-by witness the stabbing", "horrified witnesses"),
        ("did her aunt say that she was broken hearted", '"broken hearted"'),
        ("what caused people to sign the petition", "arrest on suspicion of murder led"),
        ("was the petition because of the arrest", "arrest on suspicion of murder led"),
        ("who used the word terrifying of the situation", "terrifying situation"),
        ("was the solicitor of help to the driver's family", "supported him and his\\s+family"),
        ("was it a trying time for the driver", "stressful and trying time"),
        ("were the police still investigating at the end of January", "the police investigation was continuing"),
        ("what tie was there between Zayd and Leon", "ex-husband of Zayd Bakkali's mother"),
        ("from whom did police take statements", "members of the public and from officers"),
        ("what is vitally important when somebody dies, said Rawlinson", "all of the circumstances"),
        ("who gave LBC the photo of her", "credits to the Met Police"),
        ("what is the caption of the ITV picture", '"misplaced star on earth"'),
        ("when was Yasmin stabbed", "Monday 24 January 2022"),
        ("which councillor said that an abuser can do anything to you in lockdown", "do anything to you"),
        ("did she have lots of friends", "so many friends"),
        ("did he stab her several times", "several times"),
        ("was it a Vauxhall that hit him", "blue Renault"),
        ("is the LBC report by Louise Scott", "Sophie Barnett wrote"),
        ("was it her family who reported the Met", "The Met referred its conduct"),
        ("are the boys McCaskie's sons", "none says that it was Leon McCaskie"),
        ("who is Rita Begum", "a councillor"),
        ("was the son in tears", "in tears"),
        ("on which day was the tweet posted", "don't say on which day"),
        ("on which day did the son come to the scene", "don't say on which day"),
    ],
)
def test_a_sentence_of_a_report_can_be_asked_for(ask, question, says):
    """A natural question finds what the sentence says, with a passage behind it."""
    reply = ask(question)
    assert re.search(says, reply.text), reply.text
    assert reply.citations


@pytest.mark.parametrize(
    "question", ["what is Women's Aid according to ITV?", "how does the report describe Women's Aid"]
)
def test_what_a_charity_is_comes_with_its_contacts_first(ask, question):
    """In doubt the contacts are given, and after them what the article says of the charity."""
    reply = ask(question)
    assert reply.kind is Kind.SUPPORT
    assert reply.facts == ("charities",)


def test_the_son_whom_a_report_leaves_unnamed_is_not_named_by_what_was_added(case):
    """What LBC's son said of the police is told as his, beside nothing that Zayd Bakkali said."""
    assert "Zayd" not in case.facts["police-had-been-told"].answer
    assert "whom LBC doesn't name" in case.facts["police-had-been-told"].answer
