"""The documents: nothing that one can use is missing from them, and what they name exists."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from pkgutil import resolve_name

import click
import pytest
import typer
from flask import Flask
from werkzeug.routing import Map

import app as application
from callbacks.auth import routes as auth
from callbacks.pages.registry import PAGES
from callbacks.state.view_state import PARAMETERS
from config import PREFIX, Settings
from data.__main__ import app as data_commands
from data.areas import Level, area_path
from data.measures import MEASURES
from geo.__main__ import app as geo_commands
from tests.paths import ROOT

DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *(ROOT / name for name in ("bench/README.md", "data/EXAMPLE.md", "data/GOOD_PRACTICES.md")),
]
PACKAGES = ("bench", "callbacks", "data", "docs", "geo", "layouts", "tests")


@cache
def read(path: Path) -> str:
    return path.read_text("utf-8")


def doc(name: str) -> str:
    return read(ROOT / "docs" / name)


def each_document(function: object) -> object:
    return pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))(function)


def code_in(path: Path) -> list[str]:
    """What stands between backticks, and each line of a block of commands."""
    text = re.sub(r"^```.*?^```", "", read(path), flags=re.MULTILINE | re.DOTALL)
    blocks = [line.partition("  #")[0].strip() for line in re.findall(r"^    (.+)$", text, re.MULTILINE)]
    return [*re.findall(r"`([^`\n]+)`", text), *blocks]


# Nothing is missing.


def routes_of(rules: Map) -> set[str]:
    """Paths as documents write them, each variable as its name: "/cijfers/<number>/bestand"."""
    paths = {re.sub(r"<(?:[^<>]*:)?(\w+)>", r"<\1>", rule.rule) for rule in rules.iter_rules()}
    # Dash's own, and what it makes of every other path.
    return {path for path in paths if not re.match(r"/_|/assets/|/static/|/<path>|/$", path)}


def test_every_route_has_its_address() -> None:
    server = Flask("signing-in")
    provider = {"oidc_issuer": "https://provider.example", "oidc_client_id": "land-in-beeld"}
    auth.register(server, Settings(auth="oidc", secret_key="x" * 32, **provider), home="/", onward=[])
    known = set(re.findall(r"`(/[^`\s?]*)", doc("ADDRESSES.md")))
    # Acts on a publication and hashed files have a name for each value.
    acts = {"/cijfers/<number>/<act>": "/cijfers/<number>/keuzes", "/vast/<rest>": "/vast/<hash>/…"}
    acts |= {"/bezoek/lijsten/<rest>": "/bezoek/lijsten/<number>"}
    routes = routes_of(application.server.url_map) | routes_of(server.url_map)
    assert {route for route in routes if acts.get(route, route) not in known} == set()


def test_every_page_and_kind_of_area_has_its_address() -> None:
    known = re.findall(r"`(/[^`\s?]*)", doc("ADDRESSES.md"))
    for page in PAGES:
        base = page.route.partition("/<")[0]
        assert any(path == base or path.startswith(f"{base}/") for path in known), page.key
        assert all(f"{base}/{tail}".rstrip("/") in known for tail in page.tails or ()), page.key
    codes: dict[Level, str] = {
        "country": "NL", "province": "PV28", "corop": "CR17", "labour_market_region": "AM09", "safety_region": "VR17",
        "collaboration": "achterhoek", "municipality": "GM0363",
    }  # fmt: skip
    assert {area_path(code) for code in codes.values()} <= set(known)


def test_every_parameter_and_measure_is_told() -> None:
    text = doc("ADDRESSES.md")
    rows = {cell for row in re.findall(r"^\| (`[^|]+`) \|", text, re.MULTILINE) for cell in re.findall("`(.+?)`", row)}
    assert {*PARAMETERS.values(), *MEASURES} <= rows


def test_every_setting_is_told_with_its_default() -> None:
    rows = dict(re.findall(r"^\| (`LAND_IN_BEELD_[^|]+) \| ([^|]+) \|", doc("OPERATIONS.md"), re.MULTILINE))
    told = {name: default for names, default in rows.items() for name in re.findall("`(.+?)`", names)}
    for name, field in Settings.model_fields.items():
        default = told.pop(f"{PREFIX}{name.upper()}")
        if isinstance(field.default, str | int | float) and name != "database_url" and field.default != "":
            assert default == str(field.default), name
    assert set(told) <= {"PORT", f"{PREFIX}AUTH"}


@cache
def commands() -> dict[str, click.Command]:
    """Every command by what one types: "python -m data statline population"."""
    found: dict[str, click.Command] = {}

    def add(name: str, command: click.Command) -> None:
        found[name] = command
        for part, inner in getattr(command, "commands", {}).items():
            add(f"{name} {part}", inner)

    for name, app in (("python -m data", data_commands), ("python -m geo", geo_commands)):
        add(name, typer.main.get_command(app))
    return found


def test_every_command_is_told() -> None:
    told = "\n".join(code_in(ROOT / "docs" / "OPERATIONS.md")) + "\n"
    leaves = [name for name, command in commands().items() if not getattr(command, "commands", None)]
    assert len(leaves) > 15
    assert [name for name in leaves if not re.search(rf"^{re.escape(name)}\b", told, re.MULTILINE)] == []


def test_every_document_is_reached_from_the_readme() -> None:
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        path = ahead.pop()
        if path not in reached:
            reached.add(path)
            found = [target for target, _ in links(path)]
            ahead += [target for target in found if target.suffix == ".md"]
            ahead += [inside for target in found if target.is_dir() for inside in target.glob("*.md")]
    assert set(DOCUMENTS) - reached == set()


# What is named exists.


def links(path: Path) -> Iterator[tuple[Path, str]]:
    """Files that a document's relative links lead to, with the heading in them."""
    for target in re.findall(r"\]\(([^)\s]+)\)", read(path)):
        if "://" not in target:
            name, _, heading = target.partition("#")
            yield (path.parent / name).resolve() if name else path, heading


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", read(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@each_document
def test_links_lead_somewhere(path: Path) -> None:
    for target, heading in links(path):
        assert target.exists(), target
        assert not heading or heading in anchors(target), f"{target.name}#{heading}"


