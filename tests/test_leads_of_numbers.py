"""Numbers and ages lead only to what is true: reckoned, of their kind, and of whom they are asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from knowledge.case.model import Case, Status


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


def test_an_age_is_told_of_the_one_who_was_asked_about(lead):
    """ "Was the driver older than 20?" is told his age, not that of two others."""
    assert lead("Was the driver older than 20?")[1] == "age-driver"
