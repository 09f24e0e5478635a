"""The table of every rule of `casebook check`: what it asks, what passes and what fails. It is tested row by row."""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """A rule: what it says, and a piece of a file that passes beside what becomes of it where it fails."""

    id: str
    says: str
    file: str
    passes: str
    fails: str
    structure: bool = False
    """Whether nothing is built or answered before it is mended"""
    warns: bool = False
    shipped: bool = False
    """Whether the piece is one of the shipped case; else of the invented boathouse"""


FACTS, SEED, CASE, WORDINGS = (
    "knowledge/facts/fire.yaml",
    "seeds/gazette.yaml",
    "knowledge/case.yaml",
    "knowledge/wordings/fire.txt",
)
REPLIES, CARE, CARDS = "knowledge/voice/replies.yaml", "knowledge/voice/care.yaml", "knowledge/helplines.yaml"
ENGLISH, MOVES = "knowledge/voice/english.yaml", "knowledge/voice/moves.txt"

RULES = (
    Rule(
        "yaml",
        "The file is YAML.",
        SEED,
        "given: [publisher, published]",
        "given: [publisher, published",
        structure=True,
    ),
    Rule("encoding", "The file is UTF-8.", SEED, "about: the fire", "about: the fire \udc92", structure=True),
    Rule(
        "merge",
        "No change that met another is left half done.",
        SEED,
        "about: the fire",
        "<<<<<<< HEAD\nabout: the fire",
        structure=True,
    ),
    Rule(
        "characters",
        "No letter is unseen, or looks like another.",
        FACTS,
        "title: The cause",
        "title: The c\u0430use",
        structure=True,
    ),
    Rule(
        "sign",
        "No value begins with a sign of YAML's own, or is cut off by one.",
        FACTS,
        "short: On the night",
        "short: On #the night",
        structure=True,
    ),
    Rule(
        "swallowed",
        "No item or field is indented into the one above it.",
        FACTS,
        "  differs:\n    - passages: [courier/boats]\n",
        "  follows:\n    - ten\n      - eleven\n  differs:\n    - passages: [courier/boats]\n",
        structure=True,
    ),
    Rule(
        "unnamed",
        "Whoever the reports leave unnamed has no alias that is a name.",
        CASE,
        "  finch:\n    kind: person\n",
        "  finch:\n    kind: person\n    unnamed: true\n",
    ),
    Rule(
        "minor",
        "A child has no name that no passage prints.",
        CASE,
        "  finch:\n    kind: person\n    name: Ada Finch\n",
        "  finch:\n    kind: person\n    is: minor\n    name: Ada Finch-Rook\n",
    ),
    Rule(
        "living",
        "A wrong, an arrest or a charge of somebody living stands on a court or an admission, or names its outcome.",
        FACTS,
        "answer: Ada Finch was 61.",
        "answer: Ada Finch was 61. Ada Finch was arrested.",
    ),
    Rule("key", "A key is plain text.", SEED, "about: the fire", "about: the fire\n[a, b]: c", structure=True),
    Rule(
        "type", "A text is a text, a list a list, a number digits.", FACTS, "values: [61]", "values: 61", structure=True
    ),
    Rule(
        "value", "A field with fixed values has one of them.", FACTS, "status: claimed", "status: claim", structure=True
    ),
    Rule("missing", "What can't be done without is there.", FACTS, "  title: The cause\n", "", structure=True),
    Rule("empty", "A field that is given holds something.", FACTS, "title: The cause", "title: null", structure=True),
    Rule(
        "unknown-field",
        "A field is one of those in FIELDS.md.",
        SEED,
        "publisher: The Marsh",
        "publishr: The Marsh",
        structure=True,
    ),
    Rule("duplicate", "Nothing is given twice under one name.", FACTS, "- id: age", "- id: alarm", structure=True),
    Rule("id", "An id is one word.", FACTS, "- id: smoke", "- id: the smoke", structure=True),
    Rule(
        "reference",
        "What is named by its id exists.",
        FACTS,
        "related: [age, smoke]",
        "related: [age, smoek]",
        structure=True,
    ),
    Rule(
        "status",
        "A fact has what its status asks for.",
        FACTS,
        "status: claimed\n  speaker: finch",
        "status: claimed",
        structure=True,
    ),
    Rule(
        "event",
        "An event has its day once, and comes after no event that comes after it.",
        FACTS,
        "  event: the fire\n",
        "",
        structure=True,
    ),
    Rule(
        "date",
        "A day is one, within the time of the reports.",
        FACTS,
        "when: 2019-03-03",
        "when: 2019-13-03",
        structure=True,
    ),
    Rule(
        "sentence",
        "Every sentence that is said is there, and no other.",
        REPLIES,
        '  bye: "Goodbye',
        '  bey: "Goodbye',
        structure=True,
        shipped=True,
    ),
    Rule(
        "placeholder",
        "A sentence holds each word in braces that is filled in, and no other.",
        REPLIES,
        '  text: "text {way}"',
        '  text: "text {wya}"',
        structure=True,
        shipped=True,
    ),
    Rule(
        "list",
        "Every list that the code reads is there, and no other.",
        ENGLISH,
        "  cardinals: [",
        "  cardnials: [",
        structure=True,
        shipped=True,
    ),
    Rule(
        "move",
        "A page, a deed or a sentence answers every move.",
        MOVES,
        "[thanks]",
        "[thnaks]",
        structure=True,
        shipped=True,
    ),
    Rule(
        "number",
        "A number that may be called stands twice, in the same digits.",
        CARDS,
        '  phone: "116 123"',
        '  phone: "116 124"',
        structure=True,
        shipped=True,
    ),
    Rule(
        "pattern",
        "A pattern can be read.",
        CARE,
        '- "with [a|the] [kitchen] <weapon>',
        '- "with [a|the] [kitchen] <weapno>',
        structure=True,
        shipped=True,
    ),
    Rule(
        "rejoinder",
        "Something is said to each message about contacts.",
        CARE,
        '    say: "You\'re welcome. They are there whenever you want them: send helplines. If you are in danger, call 999."\n',
        "",
        structure=True,
        shipped=True,
    ),
    Rule(
        "card",
        "A card's page, day and words are such as others have.",
        CARDS,
        "web: https://www.suzylamplugh.org",
        "web: www.suzylamplugh.org",
        shipped=True,
    ),
    Rule(
        "pattern-dead",
        "A pattern can be found in a message.",
        CARE,
        "    when: [scotland,",
        "    when: [Scotland,",
        shipped=True,
    ),
    Rule(
        "same-word",
        "What is typed for a need leads to that need alone.",
        CARE,
        '    words: ["999"',
        '    words: [women, "999"',
        shipped=True,
    ),
    Rule(
        "signal-silent",
        "A signal fires on what must set it off.",
        CARE,
        '    fires: ["help",',
        '    fires: ["lovely weather", "help",',
        shipped=True,
    ),
    Rule(
        "signal-fires",
        "A signal is silent on what must not set it off.",
        CARE,
        '    fires: ["help",',
        '    silent: ["urgent help now"]\n    fires: ["help",',
        shipped=True,
    ),
    Rule("pronouns", "A person has pronouns.", CASE, "    pronouns: [she, her]\n", ""),
    Rule("gives", "What a fact gives is a kind of answer that is asked for.", FACTS, "gives: [age]", "gives: [agee]"),
    Rule(
        "unnamed",
        "Whomever a pronoun stands for is named before it.",
        FACTS,
        "short: Ada Finch was 61.",
        "short: She was 61.",
    ),
    Rule("claim", "What somebody claimed is told as theirs.", FACTS, "short: '\"I smelt smoke\".'", "short: Smoke."),
    Rule(
        "speaker", "Who says something is a person or an organisation.", FACTS, "speaker: finch", "speaker: boathouse"
    ),
    Rule(
        "also",
        "What is shown only when asked for isn't shown anyway.",
        FACTS,
        "passages: [gazette/smoke]\n",
        "passages: [gazette/smoke]\n  also: [gazette/smoke]\n",
    ),
    Rule(
        "topic",
        "A topic is a few words, and no other fact's.",
        FACTS,
        "short: Ada Finch was 61.",
        "topic: How old the caretaker Ada Finch was then\n  short: Ada Finch was 61.",
    ),
    Rule("values", "A fact has one number at the most.", FACTS, "values: [61]", "values: [61, 62]"),
    Rule(
        "answer-length",
        "An answer has 440 characters at the most.",
        FACTS,
        "answer: Ada Finch was 61.",
        f"answer: Ada Finch was 61. {'That was so. ' * 40}",
    ),
    Rule(
        "proof",
        "What a fact says stands in its passages.",
        FACTS,
        "answer: Ada Finch was 61.",
        "answer: Ada Finch was 16.",
    ),
    Rule(
        "wording",
        "The bot's own words hide nobody, blame nobody and thrill nobody.",
        FACTS,
        "answer: Ada Finch was 61.",
        "answer: The tragedy struck Ada Finch.",
    ),
    Rule(
        "provenance",
        "Publisher, headline and day stand in the article, or under `given`.",
        SEED,
        "headline: Rowing club loses its boathouse",
        "headline: Rowing club lost its boathouse",
    ),
    Rule(
        "quotation-length",
        "A quotation has 1 to 40 words.",
        SEED,
        'quote: "nine boats were lost"',
        f'quote: "{"nine boats " * 21}"',
    ),
    Rule(
        "verbatim",
        "A quotation stands in its article, word for word.",
        SEED,
        "nine boats were lost",
        "nine boats were burned",
    ),
    Rule("paragraph", "It stands in the paragraph that is named.", SEED, "paragraph: 4", "paragraph: 2"),
    Rule(
        "coverage", "Every paragraph is cited, or left out with a reason.", SEED, "left_out:\n  1: The headline.\n", ""
    ),
    Rule(
        "unused-passage",
        "Some fact cites every passage.",
        SEED,
        "passages:\n",
        "passages:\n  more: {paragraph: 5}\n",
        warns=True,
    ),
    Rule(
        "same-wording",
        "A wording asks for one fact, and stands under no other, not even misspelt.",
        WORDINGS,
        "How old was Ada Finch?",
        "Who rased the alarm?",
    ),
    Rule("double", "A wording stands once.", WORDINGS, "finch age", "finch age\nFinch, age?!", warns=True),
    Rule("no-words", "A wording holds words.", WORDINGS, "date of the fire", "date of the fire\n?!"),
    Rule("few-wordings", "A fact has ten wordings at least.", WORDINGS, "", "", warns=True),
    Rule(
        "spelling",
        "A wording is spelt right.",
        WORDINGS,
        "Who called for help?",
        "Who called for help?\nwho raised the alram",
        warns=True,
    ),
    Rule(
        "saying",
        "What a saying stands for is said in words that are known.",
        ENGLISH,
        "  escape: [",
        "  escpae: [",
        warns=True,
        shipped=True,
    ),
    Rule(
        "self-find", "A fact's own wording finds that fact.", WORDINGS, "What did she smell?", "Who raised the alarm?"
    ),
)
"""Every rule that a piece of a file can show."""

OTHERS = {
    "missing-file": "The files and folders of a case are there.",
    "file-name": "What lies in them is read: `.yaml`, `.txt`, and no folder.",
    "no-facts": "There is a fact.",
    "same": "A word of `same` in english.yaml is in one group.",
    "claim-unmet": "A claim is met when it is asked for plainly (a warning).",
    "article-missing": "With `--articles`, each source has its text.",
    "quoted-too-much": "An article is quoted by half at the most.",
    "unread-card": "A card's page was read by somebody (a warning).",
    "stale-card": "It was read within 90 days (a warning).",
    "link": "With `--links`, a page that a card names answers, under its name (a warning).",
}
"""Rules that no one piece of a file shows."""
