"""What the code looks up by name in the files of the voice: a test holds these tables to the code and to the shipped voice."""

from __future__ import annotations

from collections.abc import Mapping


def _keys(table: str) -> Mapping[str, frozenset[str]]:
    """Read a table: a key a line, and behind it the fields that are filled in."""
    lines = (line.split() for line in table.strip().splitlines())
    return {key: frozenset(fields) for key, *fields in lines}


def _names(table: str) -> frozenset[str]:
    return frozenset(table.split())


MAY = {"*": _names("as_of count end held reach reports undated what"), "+": _names("as_of count undated what")}
"""The words in braces by which sentences speak of the case, by the sign for them in the table: none of them has to be there."""

SENTENCES = _keys("""
phrase.reports.one +
phrase.reports.several +
phrase.held.one +
phrase.held.several +
phrase.reach.one +
phrase.reach.one_undated +
phrase.reach.several +
phrase.reach.several_undated +
phrase.end.one +
phrase.end.one_undated +
phrase.end.several +
phrase.end.several_undated +
answer.yes text
answer.no text
answer.yes_then text
answer.understood text topic
answer.undated text
answer.said publisher speaker text
answer.said_not publisher speaker text
answer.else asked named text
answer.responsible it name
answer.contacts
answer.support_line
answer.unknown_publisher
source.one sources
source.unreported sources
source.claim sources speaker
source.follows follows
source.passages sources
source.unsaid asked text
source.silent asked
source.own asked quotes
source.all some
source.some others some
source.differs notes
source.unquoted asked
source.quote quote
source.dated published publisher
source.undated publisher
calendar.day day weekday
calendar.report publisher
calendar.one.days
calendar.one.weeks
calendar.several.days count
calendar.several.weeks count
calendar.weeks all days weeks
calendar.weeks_even all weeks
calendar.apart count earlier first later second
calendar.from_to count first second
calendar.same_day day
calendar.came_after earlier later
calendar.which_first earlier later
calendar.came_first earlier first later second
calendar.so
calendar.not_so
calendar.not_settled
calendar.on_day day event
calendar.was_on day event
calendar.not_reported event
calendar.only_report day event publisher
calendar.only_report_after count day event other publisher
calendar.only_report_undated event publisher
calendar.undated_report event
calendar.dated_report day event
calendar.reports_apart count
calendar.moment day text
calendar.reported_on day
calendar.more
calendar.neither_reported one other
calendar.one_report day one other publisher
calendar.none_in span
calendar.span first last
calendar.until day
calendar.since day
calendar.weekday day weekday
calendar.first_report day event
calendar.last_report day event
clarify.ask
clarify.choice label number
unknown.off_topic *
unknown.not_found *
unknown.person phone
unknown.tell contact
unknown.no_more *
unknown.injection *
unknown.opinion *
courtesy.hello *
courtesy.thanks *
courtesy.bye *
courtesy.okay *
courtesy.rude *
courtesy.who *
courtesy.how_are_you *
courtesy.too_long *
courtesy.empty *
courtesy.unknown_choice *
courtesy.failed *
courtesy.no_list *
courtesy.short_list last *
care.reach contact
care.reach_none
care.contact international phone
care.contact_plain phone
care.text way
care.email way
care.chat way
care.others ways
care.when_closed name phone
care.printed printed publisher year
care.more
care.asked_beside text
care.show_all
care.back
page.start about *
page.help *
page.sources
page.source_line about headline published publisher
page.source_line_bare about published publisher
page.given fields
page.field.publisher
page.field.headline
page.field.published
page.undated
page.no_headline
page.weighing count publisher
page.differences
page.differences_page page pages
page.no_differences *
page.difference_line notes quotes title
page.difference_side publisher quote
page.people
page.person_line name role
page.openers
page.topics
page.all_topics
page.theme title
page.theme_page page pages title
page.earlier
page.later
page.timeline
page.timeline_line day text
page.privacy runs web *
page.forget *
page.about runs version *
page.run_by
page.run_by_named contact
page.helplines
page.helplines_more
terminal.what title
terminal.how
terminal.undated
terminal.cited number paragraph published publisher
terminal.named number paragraph published publisher
telegram.profile.description
telegram.profile.short
telegram.command.start
telegram.command.help
telegram.command.topics
telegram.command.people
telegram.command.timeline
telegram.command.sources
telegram.command.differences
telegram.command.helplines
telegram.command.privacy
telegram.command.forget
telegram.command.about
telegram.button.copy number
telegram.button.sources
telegram.button.support
telegram.button.private
telegram.button.picture
telegram.button.dark
telegram.button.again
telegram.source.dated day publisher
telegram.source.undated publisher
telegram.source.quoted paragraph quote who
telegram.source.named paragraph who
telegram.support.opening
telegram.timeline.title page pages
telegram.timeline.moment quote who
telegram.timeline.typed
telegram.timeline.as_of day
telegram.timeline.empty
telegram.timeline.picture words
telegram.timeline.picture_next
telegram.forget.deleted
telegram.forget.kept
telegram.forget.group
telegram.group.care
telegram.line.media
telegram.line.forwarded
telegram.line.command
telegram.line.flood
telegram.line.away
telegram.line.cut
telegram.line.inline
""")
"""Every sentence that is said, with the words in braces that it has to hold."""

