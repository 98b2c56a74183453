"""Good examples: what municipalities do that others may learn from, a Markdown file each.

In code an example is the example data set; a good example (*goed voorbeeld*) is a practice. How a
file is written stands in `data/GOOD_PRACTICES.md`. A file that is amiss is left out and named; the
others remain.
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

GOOD_PRACTICES: Final = Path(__file__).parents[1] / "good_practices"
"""Where those lie that come with the project."""

#: The themes of the support desk (the Ondersteuningsteam), in its order.
THEMES: Final[Mapping[str, str]] = {
    "conversion": "Gebouwen ombouwen",
    "tenancy": "Afwijkende huurvormen",
    "support": "Draagvlak",
    "quick_scan": "Quick scan",
    "placement": "Plaatsing",
    "administration": "Administratie",
    "regional_coordination": "Regionale coördinatie",
}

#: What each key of the front matter holds: one text, or a list; and whether it must be there.
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
"""Names that a problem suggests at most."""
_SHOWN: Final = 60
"""Characters of a wrong value that a problem repeats."""


@dataclass(frozen=True)
class Source:
    """Who says so."""

    label: str
    url: str | None
    """An https address; None where it is said without one."""


@dataclass(frozen=True)
class Practice:
    """A good example."""

    id: str
    """From the name of its file: small letters and digits with hyphens; its anchor on the page."""
    title: str
    place: str
    municipalities: tuple[str, ...]
    """Codes of today, in the order of the file, each once; one that merged stands for today's."""
    themes: tuple[str, ...]
    """Keys of `THEMES`, in their order."""
    household_types: tuple[str, ...]
    """Empty where the sources do not say."""
    housing: str
    """Idem."""
    partners: tuple[str, ...]
    """Idem."""
    since: str | None
    """Year, month or day, as "2016", "2016-07" or "2016-07-01"; None where it is unknown."""
    sources: tuple[Source, ...]
    summary: str
    """The first paragraph."""
    paragraphs: tuple[str, ...]
    """The others, as plain text."""
    lessons: tuple[str, ...]

    @property
    def since_words(self) -> str:
        """Since when, as people say it: "2016", "juli 2016", "1 juli 2016"; empty where it is unknown."""
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
    """The good examples that can be read, and what is amiss with the others."""

    practices: tuple[Practice, ...]
    """By file name."""
    problems: tuple[Problem, ...]


def read_catalogue(folder: Path, register: pd.DataFrame, other_names: Mapping[str, Iterable[str]]) -> Catalogue:
    """Read the files `*.md` of a folder; never raises for what is in them.

    Parameters
    ----------
    folder : Path
        Where the files lie, not in folders below it.
    register : DataFrame
        `gm_code` and `name` of the municipalities of today.
    other_names : mapping of str to iterable of str
        By code the other names of a municipality, as :attr:`geo.bundle.Bundle.aliases` has them.

    Returns
    -------
    Catalogue
        Each problem names its file, the line and field where it is known, and the mend.
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
            if not path.is_file():  # for a pipe one would wait for ever
                said = "niet te lezen, want het is geen bestand of wijst naar niets. Haal het weg."
                problems.append(FileProblem(path.name, "unreadable", None, (), said))
                continue
            reading = _Reading(path.name, path.read_bytes(), known)
        except OSError as error:
            said = f"niet te lezen ({type(error).__name__}). Zet het bestand terug of haal het weg."
            problems.append(FileProblem(path.name, "unreadable", None, (), said))
            continue
        except FrontMatterError as error:
            problems.append(error.problem)
            continue
        first = files.setdefault(reading.id, path.name)
        if first != path.name:
            reading.refuse("same_id", None, f"heet op de pagina hetzelfde als {first} ({reading.id}). Hernoem er een.")
        problems += reading.problems
        if not reading.problems:
            practices.append(reading.practice)
    return Catalogue(tuple(practices), tuple(problems))


def catalogue(folder: Path = GOOD_PRACTICES) -> Catalogue:
    """Return the good examples that come with the project, read anew once a file has changed.

    Looking whether one has takes a `stat` a file, so that a new file shows up in a running
    application.
    """
    return _catalogue(folder, tuple(_stamps(folder)))


def _stamps(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    """Tell each file apart from what it was before."""
    for path in sorted(folder.glob("*.md")):
        try:
            found = path.stat()
        except OSError:  # taken away just now
            continue
        yield path.name, found.st_mtime_ns, found.st_size, found.st_ino


@lru_cache(maxsize=4)
def _catalogue(folder: Path, stamps: tuple[tuple[str, int, int, int], ...]) -> Catalogue:  # noqa: ARG001
    bundle = load_bundle()
    return read_catalogue(folder, bundle.register, bundle.aliases)


def id_of(file_name: str) -> str:
    """Id of a practice from the name of its file: "Oude Wal.md" is "oude-wal"; empty when nothing is left.

    >>> id_of("’s-Dam: één loket.md")
    's-dam-een-loket'
    """
    return slug(file_name.removesuffix(".md"))


@dataclass(frozen=True)
class _Municipalities:
    """The municipalities of today, and how they are found."""

    names: Mapping[str, str]
    codes: Mapping[str, list[str]]
    """By any name in small letters."""

    def find(self, text: str) -> str:
        """Code of a code or a name.

        Raises
        ------
        ValueError
            When it is none, or lies in several; the message says how to mend it.
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
            raise ValueError(f"“{shortened(text, _SHOWN)}” ligt nu in {heirs}. Schrijf welke van deze meedoet.")
        near = get_close_matches(text.casefold()[:_SHOWN], self.codes, n=_NEAR, cutoff=0.7)
        codes = dict.fromkeys(code for name in near for code in self.codes[name])
        meant = " of ".join(f"{self.names[code]} ({code})" for code in list(codes)[:_NEAR])
        raise ValueError(
            f"“{shortened(text, _SHOWN)}” is geen gemeente van nu of vroeger. "
            + (f"Bedoelde u {meant}?" if meant else "Schrijf de naam uit het gemeentenregister.")
        )


