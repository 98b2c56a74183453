"""Warm-up in a background thread: compresses what the first visitor would wait for."""

import re
from threading import Thread

from flask import Flask

from data.areas import area_path

_ADDRESSES = re.compile(r'(?:href|src)="(/(?:vast|_dash-component-suites)/[^"]+)"')

_AREAS = re.compile(r'"areas":"(/vast/[^"]+)"')
_FIRST = "GM0363"
_PROVINCE = area_path("PV28")


def warm(server: Flask) -> None:
    """Request the page and all resources in it, accepting brotli like a browser."""
    client = server.test_client()
    takes = {"Accept-Encoding": "br"}
    page = client.get("/").text
    client.get("/", headers=takes)
    for address in _ADDRESSES.findall(page):
        client.get(address, headers=takes)
    # The first of these compute what all provinces, and all municipalities, share.
    client.get(_PROVINCE, headers=takes)
    areas = _AREAS.search(page)
    if areas:
        client.get(f"{areas[1]}{_FIRST}.json", headers=takes)


def start(server: Flask) -> Thread:
    """Start the warm-up; brotli releases the interpreter lock, so requests are served meanwhile."""
    thread = Thread(target=warm, args=(server,), name="warm-up", daemon=True)
    thread.start()
    return thread
