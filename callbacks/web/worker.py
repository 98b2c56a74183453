"""Worker of gunicorn that refuses in Dutch what is too long to reach the application."""

import socket
from typing import Any

from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from callbacks.web.errors import error_page

_STATUS = {
    LimitRequestLine: "414 URI Too Long",
    LimitRequestHeaders: "431 Request Header Fields Too Large",
}


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's worker with threads, with a page of our own for what it refuses itself."""

    def handle_error(self, req: object, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Answer a request that gunicorn could not read."""
        status = next((words for kind, words in _STATUS.items() if isinstance(exc, kind)), None)
        if status is None:
            super().handle_error(req, client, addr, exc)
            return
        self.log.info("%s from %s", status, addr[0] if addr else "a socket")
        body = error_page(int(status[:3])).encode()
        head = (
            f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
            f"Content-Length: {len(body)}\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n\r\n"
        )
        try:
            write_nonblock(client, head.encode("ascii") + body)
        except OSError:
            self.log.debug("the client of a refused request is gone")