#: What looks like a path to a file: it has a folder or an extension. Addresses begin with a slash; `var/` is made.
_FILE = re.compile(r"[\w.*<>/-]+")
_EXTENSION = re.compile(r"\.(?:py|js|css|html|md|toml|txt|typ|csv|zip|json|png)\Z")


def files_named(path: Path) -> set[str]:
    return {
        word
        for word in code_in(path)
        if _FILE.fullmatch(word) and not word.startswith(("/", "var/")) and (_EXTENSION.search(word) or "/" in word)
    }


@each_document
def test_files_that_are_named_exist(path: Path) -> None:
    patterns = {name: re.sub(r"<\w+>", "*", name).rstrip("/") for name in files_named(path)}
    assert {
        name for name, pattern in patterns.items() if not any(any(at.glob(pattern)) for at in (ROOT, path.parent))
    } == set()


@each_document
def test_modules_that_are_named_exist(path: Path) -> None:
    ours = "|".join((*PACKAGES, "config"))
    for word in code_in(path):
        name = re.match(rf"(?:python -m )?((?:{ours})(?:\.\w+)+)(?![\w/])", word)
        if name and not _EXTENSION.search(name[1]):
            resolve_name(name[1])


@each_document
def test_commands_that_are_named_exist(path: Path) -> None:
    targets = set(re.findall(r"^([\w-]+):", read(ROOT / "Makefile"), re.MULTILINE))
    for line in code_in(path):
        words = line.split()
        if words[0] == "make":
            assert set(words[1:2]) <= targets, line
        begun = re.search(r"python -m (?:data|geo)\b(?!\.).*", line)
        if begun:
            words = begun[0].split("|")[0].split()
            named = max((name for name in commands() if words[: name.count(" ") + 1] == name.split()), key=len)
            command = commands()[named]
            assert not getattr(command, "commands", None) or words == named.split(), line
            options = {option for part in command.params for option in (*part.opts, *part.secondary_opts)}
            assert {word for word in words if word.startswith("--")} <= options | {"--help"}, line


@each_document
def test_settings_that_are_named_exist(path: Path) -> None:
    code = "".join(read(ROOT / name) for name in ("geo/__main__.py", "bench/rivals/figures.py"))
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} | set(re.findall(rf"{PREFIX}\w+", code))
    assert set(re.findall(rf"{PREFIX}\w+", read(path))) <= known


def test_terms_of_the_glossary_are_in_the_code() -> None:
    text = doc("ARCHITECTURE.md")
    terms = {
        term
        for row in re.findall(r"^\|[^|]+\|([^|]+)\|", text[text.index("## Words") :], re.MULTILINE)
        for term in re.findall(r"`(\w+)`", row)
    }
    assert len(terms) > 20
    code = "\n".join(read(path) for folder in ("data", "callbacks") for path in sorted((ROOT / folder).rglob("*.py")))
    assert {term for term in terms if not re.search(rf"(?<![a-z]){term}s?\b", code)} == set()
