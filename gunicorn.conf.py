"""Configuration of gunicorn for `app:server`."""

import gc

from gunicorn.workers.base import Worker

from callbacks.web import warmup
from config import settings

# Start-up creates mostly long-lived objects: collecting garbage meanwhile takes an eighth of the start.
gc.disable()

_chosen = settings()

bind = f"{_chosen.host}:{_chosen.port}"
workers = _chosen.workers
worker_class = "callbacks.web.worker.Worker"
threads = 8
# Figures and geography are loaded once and shared by all workers. Nothing here may start a thread or load
# GDAL before the fork: either could deadlock a worker.
preload_app = True
# A worker is replaced now and then, so that its memory has a bound whatever it was asked; not all at once.
max_requests = 20_000
max_requests_jitter = 5_000
# Longer than a proxy keeps its connections, which then never meets one that was just closed.
keepalive = 75
# Longest request line that gunicorn accepts; the worker refuses longer ones (callbacks/web/worker.py).
limit_request_line = 8190
accesslog = None
errorlog = "-"
loglevel = "warning"


def post_fork(server: object, worker: Worker) -> None:  # noqa: ARG001  gunicorn names them
    """Enable garbage collection in the worker."""
    gc.enable()


def post_worker_init(worker: Worker) -> None:
    """Warm up the worker, and let it poll the store."""
    server = worker.app.wsgi()
    live = server.extensions.get("land-in-beeld")
    if live:
        # What the first process loaded may be old by now.
        live.refresh()
        live.poll()
    warmup.start(server)


def when_ready(server: object) -> None:  # noqa: ARG001  gunicorn names it
    """Print the address, and freeze loaded objects so that workers share their memory pages."""
    gc.freeze()
    print(f"\n  Land in beeld staat op http://{bind}  (stoppen: Ctrl+C)\n", flush=True)  # noqa: T201
