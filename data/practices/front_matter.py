"""Strict parser of Markdown files with front matter, which keeps line numbers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import yaml
from frontmatter.default_handlers import YAMLHandler

from data.errors import Problem
from data.formatting import enumerate_some

MOST_BYTES: Final = 100_000
"""Maximum size of a file."""

_FENCE: Final = YAMLHandler()
_UNPRINTABLE: Final = re.compile("[\\x00-\\x08\\x0e-\\x1f\\x7f\\ud800-\\udfff]")
"""Characters that YAML accepts but a page cannot show: controls and lone surrogates."""

Value = str | tuple["Part", ...] | None
"""A text, a list, or None for anything else."""


@dataclass(frozen=True)
class FileProblem(Problem):
    """A problem in a text file: `rows` are its lines, from 1, and `column` is the field."""

    def __str__(self) -> str:
        where = [self.source_name]
        if self.rows:
            where.append(("regel " if len(self.rows) == 1 else "regels ") + enumerate_some(self.rows))
        if self.column:
            where.append(f"veld {self.column}")
        return f"{', '.join(where)}: {self.explanation}"


@dataclass(frozen=True)
class Part:
    """An entry of a list: a text, or texts by name; None for anything else."""

    line: int
    value: str | Mapping[str, str] | None


@dataclass(frozen=True)
class FrontMatterField:
    """Value of a front matter key, with its line."""

    line: int
    value: Value


@dataclass(frozen=True)
class Document:
    """A parsed file."""

    fields: Mapping[str, FrontMatterField]
    body: str
    lines_above: int
    """Number of lines above the body."""


class FrontMatterError(ValueError):
    """File that cannot be parsed.

    Parameters
    ----------
    problem : the problem, with its fix
    """

    def __init__(self, problem: FileProblem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read_document(name: str, content: bytes) -> Document:
    """Parse a file; every scalar in it is text, whatever it looks like.

    Parameters
    ----------
    name : file name, for problems
    content : UTF-8; between two lines `---` keys with texts, lists of texts, or lists of mappings of texts
        (YAML), then Markdown

    Raises
    ------
    Unreadable
        When it is too large, not UTF-8, or its front matter is missing, not YAML, or not printable text.
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
    # Editors count only these as line ends.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    start = _FENCE.FM_BOUNDARY.match(text) if _FENCE.FM_BOUNDARY else None
    if start is None:
        raise refuse(
            "no_front_matter",
            "geen kop. Begin het bestand met een regel ---, de velden, en weer een regel ---.",
            1,
        )
    try:
        head, body = _FENCE.split(text)
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
        odd = next((each for each in _texts(key, field.value) if _UNPRINTABLE.search(each)), None)
        if odd is not None:
            explanation = "een teken dat geen tekst is, zoals \\0 of \\ud800. Schrijf het teken zelf, of haal het weg."
            raise refuse("no_text", explanation, field.line)
    return Document(fields, body, text.count("\n", 0, len(text) - len(body)))


def _fields(name: str, root: yaml.Node | None, above: int) -> dict[str, FrontMatterField]:
    """Fields of a front matter, each key once."""
    if root is None:
        return {}
    line = above + root.start_mark.line + 1
    if not isinstance(root, yaml.MappingNode):
        explanation = "de kop heeft geen velden. Schrijf elk veld als naam: inhoud."
        raise FrontMatterError(FileProblem(name, "no_fields", None, (line,), explanation))
    found: dict[str, FrontMatterField] = {}
    for key, value in root.value:
        line = above + key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            explanation = "de naam van een veld is geen woord. Schrijf elk veld als naam: inhoud."
            raise FrontMatterError(FileProblem(name, "no_fields", None, (line,), explanation))
        if key.value in found:
            explanation = f"staat er twee keer, ook op regel {found[key.value].line}. Laat er één staan."
            raise FrontMatterError(FileProblem(name, "doubled", key.value, (line,), explanation))
        found[key.value] = FrontMatterField(line, _value(value, above))
    return found


def _texts(key: str, value: Value) -> Iterator[str]:
    """Every text of a field, its key included."""
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