class _Reading:
    """One file being read: the practice in it, and what is amiss."""

    def __init__(self, name: str, content: bytes, known: _Municipalities) -> None:
        self.name = name
        self.id = id_of(name)
        self.problems: list[FileProblem] = []
        self._document = read_document(name, content)
        self._known = known
        if not self.id:
            self.refuse("no_id", None, "de bestandsnaam heeft geen letters of cijfers. Hernoem het bestand.")
        self._keys()
        body = read_body(self._document.body)
        above = self._document.before
        for line, said in body.amiss:
            self.refuse("body", None, f"{said}.", above + line)
        if not body.paragraphs and not body.amiss:
            self.refuse("empty_body", None, "geen tekst onder de kop. Beschrijf daar het voorbeeld.")
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

    def refuse(self, kind: str, field: str | None, explanation: str, *lines: int) -> None:
        """Note what is amiss; the file is left out."""
        self.problems.append(FileProblem(self.name, kind, field, lines, explanation))

    def _keys(self) -> None:
        """Check that the keys are known, that none is missing, and that each holds what it should."""
        fields = self._document.fields
        for key, field in fields.items():
            if key not in _KEYS:
                known = ", ".join(_KEYS)
                self.refuse(
                    "unknown_key", shortened(key, _SHOWN), f"dit veld bestaat niet. Kies uit {known}.", field.line
                )
            elif field.value is not None and field.value != "" and not isinstance(field.value, _KEYS[key][0]):
                mend = (
                    "hier hoort één tekst, geen lijst. Zet alles op één regel achter de dubbele punt."
                    if _KEYS[key][0] is str
                    else "hier hoort een lijst. Zet elk deel op een eigen regel, met een streepje ervoor."
                )
                self.refuse("shape", key, mend, field.line)
            elif field.value is None:
                self.refuse("shape", key, "hier hoort een tekst of een lijst, geen velden.", field.line)
        for key, (_, needed) in _KEYS.items():
            if needed and (key not in fields or fields[key].value in ("", ())):
                lines = (fields[key].line,) if key in fields else ()
                self.refuse("missing", key, "ontbreekt of is leeg. Vul het in; zie data/GOOD_PRACTICES.md.", *lines)

    def _text(self, key: str) -> str:
        value = self._document.fields.get(key, _NOTHING).value
        return value if isinstance(value, str) else ""

    def _parts(self, key: str) -> tuple[Part, ...]:
        value = self._document.fields.get(key, _NOTHING).value
        return value if isinstance(value, tuple) else ()

    def _texts(self, key: str) -> list[tuple[int, str]]:
        """Texts of a list with their lines; what is none, empty or doubled is named and left out."""
        found: list[tuple[int, str]] = []
        seen: dict[str, int] = {}
        for part in self._parts(key):
            if not isinstance(part.value, str) or not part.value:
                self.refuse("entry", key, "hier hoort een tekst. Vul hem in of haal de regel weg.", part.line)
            elif part.value.casefold() in seen:
                line = seen[part.value.casefold()]
                said = f"“{shortened(part.value, _SHOWN)}” staat er al, op regel {line}. Laat er één staan."
                self.refuse("doubled", key, said, part.line)
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
                self.refuse("unknown_municipality", "municipalities", str(error), line)
        return tuple(found)

    def _themes(self) -> tuple[str, ...]:
        asked = self._texts("themes")
        for line, text in asked:
            if text not in THEMES:
                known = ", ".join(f"{key} ({label})" for key, label in THEMES.items())
                said = f"“{shortened(text, _SHOWN)}” is geen thema. Kies uit {known}."
                self.refuse("unknown_theme", "themes", said, line)
        return tuple(key for key in THEMES if key in {text for _, text in asked})

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
            said = (
                f"“{shortened(text, _SHOWN)}” is geen datum. Schrijf 2016, 2016-07 of 2016-07-01, of laat het veld weg."
            )
            self.refuse("since", "since", said, line)
        return text

    def _sources(self) -> tuple[Source, ...]:
        found: list[Source] = []
        for part in self._parts("source"):
            of = part.value if isinstance(part.value, Mapping) else {}
            label, url = of.get("label", ""), of.get("url", "")
            if not label or set(of) - _SOURCE_KEYS:
                said = "een bron heeft label: wie het zegt, en zo mogelijk url: het adres. Meer niet."
                self.refuse("source", "source", said, part.line)
            elif url and not _is_safe(url):
                said = f"“{shortened(url, _SHOWN)}” is geen adres met https. Schrijf het volledig, of laat url weg."
                self.refuse("url", "source", said, part.line)
            else:
                found.append(Source(label, url or None))
        return tuple(found)


_NOTHING: Final = FrontMatterField(0, "")


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and "." in (parts.hostname or "") and not re.search(r"[\s<>\"]", url)
    except ValueError:
        return False
