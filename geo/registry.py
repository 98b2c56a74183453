"""The register of municipalities of a year: code, name, province, regions, aliases, mergers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geo.aliases import OTHER_NAMES, PROVINCES
from geo.errors import RegistryError

COLUMNS = [
    "gm_code", "name", "province_code", "province", "corop_code", "corop", "labour_market_region_code",
    "labour_market_region", "safety_region_code", "safety_region",
]  # fmt: skip
MERGER_COLUMNS = ["old_code", "old_name", "new_code", "new_name", "year", "kind", "share"]

REGION_YEARS = range(2023, 2027)
"""Years that the region files cover; no code changed between 2023 and 2026 (CBS)."""

MIN_SHARE = 0.05
"""Share of area below which an overlap comes from generalised boundaries."""

# The three mergers of 1 January 2013, which precede the first boundary file that the overlay compares.
# Source: CBS, Gemeentelijke indeling op 1 januari 2013; codes also in CBS' list of abolished codes.
MERGED_2013 = (
    ("GM0395", "Harenkarspel", "GM0441", "Schagen"),
    ("GM0476", "Zijpe", "GM0441", "Schagen"),
    ("GM0504", "Dirksland", "GM1924", "Goeree-Overflakkee"),
    ("GM0511", "Goedereede", "GM1924", "Goeree-Overflakkee"),
    ("GM0559", "Middelharnis", "GM1924", "Goeree-Overflakkee"),
    ("GM0580", "Oostflakkee", "GM1924", "Goeree-Overflakkee"),
    ("GM0571", "Graafstroom", "GM1927", "Molenwaard"),
    ("GM0693", "Liesveld", "GM1927", "Molenwaard"),
    ("GM0694", "Nieuw-Lekkerland", "GM1927", "Molenwaard"),
)

# New name and new code, the same municipality. Source: CBS' list of abolished codes (Groesbeek became
# Berg en Dal on 1 January 2016; De Friese Meren became De Fryske Marren during 2015).
RENUMBERED = {"GM0241": "GM1945", "GM1921": "GM1940"}

# Uninhabited land changed hands when Gooise Meren was formed: a search for Bussum or Muiden does not
# mean Hilversum or Weesp. Source: CBS' list of abolished codes, which names Gooise Meren alone.
LAND_ONLY = {("GM0381", "GM0402"), ("GM0424", "GM0457")}

REGION_SOURCES = (
    "CBS gebiedsindelingen 2023 (gemeente, provincie, COROP); arbeidsmarktregio's 2026, met de codes van CBS "
    "uit 2016; veiligheidsregio's per gemeente; herindelingen 2013-2026 (CBS en vergelijking van grenzen)"
)


@dataclass(frozen=True)
class Ground:
    """Register and mergers of a year, and their sources."""

    register: pd.DataFrame
    mergers: pd.DataFrame
    source: str


def read_ground(year: int, *, regions: Path | None, register: Path | None, bundled: Path | None) -> Ground:
    """Read the register and the mergers from the first source given.

    Parameters
    ----------
    year : year of the division
    regions : folder with the region files, see `read_regions` and `read_mergers`
    register : an own register, instead of the region files
    bundled : folder of an earlier bundle, whose register and mergers are used when nothing else is given, so
        that a build needs only the boundary file

    Raises
    ------
    RegistryError
        No source, or one that is incomplete or inconsistent.
    """
    if register is not None:
        table = read_register(register)
        mergers = read_mergers(regions, table) if regions else pd.DataFrame(columns=MERGER_COLUMNS)
        return Ground(table, mergers, register.name)
    if regions is not None:
        table = read_regions(regions, year)
        return Ground(table, read_mergers(regions, table), REGION_SOURCES)
    if bundled is not None and (bundled / "register.csv").is_file():
        table = read_register(bundled / "register.csv")
        mergers = _read_csv(bundled / "mergers.csv", {name: name for name in MERGER_COLUMNS})
        return Ground(table, mergers.astype({"year": int, "share": float}), REGION_SOURCES)
    raise RegistryError(
        f"Geen register voor {year}. Geef de map met regiobestanden (--regions) of een register (--register)."
    )


def read_regions(folder: Path, year: int) -> pd.DataFrame:
    """Compile the register of a year from the region files.

    Parameters
    ----------
    folder : holds `regions/` with the CBS register of 2023, the safety regions, the labour market regions of
        2026 and the CBS regions of 2016 (for the codes of labour market regions)
    year : 2023 to 2026, in which the codes did not change

    Returns
    -------
    The columns `COLUMNS`, one row per municipality, in code order.

    Raises
    ------
    RegistryError
        Another year, a missing file or column, or files that name different municipalities.
    """
    if year not in REGION_YEARS:
        raise RegistryError(
            f"{folder}: de regiobestanden gelden voor {REGION_YEARS[0]} tot en met {REGION_YEARS[-1]}, niet "
            f"voor {year}. Geef een register van dat jaar met --register."
        )
    regions = folder / "regions"
    cbs = _read_csv(
        regions / "gebiedsindelingen_register_2023.csv",
        {"gm_code": "gm_code", "gm_naam": "name", "pv_code": "province_code", "pv_naam": "province",
         "cr_code": "corop_code", "cr_naam": "corop"},
    )  # fmt: skip
    safety = _read_csv(
        regions / "veiligheidsregio_provincie_342_koppelcodes.csv",
        {"gemeentCode": "gm_code", "veiligheidsRegioCode": "safety_region_code",
         "veiligheidsRegioNaam": "safety_region"},
        separator=";",
    )  # fmt: skip
    labour = _read_csv(
        regions / "arbeidsmarktregio_2026.csv",
        {"gm_code": "gm_code", "arbeidsmarktregio": "labour_market_region"},
    )
    codes_2016 = _read_csv(
        regions / "gebieden_2016_83287NED.csv",
        {"gm_code": "gm_code", "Arbeidsmarktregio's": "labour_market_region_code"},
    )
    labour = _with_region_codes(labour, codes_2016)
    register = cbs
    for name, table in (("veiligheidsregio's", safety), ("arbeidsmarktregio's", labour)):
        different = sorted(set(register["gm_code"]) ^ set(table["gm_code"]))
        if different:
            raise RegistryError(
                f"{regions}: het bestand met {name} en het register noemen niet dezelfde gemeenten "
                f"({', '.join(different[:5])}). Vul het bestand aan of verbeter de code."
            )
        register = register.merge(table, on="gm_code", validate="one_to_one")
    register = register.sort_values("gm_code", ignore_index=True)[COLUMNS]
    check_register(register, str(regions))
    return register


def _with_region_codes(labour: pd.DataFrame, codes_2016: pd.DataFrame) -> pd.DataFrame:
    """Add to labour market regions the CBS code (AM..) of most of their municipalities in 2016.

    The list of 2026 has names only. All 35 regions already existed in 2016; a few municipalities have
    moved since, and one region was renamed (AM06), so the majority identifies the region.
    """
    both = labour.merge(codes_2016, on="gm_code")
    counts = both.groupby(["labour_market_region", "labour_market_region_code"]).size().reset_index(name="n")
    ranked = counts.sort_values(["labour_market_region", "n", "labour_market_region_code"])
    codes = ranked.groupby("labour_market_region")["labour_market_region_code"].last()
    unknown = sorted(set(labour["labour_market_region"]) - set(codes.index))
    doubled = sorted(codes[codes.duplicated(keep=False)].index)
    if unknown or doubled:
        raise RegistryError(
            f"arbeidsmarktregio {', '.join(unknown or doubled)}: geen eigen code te vinden in de indeling "
            "van 2016. Verbeter de naam of de indeling."
        )
    return labour.assign(labour_market_region_code=labour["labour_market_region"].map(codes))


def read_register(path: Path) -> pd.DataFrame:
    """Read a register that the build wrote (columns `COLUMNS`).

    Raises
    ------
    RegistryError
        The file is missing, lacks a column, or fails `check_register`.
    """
    register = _read_csv(path, {name: name for name in COLUMNS})[COLUMNS]
    check_register(register, path.name)
    return register


def check_register(register: pd.DataFrame, file: str) -> None:
    """Refuse empty cells, duplicate codes, and regions with two names or two codes."""
    empty = register.isna() | (register == "")
    if empty.to_numpy().any():
        row, column = next((r, c) for c in register.columns for r in register.index[empty[c]])
        raise RegistryError(f"{file}, rij {int(row) + 2}: kolom {column} is leeg. Vul haar in.")
    for row, code in enumerate(register["gm_code"], start=2):
        if not (len(code) == 6 and code.startswith("GM") and code[2:].isdigit()):
            raise RegistryError(f"{file}, rij {row}: {code!r} is geen gemeentecode (GM met vier cijfers).")
    doubled = register.index[register["gm_code"].duplicated()]
    if len(doubled):
        row = int(doubled[0])
        raise RegistryError(
            f"{file}, rij {row + 2}: {register['gm_code'][row]} staat er twee keer in. Verwijder er een."
        )
    for row, code in enumerate(register["province_code"], start=2):
        if code not in PROVINCES:
            raise RegistryError(f"{file}, rij {row}: {code!r} is geen provincie (PV20 tot en met PV31).")
    for region in ("province", "corop", "labour_market_region", "safety_region"):
        pairs = register[[f"{region}_code", region]].drop_duplicates()
        for column in pairs.columns:
            twice = pairs[pairs[column].duplicated(keep=False)]
            if len(twice):
                raise RegistryError(
                    f"{file}, rij {int(twice.index[-1]) + 2}: {column} {twice[column].iloc[-1]!r} hoort bij "
                    "twee verschillende regio's. Maak code en naam overal gelijk."
                )


def read_mergers(folder: Path, register: pd.DataFrame) -> pd.DataFrame:
    """Read the mergers and splits of municipalities since 2013.

    Parameters
    ----------
    register : current names of the municipalities that still exist
    folder : holds `herindelingen_afgeleid_2013_2026.csv` (overlay of the boundaries of successive years) and
        `gm_changes_before_2018.csv` (CBS' list of abolished codes, against which the overlay is checked)

    Returns
    -------
    `MERGER_COLUMNS`: `year` is the first 1 January on which the new code is valid, `share` the part of
    the old area (0 to 1, summing to 1 per old code), `kind` is "merger" (wholly into one), "split"
    (divided over several) or "new_code" (one municipality renumbered).

    Raises
    ------
    RegistryError
        A missing file or column, or a code that CBS abolished and that the overlay lacks.
    """
    overlay = _read_csv(
        folder / "herindelingen_afgeleid_2013_2026.csv",
        {"oud": "old_code", "oud_naam": "old_name", "nieuw": "new_code", "nieuw_naam": "new_name",
         "jaar": "year", "aandeel_oppervlakte": "share"},
    ).astype({"year": int, "share": float})  # fmt: skip
    overlay = overlay[overlay["share"] >= MIN_SHARE]
    early = pd.DataFrame(MERGED_2013, columns=["old_code", "old_name", "new_code", "new_name"])
    mergers = pd.concat([early.assign(year=2013, share=1.0), overlay], ignore_index=True)
    mergers = mergers.sort_values(["year", "new_code", "old_code"], ignore_index=True)
    present = mergers["new_code"].map(dict(zip(register["gm_code"], register["name"], strict=True)))
    mergers["new_name"] = present.fillna(mergers["new_name"])
    mergers["share"] = _rounded_shares(mergers)
    mergers["kind"] = "merger"
    mergers.loc[mergers.groupby("old_code")["new_code"].transform("size") > 1, "kind"] = "split"
    mergers.loc[mergers["old_code"].map(RENUMBERED) == mergers["new_code"], "kind"] = "new_code"
    mergers = mergers[MERGER_COLUMNS]
    _check_against_cbs(mergers, folder / "gm_changes_before_2018.csv")
    return mergers


def _rounded_shares(mergers: pd.DataFrame) -> pd.Series[float]:
    """Round shares to thousandths summing to 1 per old code; the largest absorbs the rest."""
    by_code = mergers["old_code"]
    share = (mergers["share"] / mergers["share"].groupby(by_code).transform("sum") * 1000).round()
    rest = 1000 - share.groupby(by_code).transform("sum")
    largest = share.groupby(by_code).transform("idxmax") == share.index
    return (share + rest.where(largest, 0)) / 1000


def _check_against_cbs(mergers: pd.DataFrame, path: Path) -> None:
    """Check the successors of each code in CBS' list of abolished codes (to 2017)."""
    cbs = _read_csv(
        path,
        {"Eindjaar": "year", "Oude": "old_code", "Nieuwe": "new_code"},
        separator=";",
        encoding="latin-1",
    )
    cbs = cbs[(cbs["year"].astype(int) >= 2013) & (cbs["old_code"] != cbs["new_code"])]
    ours = set(zip(mergers["old_code"], mergers["new_code"], strict=True))
    for old, new in zip(cbs["old_code"], cbs["new_code"], strict=True):
        if (old, new) not in ours:
            raise RegistryError(
                f"{path.name}: {old} ging op in {new}, maar de afgeleide herindelingen kennen dat niet. Vul "
                "herindelingen_afgeleid_2013_2026.csv aan."
            )


def mergers_into(mergers: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the direct and indirect mergers into a municipality, oldest first.

    >>> mergers = pd.DataFrame({"old_code": ["GM0001", "GM0002"], "new_code": ["GM0002", "GM0003"],
    ...                         "year": [2014, 2016]})
    >>> mergers_into(mergers, "GM0003")["old_code"].tolist()
    ['GM0001', 'GM0002']
    """
    wanted = {code}
    while not wanted.issuperset(older := set(mergers.loc[mergers["new_code"].isin(wanted), "old_code"])):
        wanted |= older
    return mergers[mergers["new_code"].isin(wanted)]


def search_aliases(register: pd.DataFrame, mergers: pd.DataFrame) -> dict[str, list[str]]:
    """Return the alternative names per code: those in use, and of municipalities merged into it.

    Parameters
    ----------
    register, mergers : as `read_regions` and `read_mergers` return them
    """
    land_only = pd.MultiIndex.from_frame(mergers[["old_code", "new_code"]]).isin(list(LAND_ONLY))
    mergers = mergers[~land_only]
    aliases: dict[str, list[str]] = {}
    for code, name in zip(register["gm_code"], register["name"], strict=True):
        merged = mergers_into(mergers, code).sort_values(["year", "old_name"])["old_name"]
        found = dict.fromkeys([*OTHER_NAMES.get(code, ()), *merged])
        found.pop(name, None)
        aliases[code] = list(found)
    return aliases


def _read_csv(
    path: Path, columns: Mapping[str, str], *, separator: str = ",", encoding: str = "utf-8-sig"
) -> pd.DataFrame:
    """Read columns of a CSV file as text, renamed to our own names."""
    try:
        table = pd.read_csv(path, sep=separator, encoding=encoding, dtype=str, keep_default_na=False)
    except FileNotFoundError as error:
        raise RegistryError(f"{path}: bestand niet gevonden. Controleer de map bij --regions.") from error
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise RegistryError(f"{path.name}: niet te lezen als CSV ({error}). Herstel het bestand.") from error
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise RegistryError(
            f"{path.name}: kolom {', '.join(missing)} ontbreekt (wel: {', '.join(table.columns)}). Voeg haar toe."
        )
    return table[list(columns)].rename(columns=dict(columns))
