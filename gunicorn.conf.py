"""How gunicorn serves `app:server`."""

import gc

from gunicorn.workers.base import Worker

from callbacks.web import warmup
from config import settings

# Loading makes much that stays: looking for waste meanwhile takes an eighth of the start.
gc.disable()

_chosen = settings()

bind = f"{_chosen.host}:{_chosen.port}"
workers = _chosen.workers
worker_class = "gthread"
threads = 8
# Figures and ground are read once and shared by all workers. Nothing here starts a thread or loads
# GDAL before the fork: either could leave a worker waiting for ever.
preload_app = True
# The longest address that gunicorn takes; a longer one is answered by gunicorn itself.
limit_request_line = 8190
accesslog = None
errorlog = "-"
loglevel = "warning"


def post_fork(server: object, worker: Worker) -> None:  # noqa: ARG001  gunicorn names them
    """Collect garbage again where requests are answered."""
    gc.enable()


def post_worker_init(worker: Worker) -> None:
    """Warm each worker once it can answer, and let it follow the store."""
    server = worker.app.wsgi()
    live = server.extensions.get("land-in-beeld")
    if live:
        live.follow()
    warmup.start(server)


def when_ready(server: object) -> None:  # noqa: ARG001  gunicorn names it
    """Say where to look, and keep what was loaded from the collector: workers then share its memory."""
    gc.freeze()
    print(f"\n  Land in beeld staat op http://{bind}  (stoppen: Ctrl+C)\n", flush=True)  # noqa: T201
