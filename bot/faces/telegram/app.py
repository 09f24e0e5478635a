"""The Telegram face put together: start, answer, stop; and how it presents itself in the list of bots."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from telegram import BotCommand
from telegram.error import BadRequest, InvalidToken

from bot.faces.telegram.handlers.buttons import Press
from bot.faces.telegram.handlers.commands import Commands, menu
from bot.faces.telegram.handlers.desk import Desk
from bot.faces.telegram.handlers.inline import Inline
from bot.faces.telegram.handlers.messages import Talk
from bot.faces.telegram.handlers.route import Route
from bot.faces.telegram.handlers.timeline import Timeline
from bot.faces.telegram.incoming.health import Health, bind, open_health
from bot.faces.telegram.incoming.polling import Poll
from bot.faces.telegram.incoming.queue import Intake
from bot.faces.telegram.incoming.webhook import CONNECTIONS, Hook, Watch, open_webhook
from bot.faces.telegram.log import hush_loop
from bot.faces.telegram.metrics import Tally
from bot.faces.telegram.outgoing.client import WANTED, Wire
from bot.faces.telegram.outgoing.delivery import Delivery
from bot.faces.telegram.state.contexts import Contexts
from bot.faces.telegram.state.exchanges import Exchanges
from bot.faces.telegram.state.shared import Shared
from bot.faces.telegram.state.store import InMemory, Store
from bot.faces.telegram.trouble import Patience, said, trouble
from bot.operator import tell, version
from bot.settings import TELEGRAM, SettingError
from knowledge.case.model import STALE_DAYS

if TYPE_CHECKING:
    import socket
    from collections.abc import Coroutine, Sequence

    from tornado.httpserver import HTTPServer

    from bot.conversation import Talker
    from bot.settings import Settings, Webhook
    from knowledge.case.general import Voice


async def present(wire: Wire, voice: Voice, names: Sequence[str]) -> None:
    """Set the commands of these names, short description and description where Telegram shows others.

    Never part of the start: it may fail, and be tried again, while messages are answered.
    """
    commands = [BotCommand(name, voice.say(f"telegram.command.{name}")) for name in names]
    if tuple(commands) != await wire.get_my_commands():
        await wire.set_my_commands(commands)
    short = voice.say("telegram.profile.short")
    if (await wire.get_my_short_description()).short_description != short:
        await wire.set_my_short_description(short)
    long = voice.say("telegram.profile.description")
    if (await wire.get_my_description()).description != long:
        await wire.set_my_description(long)


GRACE = 20.0
"""Seconds that replies in hand get at the end; what is not done by then is not confirmed, and comes again."""

REFUSED = 300.0
"""Seconds that a token must have been refused from the start on, and nothing else come, to be taken for wrong."""


class Face:
    """One bot on Telegram."""

    def __init__(self, conversation: Talker, voice: Voice, settings: Settings, store: Store | None = None) -> None:
        """Take what answers, the words, the settings, and what is shared with other copies where it isn't in the settings."""
        self._conversation = conversation
        self._voice = voice
        self._settings = settings
        self._tally = Tally()
        self._patience, self._sending = Patience(), Patience()
        shared = Shared(settings.state) if settings.state else InMemory()
        self._store: Store = shared if store is None else store
        self._wire = Wire(settings, self._sending, self._store, self._tally)
        self._phase = "starting"
        self._health = Health()
        self._health.hindrances += [lambda: self._patience.matter, lambda: self._sending.matter, lambda: self._phase]
        self._health.notes += [self._note_of_helplines, self._note_of_state]

    async def serve(self, stop: asyncio.Event) -> None:
        """Answer until `stop` is set, then finish the replies in hand. Raise SettingError for a wrong token."""
        hush_loop(asyncio.get_running_loop())
        doors: list[HTTPServer] = []
        taken = bind(self._settings.webhook.at) if self._settings.webhook else None
        try:
            if self._settings.health:
                doors.append(open_health(self._settings.health, self._health, self._tally))
            await self._store.open()
            if not await _unless(stop, self._patience.until(self._introduce, at_most=REFUSED)):
                return
            intake = self._intake()
            presenting = asyncio.create_task(self._present())
            try:
                await self._answer(intake, stop, doors, taken)
            finally:
                presenting.cancel()
        finally:
            for door in doors:
                door.stop()
                await door.close_all_connections()
            if taken:
                taken.close()
            await self._wire.shutdown()
            await self._store.close()

    async def _answer(
        self, intake: Intake, stop: asyncio.Event, doors: list[HTTPServer], taken: socket.socket | None
    ) -> None:
        if self._settings.webhook and taken:
            hook = Hook(intake, self._settings.webhook.secret)
            doors.append(open_webhook(taken, self._settings.webhook, hook, self._health))
            set_webhook = partial(self._set_webhook, self._settings.webhook)
            ready = await _unless(stop, self._patience.until(set_webhook))
            self._greet(ready=ready)
            watch = Watch(self._wire, intake, self._tally, set_webhook)
            meaning = "Updates that wait at Telegram"
            self._tally.gauges.append(("casebook_undelivered_updates", meaning, lambda: watch.undelivered))
            await _unless(stop, watch.run(self._patience))
            self._phase = "stopping"
            await hook.close(GRACE)
        else:
            poll = Poll(self._wire, intake, self._patience)
            ready = await _unless(stop, self._patience.until(self._wire.delete_webhook))
            self._greet(ready=ready)
            await poll.run(stop)
            self._phase = "stopping"
            await intake.finish(GRACE)
            await poll.confirm()

    def _intake(self) -> Intake:
        delivery = Delivery(self._wire, self._voice, self._tally)
        contexts = Contexts(self._store)
        exchanges = Exchanges(self._store)
        me = self._wire.bot
        desk = Desk(self._conversation, self._voice, self._store, contexts, exchanges, delivery, self._tally, me)
        timeline = Timeline(desk, self._wire)
        commands = Commands(desk, timeline)
        talk = Talk(desk, commands, self._wire.now)
        route = Route(talk, Press(desk, commands, timeline, talk), Inline(desk))
        intake = Intake(self._wire, route, self._store, self._tally, lets_go=self._settings.webhook is not None)
        self._tally.gauges += [
            ("casebook_waiting_updates", "Updates taken in and not yet done", lambda: intake.waiting[0]),
            (
                "casebook_oldest_wait_seconds",
                "How long the oldest has waited",
                lambda: max(0.0, monotonic() - intake.waiting[1]),
            ),
            ("casebook_stale_helplines", "Helplines whose page nobody read of late", lambda: len(self._stale)),
        ]
        return intake

    def _greet(self, *, ready: bool) -> None:
        if ready:
            self._phase = ""
            case, hook = self._conversation.case, self._settings.webhook
            way = f"by webhook at {urlsplit(hook.url).hostname}" if hook else "by polling"
            contact = "shown by /about" if case.contact else "none, CASEBOOK_CONTACT is not set"
            cards = f"{len(self._stale)} of {len(case.helplines)} not read for {STALE_DAYS} days"
            tell(
                f"casebook {version()}: answering as @{self._wire.username} {way}, reports up to {case.as_of};"
                f" contact: {contact}; helplines: {cards}; Ctrl-C ends"
            )

    @property
    def _stale(self) -> list[str]:
        """The helplines whose page was not read of late, by what Telegram says today is."""
        today = self._wire.now.date()
        return [card.id for card in self._conversation.case.helplines.values() if card.is_stale(today)]

    def _note_of_helplines(self) -> str:
        return f"helplines not read for {STALE_DAYS} days: {', '.join(self._stale)}" if self._stale else ""

    def _note_of_state(self) -> str:
        return f"the shared state is away ({self._store.trouble})" if self._store.trouble else ""

    async def _introduce(self) -> None:
        try:
            await self._wire.initialize()
        except InvalidToken:
            other = "" if self._settings.base_url == TELEGRAM else ", or mend TELEGRAM_BASE_URL"
            mend = f"copy it again from @BotFather{other}"
            raise SettingError("TELEGRAM_BOT_TOKEN", "is refused by Telegram", mend, may_pass=True) from None

    async def _set_webhook(self, webhook: Webhook) -> None:
        try:
            await self._wire.set_webhook(
                webhook.url, secret_token=webhook.secret, allowed_updates=WANTED, max_connections=CONNECTIONS
            )
        except BadRequest as error:
            problem = f"is refused by Telegram ({said(error.message)})"
            mend = "it must be a public https address on port 443, 80, 88 or 8443"
            raise SettingError("TELEGRAM_WEBHOOK_URL", problem, mend) from None

    async def _present(self) -> None:
        await Patience().until(self._show_profile)

    async def _show_profile(self) -> None:
        try:
            await present(self._wire, self._voice, menu(self._conversation.case))
        except BadRequest as error:
            tell(f"casebook: the profile is left as it is; {trouble(error)}")


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, object]) -> bool:
    """Do some work unless told to stop first; return whether it was done."""
    working = asyncio.create_task(work)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if working.done():
        await working
        return not stop.is_set()
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
    return False


async def serve(conversation: Talker, voice: Voice, settings: Settings) -> None:
    """Answer until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await Face(conversation, voice, settings).serve(stop)
