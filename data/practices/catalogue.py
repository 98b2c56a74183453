"""The catalogue of good practices (*goede voorbeelden*), one Markdown file each.

In code an *example* is the example data set; a good practice is a *practice*. The file format is described
in `data/GOOD_PRACTICES.md`. An invalid file is left out and reported; the others remain.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pandas as pd
from babel.dates import format_date

from data.errors import Problem
from data.formatting import LOCALE, enumerate_some, long_date, shortened, slug
from data.practices.body import read_body
from data.practices.front_matter import FileProblem, FrontMatterError, FrontMatterField, Part, read_document
from data.reference.collaborations import codes_by_name
from geo.bundle import load_bundle

PATH: Final = "/voorbeelden"
"""Address of the page that shows them; dossiers refer to it in print."""
GOOD_PRACTICES: Final = Path(__file__).parents[1] / "good_practices"
"""Folder of the bundled practices."""

#: Themes of the support desk (the Ondersteuningsteam), in its order.
THEMES: Final[Mapping[str, str]] = {
    "conversion": "Gebouwen ombouwen",
    "tenancy": "Afwijkende huurvormen",
    "support": "Draagvlak",
    "quick_scan": "Quick scan",
    "placement": "Plaatsing",
    "administration": "Administratie",
    "regional_coordination": "Regionale coördinatie",
}

#: Type of each front matter key, and whether it is required.
_KEYS: Final[Mapping[str, tuple[type, bool]]] = {
    "title": (str, True),
    "place": (str, True),
    "municipalities": (tuple, True),
    "themes": (tuple, True),
    "household_types": (tuple, False),
    "housing": (str, False),
    "partners": (tuple, False),
    "since": (str, False),
    "source": (tuple, True),
}
_SOURCE_KEYS: Final = {"label", "url"}
_CODE: Final = re.compile(r"GM\d{4}", re.IGNORECASE | re.ASCII)
_SINCE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_NEAR: Final = 3
"""Maximum number of suggestions in a problem."""
_SHOWN: Final = 60
"""Characters of an invalid value that a problem repeats."""


@dataclass(frozen=True)
class Source:
    """A cited source."""

    label: str
    url: str | None
    """An https address; None when there is no link."""


@dataclass(frozen=True)
class Practice:
    """A good practice."""

    id: str
    """File name in lower case letters, digits and hyphens; its anchor on the page."""
    title: str
    place: str
    municipalities: tuple[str, ...]
    """Current codes, in the order of the file, without duplicates; merged ones replaced by successors."""
    themes: tuple[str, ...]
    """Keys of `THEMES`, in their order."""
    household_types: tuple[str, ...]
    """Empty where the sources do not say."""
    housing: str
    """Likewise."""
    partners: tuple[str, ...]
    """Likewise."""
    since: str | None
    """Year, month or day, as "2016", "2016-07" or "2016-07-01"; None where unknown."""
    sources: tuple[Source, ...]
    summary: str
    """The first paragraph."""
    paragraphs: tuple[str, ...]
    """The other paragraphs, as plain text."""
    lessons: tuple[str, ...]

    @property
    def since_words(self) -> str:
        """Start in Dutch: "2016", "juli 2016", "1 juli 2016"; empty where unknown."""
        parts = [int(part) for part in (self.since or "").split("-") if part]
        match parts:
            case [year]:
                return str(year)
            case [year, month]:
                return str(format_date(date(year, month, 1), "MMMM y", locale=LOCALE))
            case [year, month, day]:
                return long_date(date(year, month, day))
        return ""


@dataclass(frozen=True)
class Catalogue:
    """The valid practices, and the problems of invalid files."""

    practices: tuple[Practice, ...]
    """Sorted by file name."""
    problems: tuple[Problem, ...]


def read_catalogue(folder: Path, register: pd.DataFrame, other_names: Mapping[str, Iterable[str]]) -> Catalogue:
    """Read the files `*.md` of a folder; never raises on their content.

    Parameters
    ----------
    folder : folder of the files; subfolders are ignored
    register : `gm_code` and `name` of the current municipalities
    other_names : other names of municipalities, by code, as in :attr:`geo.bundle.Bundle.aliases`

    Returns
    -------
    Each problem names its file, line and field where known, and the fix.
    """
    names = dict(zip(register["gm_code"], register["name"], strict=True))
    known = _Municipalities(names, codes_by_name(register, other_names))
    practices: list[Practice] = []
    problems: list[Problem] = []
    files: dict[str, str] = {}
    try:
        paths = sorted(folder.glob("*.md"))
    except OSError:
        paths = []
    for path in paths:
        try:
            if not path.is_file():  # reading a pipe would block forever
                explanation = "niet te lezen, want het is geen bestand of wijst naar niets. Haal het weg."
                problems.append(FileProblem(path.name, "unreadable", None, (), explanation))
                continue
            reading = _FileParser(path.name, path.read_bytes(), known)
        except OSError as error:
            explanation = f"niet te lezen ({type(error).__name__}). Zet het bestand terug of haal het weg."
            problems.append(FileProblem(path.name, "unreadable", None, (), explanation))
            continue
        except FrontMatterError as error:
            problems.append(error.problem)
            continue
        first = files.setdefault(reading.id, path.name)
        if first != path.name:
            reading.report("same_id", None, f"heet op de pagina hetzelfde als {first} ({reading.id}). Hernoem er een.")
        problems += reading.problems
        if not reading.problems:
            practices.append(reading.practice)
    return Catalogue(tuple(practices), tuple(problems))


def catalogue(folder: Path = GOOD_PRACTICES) -> Catalogue:
    """The bundled practices, cached until a file changes.

    Each call stats every file, so that changes show up in a running application.
    """
    return _catalogue(folder, tuple(_stamps(folder)))


def _stamps(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    """Name, modification time, size and inode of each file."""
    for path in sorted(folder.glob("*.md")):
        try:
            found = path.stat()
        except OSError:  # deleted meanwhile
            continue
        yield path.name, found.st_mtime_ns, found.st_size, found.st_ino


@lru_cache(maxsize=4)
def _catalogue(folder: Path, stamps: tuple[tuple[str, int, int, int], ...]) -> Catalogue:  # noqa: ARG001
    bundle = load_bundle()
    return read_catalogue(folder, bundle.register, bundle.aliases)


def id_of(file_name: str) -> str:
    """Id of a practice from its file name: "Oude Wal.md" is "oude-wal"; may be empty.

    >>> id_of("’s-Dam: één loket.md")
    's-dam-een-loket'
    """
    return slug(file_name.removesuffix(".md"))


@dataclass(frozen=True)
class _Municipalities:
    """The current municipalities, with a lookup by name."""

    names: Mapping[str, str]
    codes: Mapping[str, list[str]]
    """Codes by lower-case name."""

    def find(self, text: str) -> str:
        """Code of a municipality, from its code or name.

        Raises
        ------
        ValueError
            When it is unknown or ambiguous; the message says how to fix it.
        """
        if _CODE.fullmatch(text):
            if text.upper() in self.names:
                return text.upper()
            raise ValueError(
                f"“{text}” is geen gemeentecode van nu. Gebruik na een herindeling de code van de nieuwe "
                "gemeente, of haar naam."
            )
        found = self.codes.get(text.casefold(), [])
        if len(found) == 1:
            return found[0]
        if found:
            heirs = enumerate_some(f"{self.names[code]} ({code})" for code in found)
            raise ValueError(f"“{_cut(text)}” ligt nu in {heirs}. Schrijf welke van deze meedoet.")
        near = get_close_matches(text.casefold()[:_SHOWN], self.codes, n=_NEAR, cutoff=0.7)
        codes = dict.fromkeys(code for name in near for code in self.codes[name])
        suggested = " of ".join(f"{self.names[code]} ({code})" for code in list(codes)[:_NEAR])
        raise ValueError(
            f"“{_cut(text)}” is geen gemeente van nu of vroeger. "
            + (f"Bedoelde u {suggested}?" if suggested else "Schrijf de naam uit het gemeentenregister.")
        )


class _FileParser:
    """Parser of one file, which collects its problems."""

    def __init__(self, name: str, content: bytes, known: _Municipalities) -> None:
        self.name = name
        self.id = id_of(name)
        self.problems: list[FileProblem] = []
        self._document = read_document(name, content)
        self._known = known
        if not self.id:
            self.report("no_id", None, "de bestandsnaam heeft geen letters of cijfers. Hernoem het bestand.")
        self._keys()
        body = read_body(self._document.body)
        above = self._document.lines_above
        for line, explanation in body.problems:
            self.report("body", None, f"{explanation}.", above + line)
        if not body.paragraphs and not body.problems:
            self.report("empty_body", None, "geen tekst onder de kop. Beschrijf daar het voorbeeld.")
        self.practice = Practice(
            id=self.id,
            title=self._text("title"),
            place=self._text("place"),
            municipalities=self._municipalities(),
            themes=self._themes(),
            household_types=tuple(text for _, text in self._texts("household_types")),
            housing=self._text("housing"),
            partners=tuple(text for _, text in self._texts("partners")),
            since=self._since(),
            sources=self._sources(),
            summary="".join(body.paragraphs[:1]),
            paragraphs=body.paragraphs[1:],
            lessons=body.lessons,
        )

    def report(self, kind: str, field: str | None, explanation: str, *lines: int) -> None:
        """Record a problem, which excludes the file."""
        self.problems.append(FileProblem(self.name, kind, field, lines, explanation))

    def _keys(self) -> None:
        """Check that keys are known, required ones present, and values of the right type."""
        fields = self._document.fields
        for key, field in fields.items():
            if key not in _KEYS:
                known = ", ".join(_KEYS)
                self.report("unknown_key", _cut(key), f"dit veld bestaat niet. Kies uit {known}.", field.line)
            elif field.value is not None and field.value != "" and not isinstance(field.value, _KEYS[key][0]):
                mend = (
                    "hier hoort één tekst, geen lijst. Zet alles op één regel achter de dubbele punt."
                    if _KEYS[key][0] is str
                    else "hier hoort een lijst. Zet elk deel op een eigen regel, met een streepje ervoor."
                )
                self.report("shape", key, mend, field.line)
            elif field.value is None:
                self.report("shape", key, "hier hoort een tekst of een lijst, geen velden.", field.line)
        for key, (_, needed) in _KEYS.items():
            if needed and (key not in fields or fields[key].value in ("", ())):
                lines = (fields[key].line,) if key in fields else ()
                self.report("missing", key, "ontbreekt of is leeg. Vul het in; zie data/GOOD_PRACTICES.md.", *lines)

    def _text(self, key: str) -> str:
        value = self._document.fields.get(key, _EMPTY).value
        return value if isinstance(value, str) else ""

    def _parts(self, key: str) -> tuple[Part, ...]:
        value = self._document.fields.get(key, _EMPTY).value
        return value if isinstance(value, tuple) else ()

    def _texts(self, key: str) -> list[tuple[int, str]]:
        """Texts of a list with their lines; invalid, empty and duplicate entries are reported."""
        found: list[tuple[int, str]] = []
        seen: dict[str, int] = {}
        for part in self._parts(key):
            if not isinstance(part.value, str) or not part.value:
                self.report("entry", key, "hier hoort een tekst. Vul hem in of haal de regel weg.", part.line)
            elif part.value.casefold() in seen:
                line = seen[part.value.casefold()]
                explanation = f"“{_cut(part.value)}” staat er al, op regel {line}. Laat er één staan."
                self.report("doubled", key, explanation, part.line)
            else:
                seen[part.value.casefold()] = part.line
                found.append((part.line, part.value))
        return found

    def _municipalities(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for line, text in self._texts("municipalities"):
            try:
                found[self._known.find(text)] = None
            except ValueError as error:
                self.report("unknown_municipality", "municipalities", str(error), line)
        return tuple(found)

    def _themes(self) -> tuple[str, ...]:
        keys = self._texts("themes")
        for line, text in keys:
            if text not in THEMES:
                known = ", ".join(f"{key} ({label})" for key, label in THEMES.items())
                explanation = f"“{_cut(text)}” is geen thema. Kies uit {known}."
                self.report("unknown_theme", "themes", explanation, line)
        return tuple(key for key in THEMES if key in {text for _, text in keys})

    def _since(self) -> str | None:
        text = self._text("since")
        if not text:
            return None
        match = _SINCE.fullmatch(text)
        try:
            if match is None:
                raise ValueError
            date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        except ValueError:
            line = self._document.fields["since"].line
            explanation = f"“{_cut(text)}” is geen datum. Schrijf 2016, 2016-07 of 2016-07-01, of laat het veld weg."
            self.report("since", "since", explanation, line)
        return text

    def _sources(self) -> tuple[Source, ...]:
        found: list[Source] = []
        for part in self._parts("source"):
            of = part.value if isinstance(part.value, Mapping) else {}
            label, url = of.get("label", ""), of.get("url", "")
            if not label or set(of) - _SOURCE_KEYS:
                explanation = "een bron heeft label: wie het zegt, en zo mogelijk url: het adres. Meer niet."
                self.report("source", "source", explanation, part.line)
            elif url and not _is_safe(url):
                explanation = f"“{_cut(url)}” is geen adres met https. Schrijf het volledig, of laat url weg."
                self.report("url", "source", explanation, part.line)
            else:
                found.append(Source(label, url or None))
        return tuple(found)


_EMPTY: Final = FrontMatterField(0, "")


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and "." in (parts.hostname or "") and not re.search(r"[\s<>\"]", url)
    except ValueError:
        return False


def _cut(text: str) -> str:
    return shortened(text, _SHOWN)
