"""The house: what lies where, who may know whom, and that nothing comes from elsewhere."""

import ast
import re
import sys
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import app as application
from callbacks.pages.registry import PAGES
from callbacks.state.world import World
from geo.drawing import national_drawing, province_drawing
from layouts.panel import MunicipalityView
from tests.paths import ROOT

#: What the application is made of, and what tests and measures it.
HOUSE = ("callbacks", "data", "geo", "layouts")
BESIDE = ("bench", "docs", "tests")
SVG = "{http://www.w3.org/2000/svg}"


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


CODE = [*sorted(ROOT.glob("*.py")), *modules(*HOUSE)]
ALL = [*CODE, *modules(*BESIDE)]
JS = ROOT / "assets" / "js"
SCRIPTS = sorted(JS.rglob("*.js"))
STYLES = sorted((ROOT / "assets" / "css").rglob("*.css"))


@cache
def read(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(read(path))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def offenders(paths: Iterable[Path], amiss: Callable[[Path], object]) -> dict[str, object]:
    """Files with what is amiss in them, which is nothing in a sound house."""
    return {named(path): found for path in paths if (found := amiss(path))}


def imported(path: Path) -> set[str]:
    """Full names of what a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{named(path)} imports by a relative path"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def tops(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


# The codes of everything that is joined by code.


@pytest.fixture(scope="module")
def codes(world: World) -> list[str]:
    return list(world.bundle.codes)


def drawn(svg: str) -> list[str]:
    return [str(path.get("id")) for path in ET.fromstring(svg)[0].iter(f"{SVG}path")]  # noqa: S314  our own


def test_geometry_register_and_figures_have_the_same_codes(codes: list[str], world: World) -> None:
    snapshot = world.snapshot
    assert len(codes) == 342
    assert drawn(national_drawing(world.bundle)) == codes
    assert list(world.bundle.overview.shapes) == list(world.bundle.detail.shapes) == codes
    assert list(world.bundle.register["gm_code"]) == codes
    assert list(snapshot.registry["gm_code"]) == codes
    assert sorted(snapshot.figures["gm_code"].unique()) == codes
    assert sorted(snapshot.inhabitants["gm_code"].unique()) == codes
    for period, day in world.moments[::6]:
        assert list(snapshot.wide_on(period, day)["gm_code"]) == codes


def test_places_and_travel_are_of_the_same_codes(codes: list[str], world: World) -> None:
    bundle = world.bundle
    provinces = [province.code for province in bundle.provinces]
    assert len(provinces) == 12
    assert set(bundle.province_of.values()) == set(provinces)
    for places in (bundle.label_points, bundle.bounding_boxes):
        assert set(places) == {*codes, *provinces}
    assert set(bundle.travel) == set(bundle.neighbours) == set(codes)
    assert {there for steps in bundle.travel.values() for there in steps.values()} == set(codes)


def test_each_province_draws_all_its_own(codes: list[str], world: World) -> None:
    for province in world.bundle.provinces:
        inside = {code for code in codes if world.bundle.province_of[code] == province.code}
        ids = set(re.findall(r'id="(GM\d{4})"', province_drawing(world.bundle, province.code)))
        assert inside <= ids <= set(codes)


# Who may know whom: source, store, snapshot, callbacks, layouts, browser.


OF_PAGES = {"dash", "dash_mantine_components", "dash_ag_grid", "flask", "plotly", "gunicorn"}


def test_figures_and_ground_know_nothing_of_pages() -> None:
    unknown = {*OF_PAGES, "app", "callbacks", "layouts"}
    assert offenders(modules("data", "geo"), lambda path: tops(imported(path)) & unknown) == {}
    # Settings are for who begins something: the command line does.
    inside = [path for path in modules("data", "geo") if path.parent.name != "commands"]
    assert offenders(inside, lambda path: tops(imported(path)) & {"config"}) == {}


@cache
def arrows() -> dict[str, set[str]]:
    """What each package, and each module beside packages, may import: the tables of the architecture."""
    allowed: dict[str, set[str]] = {}
    text = read(ROOT / "docs" / "ARCHITECTURE.md")
    for names, others in re.findall(r"^\| (`(?:data|callbacks)/[^|]+) \|[^|]+\|([^|]*)\|$", text, re.MULTILINE):
        packages = [name.strip("/").removesuffix(".py").replace("/", ".") for name in re.findall("`(.+?)`", names)]
        top = packages[0].partition(".")[0]
        above = {name for name in allowed if name.startswith(top)} | {"geo"}
        told = {name if name == "geo" else f"{top}.{name}" for name in re.findall("`(.+?)`", others)}
        allowed |= dict.fromkeys(packages, above if "all above" in others else told)
    return allowed


def package_of(name: str) -> str:
    """The package in those tables that a module, or a name in one, belongs to; its top folder when it is in none."""
    found = [package for package in arrows() if f"{name}.".startswith(f"{package}.")]
    return max(found, key=len, default=name.partition(".")[0])


def test_packages_import_what_the_architecture_allows() -> None:
    #: They put packages together; the rest of the root speaks for all packages, and knows none of them.
    joining = {"data/__main__.py", "data/bootstrap.py"}

    def beyond(path: Path) -> set[str]:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        top, own = module.partition(".")[0], package_of(module)
        if own == top and module.count(".") > 1 and path.name != "__init__.py":
            return {f"{module} is in no package of docs/ARCHITECTURE.md"}
        # Which packages of data/ a page uses is its own affair.
        others = {package_of(name) for name in imported(path) if top == "data" or name.startswith(top)}
        return {name for name in others if "." in name or name == "geo"} - arrows().get(own, set()) - {own}

    paths = [path for path in modules("data", "callbacks") if named(path) not in joining]
    assert offenders(paths, beyond) == {}


def test_arrows_between_packages_make_no_circle() -> None:
    left = {package: {name for name in others if name in arrows()} for package, others in arrows().items()}
    while free := [package for package, others in left.items() if not others & set(left)]:
        for package in free:
            del left[package]
    assert left == {}


def test_layouts_reckon_no_figure() -> None:
    unknown = {"app", "callbacks", "config", "geo", "pandas", "numpy", "flask"}
    assert offenders(modules("layouts"), lambda path: tops(imported(path)) & unknown) == {}

    def of_figures(path: Path) -> set[str]:
        """Of the figures they take the words and the colours; what is shown comes in as values."""
        return {name for name in imported(path) if name.count(".") == 1 and name.startswith("data.")} - {
            "data.palette",
            "data.formatting",
        }

    assert offenders(modules("layouts"), of_figures) == {}


def test_a_view_holds_values_and_no_tables() -> None:
    for name, kind in MunicipalityView.__annotations__.items():
        assert not re.search(r"DataFrame|Series|Snapshot|Any|object", str(kind)), name


def test_the_house_leans_on_nothing_beside_it() -> None:
    beside = {*BESIDE, "pytest", "hypothesis", "playwright"}
    assert offenders(CODE, lambda path: tops(imported(path)) & beside) == {}
    assert offenders(modules(*HOUSE), lambda path: tops(imported(path)) & {"app"}) == {}


def test_one_class_reads_the_environment() -> None:
    others = [path for path in CODE if path != ROOT / "config.py"]
    assert offenders(others, lambda path: re.findall(r"\bos\.environ\b|import environ\b|\bgetenv\b", read(path))) == {}


# Every file.


def test_the_first_line_says_what_a_module_is_for() -> None:
    assert offenders(CODE, lambda path: not re.match(r'"""[^\n]*[.:;,\w"]', read(path))) == {}
    assert offenders(CODE, lambda path: not re.search(r"[.:]", ast.get_docstring(tree(path)) or "")) == {}
    assert offenders(SCRIPTS, lambda path: not read(path).startswith("// ")) == {}


def test_no_file_is_longer_than_one_can_read() -> None:
    files = [*ALL, *SCRIPTS, *STYLES]
    most = {".py": 450, ".js": 450, ".css": 550}  # the formatter gives each declaration of a long rule its own line
    assert offenders(files, lambda path: max(0, read(path).count("\n") - most[path.suffix])) == {}
    assert offenders(files, lambda path: re.findall(r"[\r\t]|[^\n]\Z", read(path))) == {}


def written() -> list[Path]:
    """Every file of text that people wrote, this one left out since it says what is not allowed."""
    kinds = {".py", ".js", ".css", ".html", ".md", ".svg", ".toml", ".txt", ".yml"}
    inside = [path for folder in (*HOUSE, *BESIDE, "assets") for path in (ROOT / folder).rglob("*")]
    return [
        path
        for path in [*inside, *ROOT.glob("*.*"), ROOT / "Makefile", ROOT / ".ci" / "run"]
        if path.is_file() and (path.suffix in kinds or path.name in ("Makefile", "run")) and path != Path(__file__)
    ]


def test_nothing_is_left_for_later() -> None:
    later = r"\b(?:TODO|FIXME|XXX|HACK)\b|breakpoint\(\)|console\.log|debugger;"
    assert len(written()) > 100
    assert offenders(written(), lambda path: re.findall(later, read(path))) == {}


def test_no_machine_is_named() -> None:
    places = r"(?<![\w.])/(?:work|root|home|tmp)/\w+"
    assert offenders(written(), lambda path: re.findall(places, read(path))) == {}


def test_the_house_prints_only_where_it_is_a_command() -> None:
    def printed(path: Path) -> list[int]:
        return [
            node.lineno
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        ]

    assert offenders([path for path in CODE if path.name not in ("__main__.py", "gunicorn.conf.py")], printed) == {}


# Nothing from elsewhere.


def scripts_of(path: Path, pattern: str) -> list[Path]:
    """Scripts that a script names by the only group of a pattern, from its own folder."""
    names = re.findall(pattern, read(path), re.MULTILINE)
    assert all(name.startswith(("./", "../")) for name in names), f"{path.name}: {names}"
    return [(path.parent / name).resolve() for name in names]


def test_scripts_import_only_each_other() -> None:
    for path in SCRIPTS:
        for pattern in (
            r"""^\s*(?:import|export)\b[^"'`;]*?\bfrom\s+["'](.+?)["']""",
            r"""^\s*import\s+["'](.+?)["']""",
            r"""import\(["'](.+?)["']\)""",
        ):
            assert set(scripts_of(path, pattern)) <= set(SCRIPTS), path.name


def test_every_script_is_reached_from_the_first() -> None:
    reached, ahead = set(), [JS / "main.js", *(JS / page.script for page in PAGES)]
    while ahead:
        path = ahead.pop()
        if path not in reached:
            reached.add(path)
            ahead += scripts_of(path, r'(?:from |import\(|import )"(.+?)"')
    assert reached == set(SCRIPTS)
    assert {path.relative_to(JS).as_posix() for path in SCRIPTS} == set(application.app.assets.addresses)


#: Names of things in XML, which nobody fetches.
NAMESPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_no_address_of_a_third_party_is_in_what_a_browser_gets() -> None:
    files = [
        path
        for folder in ("assets", "layouts", "callbacks")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".js", ".css", ".html", ".py", ".svg"}
    ]
    assert len(files) > 40

    def elsewhere(path: Path) -> set[str]:
        absolute = set(re.findall(r"(?:https?:|wss?:)//[^\s\"'`)<>]+", read(path))) - NAMESPACES
        return absolute | set(re.findall(r"""(?:src|href|url\()\s*=?\s*["']?//|@import""", read(path)))

    assert offenders(files, elsewhere) == {}


def test_scripts_run_no_text() -> None:
    runs = r"\beval\(|new Function\(|document\.write|insertAdjacentHTML|setTimeout\(\s*[\"']"
    assert offenders(SCRIPTS, lambda path: re.findall(runs, read(path))) == {}


# What it needs.


def pins(name: str) -> dict[str, str]:
    """Names in a requirements file and what stands behind them."""
    lines = [line.partition("#")[0].strip() for line in read(ROOT / name).splitlines()]
    wanted = [line for line in lines if line and not line.startswith("-")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in wanted), wanted
    pinned = {
        re.sub(r"[-_.]+", "-", package).lower(): version
        for package, _, version in (line.partition("==") for line in wanted)
    }
    assert len(pinned) == len(wanted), f"{name} names something twice"
    return pinned


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "constraints.txt"])
def test_every_version_is_pinned(name: str) -> None:
    assert pins(name)


