"""A Markdown file with front matter, taken apart strictly: its fields and its body, with their lines."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import yaml
from frontmatter.default_handlers import YAMLHandler

from data.errors import Problem
from data.formatting import enumerate_some

MOST_BYTES: Final = 100_000
"""Of one file; what is larger is no text that someone wrote for these pages."""

_EDGE: Final = YAMLHandler()
_ODD: Final = re.compile("[\\x00-\\x08\\x0e-\\x1f\\x7f\\ud800-\\udfff]")
"""What YAML can write and nobody can read: a control, or half of a letter."""

Value = str | tuple["Part", ...] | None
"""A text, a list, or None for what is neither."""


@dataclass(frozen=True)
class FileProblem(Problem):
    """One mistake in a file of text: `rows` are its lines, from 1, and `column` is the field."""

    def __str__(self) -> str:
        where = [self.source_name]
        if self.rows:
            where.append(("regel " if len(self.rows) == 1 else "regels ") + enumerate_some(self.rows))
        if self.column:
            where.append(f"veld {self.column}")
        return f"{', '.join(where)}: {self.explanation}"


@dataclass(frozen=True)
class Part:
    """One entry of a list: a text, or texts by name; None for what is neither."""

    line: int
    value: str | Mapping[str, str] | None


@dataclass(frozen=True)
class FrontMatterField:
    """What one key of the front matter holds."""

    line: int
    value: Value


@dataclass(frozen=True)
class Document:
    """A file taken apart."""

    fields: Mapping[str, FrontMatterField]
    body: str
    before: int
    """Lines of the file above the body."""


class FrontMatterError(ValueError):
    """A file of which nothing can be read.

    Parameters
    ----------
    problem : FileProblem
        What is wrong, and how to mend it.
    """

    def __init__(self, problem: FileProblem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read_document(name: str, content: bytes) -> Document:
    """Take a file apart; every value in it is a text, whatever it looks like.

    Parameters
    ----------
    name : str
        Of the file, as problems name it.
    content : bytes
        UTF-8; between two lines `---` keys with texts, lists of texts, or lists of texts by name
        (YAML), then Markdown.

    Raises
    ------
    FrontMatterError
        When it is too large, is not UTF-8, has no front matter, one that is no YAML, or one with what is no
        text.
    """

    def refuse(kind: str, explanation: str, *lines: int) -> FrontMatterError:
        return FrontMatterError(FileProblem(name, kind, None, lines, explanation))

    if len(content) > MOST_BYTES:
        raise refuse("too_large", f"groter dan {MOST_BYTES // 1000} kB. Kort de tekst in.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refuse("encoding", "geen UTF-8. Bewaar het bestand opnieuw als UTF-8.", line) from error
    # Only these end a line, for whoever counts them.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    start = _EDGE.FM_BOUNDARY.match(text) if _EDGE.FM_BOUNDARY else None
    if start is None:
        raise refuse(
            "no_front_matter",
            "geen kop. Begin het bestand met een regel ---, de velden, en weer een regel ---.",
            1,
        )
    try:
        head, body = _EDGE.split(text)
    except ValueError as error:
        raise refuse("no_front_matter", "de kop houdt niet op. Zet na het laatste veld een regel ---.", 1) from error
    above = text.count("\n", 0, start.end())
    try:
        fields = _fields(name, yaml.compose(head, Loader=yaml.BaseLoader), above)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise refuse(
            "yaml",
            "de kop is geen YAML. Zet een tekst met een dubbele punt of aanhalingsteken tussen dubbele "
            "aanhalingstekens, en begin elk veld aan het begin van een regel.",
            *(() if mark is None else (above + mark.line + 1,)),
        ) from error
    except RecursionError as error:
        raise refuse("yaml", "de kop is te diep genest. Gebruik alleen teksten en lijsten.") from error
    for key, field in fields.items():
        odd = next((each for each in _texts(key, field.value) if _ODD.search(each)), None)
        if odd is not None:
            said = "een teken dat geen tekst is, zoals \\0 of \\ud800. Schrijf het teken zelf, of haal het weg."
            raise refuse("no_text", said, field.line)
    return Document(fields, body, text.count("\n", 0, len(text) - len(body)))


def _fields(name: str, root: yaml.Node | None, above: int) -> dict[str, FrontMatterField]:
    """Read the keys of a front matter, each once."""
    if root is None:
        return {}
    line = above + root.start_mark.line + 1
    if not isinstance(root, yaml.MappingNode):
        said = "de kop heeft geen velden. Schrijf elk veld als naam: inhoud."
        raise FrontMatterError(FileProblem(name, "no_fields", None, (line,), said))
    found: dict[str, FrontMatterField] = {}
    for key, value in root.value:
        line = above + key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            said = "de naam van een veld is geen woord. Schrijf elk veld als naam: inhoud."
            raise FrontMatterError(FileProblem(name, "no_fields", None, (line,), said))
        if key.value in found:
            said = f"staat er twee keer, ook op regel {found[key.value].line}. Laat er één staan."
            raise FrontMatterError(FileProblem(name, "doubled", key.value, (line,), said))
        found[key.value] = FrontMatterField(line, _value(value, above))
    return found


def _texts(key: str, value: Value) -> Iterator[str]:
    """Give every text of a field, its name included."""
    yield key
    for part in value if isinstance(value, tuple) else (value,):
        inside = part.value if isinstance(part, Part) else part
        yield from (*inside.keys(), *inside.values()) if isinstance(inside, Mapping) else (inside or "",)


def _value(node: yaml.Node, above: int) -> Value:
    if isinstance(node, yaml.SequenceNode):
        return tuple(Part(above + each.start_mark.line + 1, _part(each)) for each in node.value)
    return _text(node)


def _part(node: yaml.Node) -> str | dict[str, str] | None:
    if not isinstance(node, yaml.MappingNode):
        return _text(node)
    pairs = [(_text(key), _text(value)) for key, value in node.value]
    texts = {key: value for key, value in pairs if key is not None and value is not None}
    return texts if len(texts) == len(pairs) else None


def _text(node: yaml.Node) -> str | None:
    return " ".join(str(node.value).split()) if isinstance(node, yaml.ScalarNode) else None
