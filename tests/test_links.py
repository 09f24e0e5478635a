"""`casebook check --links`, against pages on this machine."""

import http.server
import threading

import pytest

from bot.curator.links import visit
from knowledge.case.load import load

PAGES = {
    "/right": (200, "<title>Refuge | Help</title>", {}),
    "/sold": (200, "<title>Cheap flights</title>", {}),
    "/moved": (301, "", {"Location": "/right"}),
    "/gone": (404, "", {}),
}


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        code, body, headers = PAGES[self.path]
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/right", None),
        ("/sold", "shows the title 'Cheap flights'"),
        ("/moved", "redirects to /right"),
        ("/gone", "answers 404"),
    ],
)
def test_an_address_that_is_no_longer_the_helplines_is_told(site, path, told):
    """A page that redirects, fails or has another title is a warning at its card; one that is as it should be is not."""
    loaded = load()
    card = loaded.case.helplines["refuge"]._replace(web=site + path, chat="")
    problems = list(visit(loaded._replace(case=loaded.case._replace(helplines={"refuge": card}))))
    assert [problem.message for problem in problems] == ([f"{site}{path} {told}"] if told else [])
