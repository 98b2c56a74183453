"""Recognition of requests made on the server's own machine, without a proxy."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from flask import Request

#: Headers that a proxy adds, besides all that begin with `X-Forwarded`.
_PROXY_HEADERS: Final = frozenset(
    {
        "cf-connecting-ip",
        "client-ip",
        "forwarded",
        "true-client-ip",
        "via",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-original-forwarded-for",
        "x-real-ip",
    }
)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is the loopback interface."""
    host = host.strip().lower().removeprefix("[").removesuffix("]")
    if host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def is_local_request(request: Request, listens_on: str) -> bool:
    """Whether a request was made on this machine and reached the server directly.

    Parameters
    ----------
    request : the current request
    listens_on : the address that the server listens on, `Settings.host`

    Notes
    -----
    The requested host name must be that of this machine as well: a page elsewhere can point its own name here
    ("DNS rebinding"), which the browser then treats as one site. A proxy gives itself away by a header, or
    by HTTP/1.0, which no browser speaks.
    """
    return (
        is_loopback(listens_on)
        and is_loopback(request.remote_addr or "")
        and is_loopback(_host_name(request.headers.get("Host", "")))
        and request.environ.get("SERVER_PROTOCOL") != "HTTP/1.0"
        and not any(_is_proxy_header(name) for name, _ in request.headers)
    )


def _is_proxy_header(header: str) -> bool:
    name = header.lower()
    return name in _PROXY_HEADERS or name.startswith("x-forwarded")


def _host_name(host: str) -> str:
    """Return the name in a Host header, without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
