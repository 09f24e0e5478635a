"""What is remembered between updates: every store does the same, and what is kept of chats holds ids alone."""

from __future__ import annotations

from bot.faces.telegram.state.contexts import LATEST, Around, Contexts, Talk
from bot.faces.telegram.state.exchanges import KEPT_IN_CHAT, KEPT_SECONDS, Exchanges
from bot.faces.telegram.state.store import MOST_PACED, InMemory, Kind, Rate
from bot.reply import NOTHING, Context
from tests.telegram.session import together
from tests.telegram.store import BRIEF, EVERY_CONTRACT, Clock

TOLD = Context(("night", "order"), ("ann",), ("fact:alarm",), "abuse", ("refuge",))
HERE = Talk(7)


def test_the_store_in_memory_keeps_every_contract() -> None:
    """Values, marks, lists and paces, and their end."""
    for contract in EVERY_CONTRACT:
        clock = Clock()
        together(contract)(InMemory(clock), clock.sleep)


@together
async def test_no_more_is_kept_in_memory_than_a_kind_allows() -> None:
    """The oldest go first, of values and of paces that have caught up."""
    clock = Clock()
    store, kind = InMemory(clock), Kind("few", 60.0, most=2)
    for key in range(3):
        await store.put(kind, {(key,): b"x"})
    assert [await store.get(kind, (key,)) for key in range(3)] == [None, b"x", b"x"]
    assert store.values == 2
    for chat in range(MOST_PACED * 2):
        clock.now += 10.0
        await store.step(("chat", chat), Rate(1.0, 1), urgent=False)
    assert store.paces <= MOST_PACED + 1


@together
async def test_what_has_expired_is_not_kept() -> None:
    """After its time a value is gone from memory too."""
    clock = Clock()
    store = InMemory(clock)
    await store.put(BRIEF, {(1,): b"x"})
    clock.now += BRIEF.seconds + 1.0
    assert await store.get(BRIEF, (2,)) is None
    assert store.values == 0


@together
async def test_a_conversation_is_its_chats_topics_and_in_a_group_its_persons() -> None:
    """A context is recalled where it was kept, whole, and nowhere else, for fifteen minutes."""
    clock = Clock()
    contexts = Contexts(InMemory(clock))
    await contexts.keep(HERE, TOLD)
    assert await contexts.recall(HERE) == TOLD
    assert await contexts.recall(Talk(7, topic=5)) == NOTHING
    assert await contexts.recall(Talk(7, person=5)) == NOTHING
    clock.now = 15 * 60.0 + 1.0
    assert await contexts.recall(HERE) == NOTHING


@together
async def test_the_contexts_around_a_reply_are_found_by_any_of_its_messages() -> None:
    """Before and after, as they were; of a message that nobody sent nothing."""
    contexts = Contexts(InMemory(Clock()))
    await contexts.keep_around(7, (11, 12), Around(NOTHING, TOLD))
    assert await contexts.around(7, 12) == Around(NOTHING, TOLD)
    assert await contexts.around(8, 12) is None


@together
async def test_forget_deletes_what_telegram_still_lets_a_bot_delete() -> None:
    """Of a chat that went on for days the messages of the last 47 hours and 50 minutes are named, once."""
    clock = Clock()
    exchanges = Exchanges(InMemory(clock), clock)
    await exchanges.keep(7, 1, (2, 3), "who")
    clock.now = 47 * 3600.0
    await exchanges.keep(7, 4, (5,), "when")
    clock.now = KEPT_SECONDS + 1.0
    assert await exchanges.forget(7) == (4, 5)
    assert await exchanges.forget(7) == ()
    assert KEPT_SECONDS == 47 * 3600.0 + 50 * 60.0


@together
async def test_of_one_chat_so_many_exchanges_are_kept() -> None:
    """The oldest go first."""
    exchanges = Exchanges(InMemory(Clock()), Clock())
    for asked in range(1, KEPT_IN_CHAT + 2):
        await exchanges.keep(7, asked, (), "who")
    assert await exchanges.forget(7) == tuple(range(2, KEPT_IN_CHAT + 2))


@together
async def test_a_seal_shows_whether_words_changed_and_holds_none() -> None:
    """The same text is known again, with the same key alone."""
    store = InMemory(Clock())
    exchanges = Exchanges(store, Clock())
    await exchanges.keep(7, 1, (2,), "a zither")
    kept = await exchanges.answer_to(7, 1)
    assert kept is not None
    assert kept.told == (2,)
    assert exchanges.is_sealed(kept, "a zither")
    assert not exchanges.is_sealed(kept, "a zither?")
    assert not Exchanges(InMemory(Clock()), Clock()).is_sealed(kept, "a zither")
    assert "zither" not in kept.seal


@together
async def test_what_an_older_copy_kept_is_read() -> None:
    """A copy that knows of no contacts may have kept it while another took its place."""
    store = InMemory(Clock())
    await store.put(LATEST, {HERE: b'[["night"], ["ann"], [], "abuse"]'})
    assert await Contexts(store).recall(HERE) == Context(("night",), ("ann",), (), "abuse")
