"""StatLine tables of inhabitants and regions, from Statistics Netherlands (CBS).

Read from the service of version 4; where that fails, from version 3. What a table is called follows from its
title in the catalogue, since CBS publishes the regions in a new table each year.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pandas as pd

from data.quality import Quality
from data.schema import INHABITANTS_COLUMNS, REGISTRY_COLUMNS
from data.sources.statline.odata import Odata, Record, StatlineError

V4 = "https://datasets.cbs.nl/odata/v1"
V3 = "https://opendata.cbs.nl"
POPULATION = "03759ned"
"""Bevolking op 1 januari en gemiddelde; geslacht, leeftijd en regio."""
REGIONS_TITLE = "Gebieden in Nederland {year}"

# Codes of the totals of 03759ned: both sexes, all ages, all marital states.
_TOTALS = {"Geslacht": "T001038", "Leeftijd": "10000", "BurgerlijkeStaat": "T001019"}
_ON_1_JANUARY_V4 = "M000352"
_ON_1_JANUARY_V3 = "BevolkingOp1Januari_1"
_CODES = {
    "gm_code": re.compile(r"GM\d{4}"),
    "province_code": re.compile(r"PV\d\d"),
    "corop_code": re.compile(r"CR\d\d"),
    "labour_market_region_code": re.compile(r"AM\d\d"),
    "safety_region_code": re.compile(r"VR\d\d"),
}
_NAMES = {code: code.removesuffix("_code") for code in _CODES} | {"gm_code": "name"}
_DUTCH = {
    "gm_code": "gemeenten",
    "province_code": "provincies",
    "corop_code": "COROP-gebieden",
    "labour_market_region_code": "arbeidsmarktregio's",
    "safety_region_code": "veiligheidsregio's",
}

Read = TypeVar("Read")


@dataclass(frozen=True)
class Service:
    """Addresses of StatLine, without trailing slash, and the policy for caching and retries."""

    v4: str = V4
    v3: str = V3
    cache: Path | None = Path("var/cache/statline")
    """Folder of the cache; None for no cache."""
    refresh: bool = False
    """Whether to bypass the cache."""
    attempts: int = 4
    patience: float = 1.0
    """Seconds before the second attempt; every next one waits twice as long."""

    def odata(self) -> Odata:
        """Make the client."""
        return Odata(self.cache, refresh=self.refresh, attempts=self.attempts, patience=self.patience)


def population(year: int, service: Service = Service(), *, table: str = POPULATION) -> pd.DataFrame:
    """Inhabitants of each municipality on 1 January of a year, in that year's division.

    Parameters
    ----------
    table : id of a table with the dimensions of 03759ned

    Returns
    -------
    `data.schema.INHABITANTS_COLUMNS`, one row a municipality, by code; quality *published*.

    Raises
    ------
    StatlineError
        When neither version answers, or has figures of that year.
    """
    conditions = [f"{name} eq '{code}'" for name, code in _TOTALS.items()]
    conditions.append(f"Perioden eq '{year}JJ00'")

    def by_v4(odata: Odata) -> list[tuple[str, object]]:
        chosen = [f"Measure eq '{_ON_1_JANUARY_V4}'", *conditions, "startswith(RegioS,'GM')"]
        rows = odata.records(
            f"{service.v4}/CBS/{table}/Observations",
            {"$filter": " and ".join(chosen), "$select": "RegioS,Value"},
        )
        return [(_text(row, "RegioS"), row.get("Value")) for row in rows]

    def by_v3(odata: Odata) -> list[tuple[str, object]]:
        chosen = [*conditions, "substringof('GM',RegioS)"]
        rows = odata.records(
            f"{service.v3}/ODataFeed/odata/{table}/TypedDataSet",
            {
                "$filter": " and ".join(chosen),
                "$select": f"RegioS,{_ON_1_JANUARY_V3}",
                "$format": "json",
            },
        )
        return [(_text(row, "RegioS"), row.get(_ON_1_JANUARY_V3)) for row in rows]

    def checked(rows: Iterable[tuple[str, object]]) -> dict[str, int]:
        found: dict[str, int] = {}
        for code, count in rows:
            # Municipalities of other years stand in the table without a figure.
            if count is None or not _CODES["gm_code"].fullmatch(code):
                continue
            if isinstance(count, bool) or not isinstance(count, (int, float)) or not float(count).is_integer():
                raise StatlineError(f"tabel {table} geeft voor {code} geen aantal inwoners maar {count!r}")
            if found.setdefault(code, int(count)) != int(count):
                raise StatlineError(f"tabel {table} geeft voor {code} twee aantallen inwoners")
        inhabited = {code: count for code, count in found.items() if count > 0}
        if not inhabited:
            raise StatlineError(f"tabel {table} heeft (nog) geen inwoners op 1 januari {year}")
        return inhabited

    inhabitants = _either(
        service,
        f"De inwoners op 1 januari {year}",
        lambda odata: checked(by_v4(odata)),
        lambda odata: checked(by_v3(odata)),
    )
    rows = [(code, year, count, Quality.PUBLISHED.value) for code, count in sorted(inhabitants.items())]
    frame = pd.DataFrame(rows, columns=list(INHABITANTS_COLUMNS))
    return frame.astype({"year": "Int64", "inhabitants": "Int64", "gm_code": "str", "quality": "str"})


def regions(year: int, service: Service = Service(), *, table: str | None = None) -> pd.DataFrame:
    """Municipalities of a year with their province, COROP area, labour market and safety region.

    Parameters
    ----------
    table : id of the table "Gebieden in Nederland" of that year; looked up in the catalogue by default

    Returns
    -------
    `data.schema.REGISTRY_COLUMNS`, one row a municipality, by code.

    Raises
    ------
    StatlineError
        When neither version answers, has a table of that year, or has every kind of region.
    """
    title = REGIONS_TITLE.format(year=year)

    def by_v4(odata: Odata) -> pd.DataFrame:
        known = table or _table(
            odata.records(
                f"{service.v4}/Datasets",
                {"$filter": f"contains(Title,'{title}')", "$select": "Identifier,Title"},
            ),
            title,
        )
        address = f"{service.v4}/CBS/{known}"
        topics = [
            _Topic(_text(row, "Identifier"), row.get("MeasureGroupId"), _text(row, "Title"))
            for row in odata.records(f"{address}/MeasureCodes")
        ]
        cells: dict[str, dict[str, str]] = {}
        for row in odata.records(f"{address}/Observations"):
            values = cells.setdefault(_text(row, "RegioS"), {})
            values[_text(row, "Measure")] = _text(row, "StringValue")
        return _registry(topics, cells, known)

    def by_v3(odata: Odata) -> pd.DataFrame:
        known = table or _table(
            odata.records(
                f"{service.v3}/ODataCatalog/Tables",
                {
                    "$filter": f"substringof('{title}',Title)",
                    "$select": "Identifier,Title",
                    "$format": "json",
                },
            ),
            title,
        )
        address = f"{service.v3}/ODataFeed/odata/{known}"
        topics = [
            _Topic(_text(row, "Key"), row.get("ParentID"), _text(row, "Title"))
            for row in odata.records(f"{address}/DataProperties", {"$format": "json"})
        ]
        cells = {
            _text(row, "RegioS"): {key: _text(row, key) for key in row}
            for row in odata.records(f"{address}/TypedDataSet", {"$format": "json"})
        }
        return _registry(topics, cells, known)

    return _either(service, f"De gebieden van {year}", by_v4, by_v3)


@dataclass(frozen=True)
class _Topic:
    """A column of a table: its key, the group of columns that it is in, its title."""

    key: str
    group: object
    title: str


def _registry(topics: Iterable[_Topic], cells: Mapping[str, Mapping[str, str]], table: str) -> pd.DataFrame:
    """Make the table of regions; columns are found by code, as their keys change yearly."""
    # The dimension itself also stands in the list of version 3, outside any group.
    topics = [topic for topic in topics if topic.group is not None]
    municipalities = {code: values for code, values in cells.items() if _CODES["gm_code"].fullmatch(code)}
    if not municipalities:
        raise StatlineError(f"tabel {table} noemt geen gemeenten")
    columns: dict[str, dict[str, str]] = {}
    for field, form in _CODES.items():
        coded = next(
            (
                topic
                for topic in topics
                if all(form.fullmatch(values.get(topic.key, "")) for values in municipalities.values())
            ),
            None,
        )
        named = next(
            (
                topic
                for topic in topics
                if coded is not None and topic.group == coded.group and topic.title.casefold().startswith("naam")
            ),
            None,
        )
        if coded is None or named is None:
            raise StatlineError(f"tabel {table} geeft niet van elke gemeente code en naam: {_DUTCH[field]}")
        columns[field] = {code: values[coded.key] for code, values in municipalities.items()}
        columns[_NAMES[field]] = {code: values.get(named.key, "") for code, values in municipalities.items()}
    frame = pd.DataFrame(columns)[list(REGISTRY_COLUMNS)].astype("str")
    if (frame == "").any(axis=None):
        raise StatlineError(f"tabel {table} laat namen van gebieden leeg")
    return frame.sort_values("gm_code", ignore_index=True)


def _table(catalogue: Iterable[Record], title: str) -> str:
    """Id of the table with a title."""
    for row in catalogue:
        if _text(row, "Title").casefold() == title.casefold():
            return _text(row, "Identifier")
    raise StatlineError(f"de catalogus heeft (nog) geen tabel {title!r}")


def _text(row: Record, name: str) -> str:
    """Text of a field, without StatLine's padding; empty when missing."""
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def _either(service: Service, what: str, by_v4: Callable[[Odata], Read], by_v3: Callable[[Odata], Read]) -> Read:
    """Query version 4, or else version 3."""
    with service.odata() as odata:
        try:
            return by_v4(odata)
        except StatlineError as error:
            first = error
        try:
            return by_v3(odata)
        except StatlineError as error:
            raise StatlineError(
                f"{what} zijn niet van StatLine te halen. Versie 4: {first}. Versie 3: {error}. Probeer het "
                "later opnieuw, of controleer het jaar of de tabel."
            ) from error
