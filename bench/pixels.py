"""Cross-check of the stopwatch: the same key press measured from the screen's pixels.

Chromium films the page (its screencast); a frame in which more than half a per cent of the map's box differs
from the frame before is a change. This is coarser than the stopwatch, and filming takes time itself, but it
is independent of how a page draws.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from playwright.sync_api import CDPSession, Page

from bench.pages import VIEW

_SCALE: Final = 0.5
#: Runs in an empty page: decodes the frames and returns which of them differ inside the box.
_COMPARE: Final = """async ({ frames, box }) => {
  const [left, top, width, height] = box;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  let last = null;
  const changed = [];
  for (const [at, data] of frames) {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    context.drawImage(await createImageBitmap(new Blob([bytes])), -left, -top);
    const { data: pixels } = context.getImageData(0, 0, width, height);
    let differ = 0;
    if (last) {
      for (let i = 0; i < pixels.length; i += 4) {
        const by = (band) => Math.abs(pixels[i + band] - last[i + band]);
        if (by(0) > 24 || by(1) > 24 || by(2) > 24) differ++;
      }
    }
    if (differ > 0.005 * width * height) changed.push(at);
    last = pixels;
  }
  return changed;
}"""


class Film:
    """Frames of a page, each with its time in the browser (seconds since 1970)."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session
        self.frames: list[tuple[float, str]] = []

    def add(self, event: dict[str, Any]) -> None:
        """Add a frame and request the next."""
        self.frames.append((event["metadata"]["timestamp"], event["data"]))
        self._session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    def changes(self, viewer: Page, box: tuple[float, float, float, float]) -> list[float]:
        """Return the times of changes in a box (left, top, width, height in CSS pixels)."""
        small = [round(part * _SCALE) for part in box]
        changed: list[float] = viewer.evaluate(_COMPARE, {"frames": self.frames, "box": small})
        return changed


@contextmanager
def film(page: Page) -> Iterator[Film]:
    """Film a page while the block runs."""
    session = page.context.new_cdp_session(page)
    reel = Film(session)
    session.on("Page.screencastFrame", reel.add)
    size = {"maxWidth": VIEW["width"] * _SCALE, "maxHeight": VIEW["height"] * _SCALE}
    session.send("Page.startScreencast", {"format": "jpeg", "quality": 60, "everyNthFrame": 1, **size})
    page.wait_for_timeout(250)
    try:
        yield reel
    finally:
        session.send("Page.stopScreencast")
        session.detach()
