"""The page of coverage in a real browser: on a phone and on a desk, by day and by night, and as a screen reader is given it.

    python -m tests.page [--shots DIR]

Needs Chromium: the package `chromium` on Debian, `chromium-browser` on others; or name the program in CHROMIUM.
"""

import argparse
import asyncio
import base64
import contextlib
import io
import itertools
import json
import os
import shutil
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL
from pathlib import Path

from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import websocket_connect

from bot.__main__ import main as casebook
from tests.conftest import BOATHOUSE
from tests.shared import change

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTHS = (320, 390, 1280)
"""A small phone (which is a desk's window at four times the size, too), a phone, a desk; in pixels."""
CONTRAST = 4.5
"""WCAG 2.2 AA, for text."""
LEAST_TARGET = 24
"""WCAG 2.2 AA, for what is tapped in a list, in pixels."""
PATIENCE = 20

LOADED = "new Promise(done => document.readyState == 'complete' ? done() : addEventListener('load', done))"

LOOK = """
(() => {
  const channel = value => { value /= 255; return value <= .03928 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4 };
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const parse = colour => colour.match(/[\\d.]+/g).map(Number);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  let worst = 21, where = '';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.data.trim()) continue;
    const element = walker.currentNode.parentElement;
    const two = [light(parse(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a);
    const contrast = (two[0] + .05) / (two[1] + .05);
    if (contrast < worst) { worst = contrast; where = walker.currentNode.data.trim().slice(0, 40); }
  }
  const states = [...document.querySelectorAll('.sentences > li')].map(one => one.querySelector('.state')?.textContent ?? '');
  const targets = [...document.querySelectorAll('nav a')].map(one => one.getBoundingClientRect().height);
  const broken = [...document.querySelectorAll('a[href^="#"]')].filter(
    one => !document.getElementById(one.getAttribute('href').slice(1))).map(one => one.getAttribute('href'));
  return {
    over: document.documentElement.scrollWidth - window.innerWidth,
    worst, where, states, broken, lowest: Math.min(...targets),
    lang: document.documentElement.lang, title: document.title,
    size: parseFloat(getComputedStyle(document.body).fontSize),
  };
})()
"""


def program() -> str:
    found = [os.environ.get("CHROMIUM", ""), *map(shutil.which, PROGRAMS)]
    return next(filter(None, found), "")


class Browser:
    """A headless Chromium, spoken to by its own protocol."""

    def __init__(self, socket) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.requests: list[str] = []

    async def do(self, method: str, **given):
        """One command, and what comes of it."""
        number = next(self._numbers)
        await self._socket.write_message(json.dumps({"id": number, "method": method, "params": given}))
        while True:
            said = json.loads(await asyncio.wait_for(self._socket.read_message(), PATIENCE))
            if said.get("method") == "Network.requestWillBeSent":
                self.requests.append(said["params"]["request"]["url"])
            if said.get("id") == number:
                assert "error" not in said, (method, said)
                return said["result"]

    async def look(self):
        """What the page looks like now."""
        found = await self.do("Runtime.evaluate", expression=LOOK, returnByValue=True)
        return found["result"]["value"]