def test_pins_agree() -> None:
    locked = pins("constraints.txt")
    for name in ("requirements.txt", "requirements-dev.txt"):
        for package, version in pins(name).items():
            assert locked[package] == version, f"{package}: make lock"
    assert "-c constraints.txt" in read(ROOT / "requirements.txt")
    assert "-r requirements.txt" in read(ROOT / "requirements-dev.txt")
    assert not set(pins("requirements.txt")) & set(pins("requirements-dev.txt"))


def packages(paths: list[Path]) -> dict[str, set[str]]:
    """Packages of others by the name that pip knows, with who imports them."""
    known = packages_distributions()
    ours = {*HOUSE, *BESIDE, "app", "config"}
    found: dict[str, set[str]] = {}
    for path in paths:
        for top in tops(imported(path)) - ours - set(sys.stdlib_module_names):
            assert top in known, f"{named(path)} imports {top}, which is not installed"
            name = re.sub(r"[-_.]+", "-", known[top][0]).lower()
            found.setdefault(name, set()).add(named(path))
    return found


def test_what_is_imported_is_pinned() -> None:
    runs = pins("requirements.txt")
    assert {name: where for name, where in packages(CODE).items() if name not in runs} == {}
    locked = pins("constraints.txt")
    assert {name: where for name, where in packages(ALL).items() if name not in locked} == {}


def test_versions_of_python_agree() -> None:
    project = read(ROOT / "pyproject.toml")
    make = read(ROOT / "Makefile")
    (required,) = re.findall(r'requires-python = ">=(\d+\.\d+)"', project)
    assert required == "3.11"
    assert re.findall(r'target-version = "py(\d)(\d+)"', project) == [tuple(required.split("."))]
    assert re.findall(r'python_version = "([\d.]+)"', project) == [required]
    assert re.findall(r"sys\.version_info < \((\d+), (\d+)\)", make) == [tuple(required.split("."))]
    assert f"Python {required} or newer" in make
    assert sys.version_info >= (3, 11)


def test_ci_checks_and_tests_by_make() -> None:
    run = ROOT / ".ci" / "run"
    text = read(run)
    assert "make check" in text
    assert "make test" in text
    assert run.stat().st_mode & 0o111
    targets = re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), re.MULTILINE)
    assert {"run", "test", "check", "bench"} <= set(targets)
