"""The focus is seen: every kind of control is photographed without and with it."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import ElementHandle, FloatRect, Page

from tests.browser.driver import settled, visit

#: Each page, in states that bring out its controls.
PAGES = (
    "/?tab=kaart&gemeente=GM0363&toon=behind",
    "/?tab=tabel",
    "/gemeente/GM0363",
    "/provincie/PV28",
    "/samenwerking/ferm-werk",
    "/samenwerking",
    "/vergelijk",
    "/vergelijk?gebieden=PV28,GM0363,NL",
    "/vergelijk/provincies?gebieden=PV28,GM0363",
    "/gemeenten",
    "/toezicht",
    "/bezoek?bezoek=GM0546,GM0363",
    "/voorbeelden",
    "/uitleg",
    "/cijfers",
)

#: Space around a control in which its focus may show, in pixels.
_AROUND = 9
#: What a colour must differ from what was there (WCAG 1.4.11), and how thick the frame is at least on the average.
_CONTRAST = 3
_THICK = 2

#: One control of each kind, told by what it is, its class and where it stands; the first stands for all.
_KINDS = """(known) => {
  const kinds = new Set(known), found = [];
  const named = (node) => node ? `${node.localName}.${[...node.classList].sort().join(".")}` : "";
  const many = "a[href], button, input, select, textarea, summary, [tabindex]";
  for (const one of document.querySelectorAll(many)) {
    if (one.tabIndex < 0 || one.disabled || !one.checkVisibility({ visibilityProperty: true })) continue;
    if (one.closest(".municipalities")) continue;  // the map's ring is tested with the map
    const { width, height } = one.getBoundingClientRect();
    const kind = [one.type ?? "", named(one), named(one.parentElement), named(one.parentElement?.closest("[class]"))]
      .join(" in ");
    if (!width || !height || kinds.has(kind)) continue;
    kinds.add(kind);
    found.push([kind, one]);
  }
  window.controls = found.map(([, one]) => one);
  return found.map(([kind]) => kind);
}"""

#: Brings a control to the middle, and tells where its focus shows: that of an unseen radio button at its label.
_PLACE = """async (one) => {
  one.focus({ preventScroll: true });
  one.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  if (!one.checkVisibility()) return null;
  const shown = one.type === "radio" ? one.closest("label") : one;
  const { left, top, right, bottom } = shown.getBoundingClientRect();
  const widest = [...one.getClientRects()].sort((a, b) => b.width - a.width)[0];
  return { left, top, right, bottom, frame: 2 * (widest.width + widest.height) };
}"""

_FOCUS = """async (one, focused) => {
  if (focused) one.focus({ preventScroll: true });
  else one.blur();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return document.activeElement === one;
}"""


def _luminance(picture: bytes) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Relative luminance of each pixel, as WCAG reckons it."""
    levels = np.asarray(Image.open(BytesIO(picture)).convert("RGB"), dtype=float) / 255
    linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ [0.2126, 0.7152, 0.0722])


def _changed(before: bytes, after: bytes) -> int:
    """Count the pixels that the focus gave a colour with enough contrast to what was there."""
    one, other = _luminance(before) + 0.05, _luminance(after) + 0.05
    return int((np.maximum(one, other) / np.minimum(one, other) >= _CONTRAST).sum())


def _told(page: Page, control: ElementHandle) -> str | None:
    """Tell what is amiss with the focus of a control; "" for nothing, None when the control is no more."""
    window, box = page.viewport_size, control.evaluate(_PLACE)
    assert window
    if not box:
        return None
    left, top = max(0, box["left"] - _AROUND), max(0, box["top"] - _AROUND)
    clip: FloatRect = {
        "x": left,
        "y": top,
        "width": min(window["width"], box["right"] + _AROUND) - left,
        "height": min(window["height"], box["bottom"] + _AROUND) - top,
    }
    control.evaluate(_FOCUS, False)
    before = page.screenshot(clip=clip)
    taken = control.evaluate(_FOCUS, True)
    pixels = _changed(before, page.screenshot(clip=clip))
    enough = taken and pixels >= _THICK * box["frame"]
    return "" if enough else f"{pixels} pixels, frame {box['frame']:.0f}, focused: {taken}"


def _unseen(page: Page, known: set[str]) -> list[str]:
    """Kinds of control, other than known ones, whose focus is not to be seen."""
    page.keyboard.press("Tab")  # what follows is as by keyboard
    fresh: list[str] = page.evaluate(_KINDS, [*known])
    known.update(fresh)
    unseen = []
    for place, kind in enumerate(fresh):
        control = page.evaluate_handle("(place) => window.controls[place]", place).as_element()
        assert control
        # What is still being drawn below the window may move it between two pictures.
        told = _told(page, control) and _told(page, control) and _told(page, control)
        if told is None:
            known.discard(kind)  # drawn anew; the next page has it
        elif told:
            unseen.append(f"{kind}: {told}")
    return unseen


@pytest.mark.parametrize("forced", [False, True], ids=["colours", "forced colours"])
def test_every_kind_of_control_shows_its_focus(page: Page, *, forced: bool) -> None:
    if forced:
        page.emulate_media(forced_colors="active")
    known: set[str] = set()
    unseen = []
    for path in PAGES:
        visit(page, path)
        settled(page)
        unseen += [f"{path} {line}" for line in _unseen(page, known)]
    assert len(known) > 40
    assert not unseen, "\n".join(unseen)
