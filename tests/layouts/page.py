"""HTML parser for tests, independent of the code that renders."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from layouts.document import START

#: Elements without an end tag (HTML, 13.1.2).
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
}  # fmt: skip
#: Script types that browsers do not run.
INERT = {"application/json", "application/x-later"}
HOSTILE = "</script><script>alert(1)</script><!--\"'&"


@dataclass
class Element:
    """An element with its name, attributes and text."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    inside: list["Element"] = field(default_factory=list)


class Page(HTMLParser):
    """Elements of a document, in order; unclosed tags are errors.

    Raises
    ------
    AssertionError
        When an end tag does not match the last open element.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open, f"left open: {[element.name for element in self._open]}"

    def all(self, name: str, **attributes: str) -> list[Element]:
        """Elements by name and attributes (`data_island="map"` is data-island)."""
        wanted = {key.replace("_", "-"): value for key, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.name == name and wanted.items() <= element.attributes.items()
        ]

    def one(self, name: str, **attributes: str) -> Element:
        """The only element with this name and these attributes."""
        (found,) = self.all(name, **attributes)
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"doubled attribute in <{tag}>"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        for around in self._open:
            around.inside.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].name == tag, f"</{tag}> closes <{self._open[-1].name}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data


def assert_nothing_runs(page: Page) -> None:
    """Check that scripts are ours or inert, and that no attribute or address runs code."""
    for script in page.all("script"):
        kind = script.attributes.get("type", "text/javascript")
        if kind not in INERT and script.text != START:
            assert script.attributes["src"].startswith("/vast/")
            assert script.text == ""
        assert script.attributes.get("src", "/").startswith("/")
    for element in page.elements:
        assert not [name for name in element.attributes if name.startswith("on")], element
        for name in ("href", "src", "action", "formaction", "srcdoc", "data"):
            address = element.attributes.get(name, "/")
            # Citations link to other sites, but nothing is loaded from them.
            cited = name == "href" and element.attributes.get("rel") == "external noreferrer"
            assert address.startswith("https://" if cited else ("/", "#")), element
            assert not address.startswith("//")
    assert not page.all("iframe") + page.all("base") + page.all("object") + page.all("embed")