LISTS = _names("""
abouts accused across after-count agents alongside articles asking asking-for asking-of auxiliaries bares before
cardinals checks clause comparing contents corrections courts denials-of-topic earlier echo fillers happening hearers joining
jointly last later lead-outs leading-up leads leaning letters markers men mentioning not-accused nouns-anybody
nouns-he nouns-she nouns-they number-heads number-tails of-them of-two only-asking ordinals otherwise outcomes pairing
passives pointers polite-ahead polite-behind published reporting returning said-about saying setting subjects tagged
tails tells tens topics wanting whole women wrongs
""")
POLAR = _names("""
about age anybody at auxiliary bands be behind_about behind_least behind_most behind_something beside_be
checking closing contrast correcting decades denying determining doubt echo event everybody exactly failing
feeling fellows for-figure glue going-on got harming have heads heard how_much joints lasting least light men
modal most naming negation numbers older open outlets over own past perfect picking pointing prepositions
present relative saying some spans spots stages tails teasing tellers tens third to-figure together told under
weighty whereabouts wildcards women writer younger
""")
DATES = _names("""
after before between clause close coming dating day doubtful-months earlier ending exact firsts framing from happened
hints how joints lasts later listing many months next occasion of of-reports of-weekdays on one-unit or ordering
persons pointing previous published reporting reports since single spanning suffixes tenths the units until week
weekday-ahead weekday-asking weekday-plainly weekdays what when-asking
""")
KINDS = _names("""
age colour contact count date definition description distance duration event feeling frequency job kind manner
name number opinion outcome party person place purpose quote rank reason relation source status thing time
timeline weekday yesno
""")
"""The names under `lists`, `polar`, `dates` and `question` of english.yaml."""
SUMMARY = "summary"
"""The kind of answer that nobody asks for in words of its own."""

CARE_LISTS = _names("""
adverbs asked asking before-you being breaks dead determiners grown harming in-play kin links long-ago me mine ongoing other-does
own polite pressing private prying returned shrinking sought still supposing this-hour to-oneself to-other to-writer
whereabouts writer-does
""")
"""The lists of care.yaml that are looked up by name; patterns name the others."""
CONCERNS = _names("""
abuse address bereaved child close contacts crisis danger deaf family harm language own past quiet stalking
taken tracks upset witness worried
""")
"""The rows of care.yaml that are looked up by name, those of `GRAVEST_FIRST` among them."""
URGENT_FIRST = "danger"
URGENT = _names("""
danger crisis taken child stalking abuse own worried close contacts quiet deaf tracks harm
""")
"""The rows whose lines name the number for danger; the lines of the first stand before all else."""
IN_DANGER = _names("""
answer.contacts courtesy.failed courtesy.no_list page.start page.help page.helplines terminal.how
telegram.profile.description telegram.profile.short telegram.group.care telegram.line.media
telegram.line.forwarded telegram.line.flood telegram.line.away telegram.line.cut
""")
"""The sentences that name it."""
UNSAID = _names("unknown.person telegram.button.support")
"""The sentences that a case about no harm may leave empty; in one, those that name the number in danger needn't either."""
CALM = "none"
"""What stands for no concern among the examples."""
CONTACTS = ("emergency-999", "samaritans", "covering-tracks")
"""The cards that sentences and pages name."""
OTHER_LANGUAGE = "other"
"""The row of languages.yaml for all that have no line of their own."""

PAGES = _names("""
about differences forget headlines help helplines people privacy sources start timeline topics
""")
MOVES = _names("""
again how-that in-short injection lead-in more off-topic opinion other-one outcome-that pick report-date sure when-that
where-that which-paper which-right who-said who-that why-that
""")
"""The moves that do something; a page-... brings a page, and every other is answered by the sentence courtesy...."""
