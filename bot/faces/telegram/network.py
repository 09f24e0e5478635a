"""What the environment says about the way to Telegram: whom to trust, and through which proxies."""

from __future__ import annotations

import os
import ssl
from functools import cache

import certifi
import httpx

from bot.settings import SettingError

PROXIES = frozenset({"http_proxy", "https_proxy", "all_proxy"})
"""What the HTTP client reads from the environment, in capitals too; beside them NO_PROXY."""


@cache
def trust() -> ssl.SSLContext:
    """Return whom to trust, read once for all lanes: each would cost 40 ms and a megabyte.

    Raise SettingError where SSL_CERT_FILE or SSL_CERT_DIR, which stand for the usual authorities, can't be read.
    """
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    try:
        return ssl.create_default_context(cafile=file or (None if folder else certifi.where()), capath=folder)
    except OSError as error:
        name, problem = "SSL_CERT_FILE" if file else "SSL_CERT_DIR", f"can't be read ({type(error).__name__})"
        raise SettingError(name, problem, "name a file of certificates in PEM, or leave it out") from None


def proxies() -> tuple[str, ...]:
    """Return the names of the settings that name a proxy."""
    return tuple(sorted(name for name, value in os.environ.items() if value and name.lower() in PROXIES))


def wrong_proxy() -> SettingError:
    """Return the first of the settings of proxies that the HTTP client refuses."""
    for name in proxies():
        value = os.environ[name]
        try:
            httpx.HTTPTransport(verify=trust(), proxy=value if "://" in value else f"http://{value}").close()
        except ImportError:
            return SettingError(name, "is a SOCKS proxy, which needs the package socksio", "install casebook[socks]")
        except (ValueError, httpx.InvalidURL):
            mend = "write one like http://127.0.0.1:3128, or unset it"
            return SettingError(name, "is no proxy that can be used", mend)
    return SettingError("NO_PROXY", "can't be read", "write names of hosts with commas between, or unset it")
