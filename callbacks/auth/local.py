"""Whether a request comes from the very machine that the server runs on, and from nowhere else."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from flask import Request

#: What says that another machine stands in between, besides everything that begins with `X-Forwarded`.
_PASSED_ON: Final = frozenset(
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
    """Tell whether a host, as a name or an address, is this machine alone."""
    host = host.strip().lower().removeprefix("[").removesuffix("]")
    if host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def at_this_machine(request: Request, listens_on: str) -> bool:
    """Tell whether a request was made at this machine and reached the server directly.

    Parameters
    ----------
    request : what was asked
    listens_on : the address that the server listens on, `Settings.host`

    Notes
    -----
    The name that was asked for must be that of this machine as well: a page elsewhere can let its own
    name point here ("DNS rebinding"), and the browser then takes the two for one site. Who passes
    requests on says so in a header, or speaks HTTP/1.0, which no browser does.
    """
    return (
        is_loopback(listens_on)
        and is_loopback(request.remote_addr or "")
        and is_loopback(_asked_for(request.headers.get("Host", "")))
        and request.environ.get("SERVER_PROTOCOL") != "HTTP/1.0"
        and not any(_passed_on(name) for name, _ in request.headers)
    )


def _passed_on(header: str) -> bool:
    name = header.lower()
    return name in _PASSED_ON or name.startswith("x-forwarded")


def _asked_for(host: str) -> str:
    """Name in a Host header, without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
