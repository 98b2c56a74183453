"""After the start, in a thread of its own: compress what the first visitor would otherwise wait for."""

import re
from threading import Thread

from flask import Flask

_ADDRESSES = re.compile(r'(?:href|src)="(/(?:vast|_dash-component-suites)/[^"]+)"')

_AREAS = re.compile(r'"areas":"(/vast/[^"]+)"')
_FIRST = "GM0363"


def warm(server: Flask) -> None:
    """Ask for the page and for everything that it names, as a browser that takes brotli does."""
    client = server.test_client()
    takes = {"Accept-Encoding": "br"}
    page = client.get("/").text
    for address in _ADDRESSES.findall(page):
        client.get(address, headers=takes)
    # What all municipalities share is reckoned with the first that is asked for.
    areas = _AREAS.search(page)
    if areas:
        client.get(f"{areas[1]}{_FIRST}.json", headers=takes)


def start(server: Flask) -> Thread:
    """Start warming; brotli leaves the interpreter free, so requests are answered meanwhile."""
    thread = Thread(target=warm, args=(server,), name="warm-up", daemon=True)
    thread.start()
    return thread