@contextlib.asynccontextmanager
async def browsing():
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", "--no-first-run"]
        flags += ["--disable-background-networking", "--disable-dev-shm-usage", "--hide-scrollbars"]
        running = await asyncio.create_subprocess_exec(
            program(), *flags, f"--user-data-dir={profile}", "about:blank", stdout=DEVNULL, stderr=DEVNULL
        )
        try:
            port, until = Path(profile) / "DevToolsActivePort", time.monotonic() + PATIENCE
            while not (port.exists() and port.read_text(encoding="utf-8").strip()):
                assert running.returncode is None, "Chromium ended"
                assert time.monotonic() < until, "Chromium doesn't answer"
                await asyncio.sleep(0.05)
            number = port.read_text(encoding="utf-8").split()[0]
            pages = json.loads((await AsyncHTTPClient().fetch(f"http://127.0.0.1:{number}/json/list")).body)
            address = next(page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page")
            yield Browser(await websocket_connect(address, max_message_size=1 << 26))
        finally:
            running.kill()
            await running.wait()


def written(folder: Path) -> Path:
    """The page of the invented case, to which sentences of every kind are added."""
    case = Path(shutil.copytree(BOATHOUSE, folder / "boathouse"))
    more = "nobody was hurt. The club has forty members and will build again before the summer of next year. So be it."
    change(case / "articles/gazette.txt", "nobody was hurt.", more)
    page = folder / "coverage.html"
    with contextlib.redirect_stdout(io.StringIO()):
        casebook(["coverage", "--case", str(case), "--articles", str(case / "articles"), "--html", str(page)])
    return page


async def tried(page: Path, shots: Path | None):
    """Each thing that is looked at, whether it is well, and what was seen."""
    async with browsing() as browser:
        for domain in ("Page", "Network", "Accessibility"):
            await browser.do(f"{domain}.enable")
        for scheme, width in itertools.product(("light", "dark"), WIDTHS):
            media = [{"name": "prefers-color-scheme", "value": scheme}]
            await browser.do("Emulation.setEmulatedMedia", features=media)
            size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < WIDTHS[-1]}
            await browser.do("Emulation.setDeviceMetricsOverride", **size)
            await browser.do("Page.navigate", url=page.as_uri())
            await browser.do("Runtime.evaluate", expression=LOADED, awaitPromise=True)
            seen, at = await browser.look(), f"{width} px, {scheme}"
            yield f"nothing sticks out at {at}", seen["over"] <= 0, f"{seen['over']} px over"
            yield (
                f"text can be told from its ground at {at}",
                seen["worst"] >= CONTRAST,
                f"{seen['worst']:.1f}: {seen['where']}",
            )
            yield f"links of the list can be hit at {at}", seen["lowest"] >= LEAST_TARGET, f"{seen['lowest']:.0f} px"
            yield f"text is as large as the reader has set at {at}", seen["size"] >= 16, f"{seen['size']} px"
            if shots:
                shot = await browser.do("Page.captureScreenshot", captureBeyondViewport=True)
                (shots / f"{width}-{scheme}.png").write_bytes(base64.b64decode(shot["data"]))
        yield (
            "each sentence says its state in words",
            len({*seen["states"]}) == 3 and all(seen["states"]),
            str({*seen["states"]}),
        )
        yield "every link leads somewhere", not seen["broken"], str(seen["broken"])
        yield "language and title are there", seen["lang"] == "en-GB" and bool(seen["title"]), seen["title"]
        nodes = (await browser.do("Accessibility.getFullAXTree"))["nodes"]
        for name, is_well, what in heard(nodes):
            yield name, is_well, what
        foreign = [url for url in browser.requests if not url.startswith("file:")]
        yield "nothing is fetched from elsewhere", not foreign, str(foreign)


def heard(nodes):
    """What a screen reader is given: landmarks, headings, names."""
    shown = [node for node in nodes if not node.get("ignored")]

    def value(node, key):
        return node.get(key, {}).get("value", "")

    roles = [value(node, "role") for node in shown]
    landmarks = ("banner", "navigation", "main", "contentinfo")
    yield (
        "the landmarks are there",
        all(roles.count(one) == 1 for one in landmarks),
        str({one: roles.count(one) for one in landmarks}),
    )
    levels = [
        next(one["value"]["value"] for one in node["properties"] if one["name"] == "level")
        for node in shown
        if value(node, "role") == "heading"
    ]
    steps = [later - earlier for earlier, later in itertools.pairwise(levels)]
    yield "headings leave no level out", levels[0] == 1 and levels.count(1) == 1 and max(steps) <= 1, str(levels)
    nameless = [
        value(node, "role")
        for node in shown
        if value(node, "role") in {"link", "heading", "navigation", "region"} and not value(node, "name")
    ]
    yield "what is navigated by has a name", not nameless, str(nameless)
    yield "sentences are list items", roles.count("listitem") > roles.count("heading"), str(roles.count("listitem"))


async def run(shots: Path | None) -> int:
    failed = passed = 0
    with tempfile.TemporaryDirectory() as folder:
        async for name, is_well, what in tried(written(Path(folder)), shots):
            passed, failed = passed + bool(is_well), failed + (not is_well)
            print(f"{'ok' if is_well else 'FAILED':6}  {name}{'' if is_well else f': {what}'}")
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.page", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--shots", type=Path, metavar="DIR", help="write a picture of each size to this folder")
    options = parser.parse_args()
    if not program():
        print(
            "Chromium is missing: install it (apt-get install chromium), or name the program in CHROMIUM",
            file=sys.stderr,
        )
        return 2
    if options.shots:
        options.shots.mkdir(parents=True, exist_ok=True)
    return asyncio.run(run(options.shots))


if __name__ == "__main__":
    sys.exit(main())
