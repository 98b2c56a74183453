"""The house: what lies where, which package may import which, and that nothing comes from elsewhere."""

import ast
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import app as application
from callbacks.pages.registry import PAGES
from callbacks.state.paths import Addresses
from callbacks.state.world import World
from geo.drawing import national_drawing, province_drawing
from layouts.panel import MunicipalityView
from tests.paths import ROOT
from tests.source import (
    ALL,
    BESIDE,
    CODE,
    HOUSE,
    JS,
    SCRIPTS,
    STYLES,
    imported,
    modules,
    named,
    offenders,
    read,
    tops,
    tree,
)  # fmt: skip

SVG = "{http://www.w3.org/2000/svg}"


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


OF_PAGES = {"dash", "dash_mantine_components", "flask", "plotly", "gunicorn"}


def test_figures_and_ground_know_nothing_of_pages() -> None:
    unknown = {*OF_PAGES, "app", "callbacks", "layouts"}
    assert offenders(modules("data", "geo"), lambda path: tops(imported(path)) & unknown) == {}
    # Settings are for who begins something: the command line does.
    inside = [path for path in modules("data", "geo") if path.parent.name != "commands"]
    assert offenders(inside, lambda path: tops(imported(path)) & {"config"}) == {}


def test_layouts_reckon_no_figure() -> None:
    unknown = {"app", "callbacks", "config", "geo", "pandas", "numpy", "flask"}
    assert offenders(modules("layouts"), lambda path: tops(imported(path)) & unknown) == {}

    def of_figures(path: Path) -> set[str]:
        """Of the figures they take the words and the colours; what is shown comes in as values."""
        return {name for name in imported(path) if name.count(".") == 1 and name.startswith("data.")} - {
            "data.palette",
            "data.formatting",
            "data.glossary",
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


# The packages: which may import which.

#: What each package of `data` may import, besides `geo` and the modules that lie in `data` itself.
ARROWS: dict[str, set[str]] = {
    "data.reference": set(),
    "data.store": set(),
    "data.sources.formats": set(),
    "data.sources.statline": set(),
    "data.sources.monthly": {"data.sources.formats"},
    "data.example": {"data.reference"},
    "data.practices": {"data.reference"},
    "data.snapshot": {"data.example", "data.reference", "data.store"},
    "data.analysis": {"data.snapshot"},
    "data.export": {"data.analysis", "data.snapshot", "data.store"},
    "data.visits": {"data.analysis", "data.export", "data.snapshot"},
    "data.ingest": {"data.sources.formats", "data.sources.monthly", "data.store"},
    "data.dossier": {"data.analysis", "data.practices", "data.reference", "data.snapshot"},
    "data.commands": {
        "data.analysis", "data.dossier", "data.export", "data.ingest", "data.practices", "data.snapshot",
        "data.sources.formats", "data.sources.monthly", "data.sources.statline", "data.store",
    },
    # Of `callbacks` a module counts as a package.
    "callbacks.auth": set(),
    "callbacks.web": set(),
    "callbacks.state": set(),
    "callbacks.payload": {"callbacks.state", "callbacks.web"},
    "callbacks.live": {"callbacks.payload", "callbacks.state", "callbacks.web"},
    "callbacks.pages": {
        "callbacks.auth", "callbacks.live", "callbacks.payload", "callbacks.state", "callbacks.web",
    },
    "callbacks.server": {"callbacks.live"},
    "callbacks.document": {
        "callbacks.live", "callbacks.pages", "callbacks.payload", "callbacks.state", "callbacks.web",
    },
}  # fmt: skip
#: Modules directly in `data` that begin something, and the packages that they may import.
BEGINNERS = {"data.bootstrap": {"data.example", "data.store"}, "data.__main__": {"data.commands"}}


def package_of(module: str) -> str | None:
    """The package of the table that a module lies in."""
    return next((name for name in ARROWS if module == name or module.startswith(f"{name}.")), None)


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def packages_imported(path: Path) -> set[str]:
    """Packages of the same half of the program that a module imports, its own left out."""
    here = dotted(path)
    half, own = here.partition(".")[0], package_of(here)
    found = {package_of(name) for name in imported(path) if name.partition(".")[0] == half}
    return {name for name in found if name is not None and name != own}


def test_every_module_of_a_package_is_in_the_table() -> None:
    direct = {"data", "callbacks", "data.sources"}
    outside = [dotted(path) for path in modules("data", "callbacks") if package_of(dotted(path)) is None]
    assert [name for name in outside if name not in direct and name.rpartition(".")[0] != "data"] == []
    assert len([name for name in outside if name.rpartition(".")[0] == "data"]) <= 19


def test_packages_import_as_the_table_says() -> None:
    """No more than that, and no less: an arrow that nobody needs goes."""
    found: dict[str, set[str]] = {name: set() for name in ARROWS}
    for path in modules("data", "callbacks"):
        here = package_of(dotted(path))
        if here:
            found[here] |= packages_imported(path)
    assert found == ARROWS


def test_no_package_imports_itself_through_others() -> None:
    """The table can be put in an order in which each package imports only what stands before it."""
    left, placed = dict(ARROWS), set[str]()
    while ready := [name for name, others in left.items() if others <= placed]:
        placed.update(ready)
        for name in ready:
            del left[name]
    assert left == {}


def test_modules_directly_in_data_import_no_package() -> None:
    for path in sorted((ROOT / "data").glob("*.py")):
        assert packages_imported(path) <= BEGINNERS.get(dotted(path), set()), named(path)


def test_the_architecture_tells_the_same_arrows() -> None:
    text = read(ROOT / "docs" / "ARCHITECTURE.md")
    told: dict[str, set[str]] = {}
    for names, others in re.findall(r"^\| (`(?:data|callbacks)/[^|]+) \|[^|]+\|([^|]*)\|$", text, re.MULTILINE):
        packages = [name.strip("/").removesuffix(".py").replace("/", ".") for name in re.findall("`(.+?)`", names)]
        half = packages[0].partition(".")[0]
        above = {name for name in told if name.startswith(half)}
        named_there = {f"{half}.{name}" for name in re.findall("`(.+?)`", others) if name != "geo"}
        told |= dict.fromkeys(packages, above if "all above" in others else named_there)
    assert set(told) == set(ARROWS)
    assert {name: there - told[name] for name, there in ARROWS.items() if there - told[name]} == {}


def face(package: str) -> set[str]:
    """What a package hands on: the names in its `__all__`."""
    init = ROOT.joinpath(*package.split("."), "__init__.py")
    for node in tree(init).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def test_others_import_from_a_package_what_it_hands_on() -> None:
    def behind_the_face(path: Path) -> set[str]:
        here = package_of(dotted(path))
        found = set()
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            package = package_of(node.module)
            if package is None or package == here or not package.startswith("data.") or package == "data.commands":
                continue
            inside = node.module.removeprefix(package).removeprefix(".").partition(".")[0]
            names = {inside} if inside else {alias.name for alias in node.names}
            found |= {f"{package}.{name}" for name in names - face(package)}
        return found

    assert offenders(CODE, behind_the_face) == {}


# The pages: what differs from page to page stands in its own package.


def test_no_page_is_decided_on_elsewhere() -> None:
    """Nothing compares the key of a page, in Python or in scripts, outside the page's own module."""
    keys = "|".join(page.key for page in PAGES)
    python = [path for path in CODE if "pages" not in path.relative_to(ROOT).parts]
    scripts = [path for path in SCRIPTS if "pages" not in path.relative_to(JS).parts]
    decides = rf"""\b(?:page|to|key)\s*(?:===?|!==?|in)\s*[("']+(?:{keys})\b|case "(?:{keys})\""""
    assert offenders([*python, *scripts], lambda path: re.findall(decides, read(path))) == {}


def test_no_path_of_a_page_stands_elsewhere() -> None:
    addresses = Addresses(PAGES)
    bases = [addresses.base(page.key) for page in PAGES if addresses.base(page.key) != "/"]
    areas = set(addresses.for_browser()["folders"].values())
    literal = rf"""["'`(](?:{"|".join([*bases, *(f"/{folder}" for folder in areas)])})(?=["'`/?#]|$)"""
    files = [
        path
        for folder in ("callbacks", "layouts", "assets", "data")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".html", ".js"} and "pages" not in path.relative_to(ROOT).parts
    ]

    def literals(path: Path) -> list[str]:
        if path.suffix != ".py":
            return re.findall(literal, read(path), re.MULTILINE)
        documentation = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
        texts = [
            repr(node.value)
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
        ]
        return [text for text in texts if re.search(literal, text)]

    # That of the good practices stands beside them, since dossiers print it; that of the explanation is in each term.
    beside = {ROOT / "data" / "practices" / "catalogue.py", ROOT / "data" / "glossary.py"}
    elsewhere = [path for path in files if path not in beside]
    assert offenders([*elsewhere, ROOT / "app.py"], literals) == {}


# Every file.


def test_the_first_line_says_what_a_module_is_for() -> None:
    assert offenders(CODE, lambda path: not re.match(r'"""[^\n]*[.:;,\w"]', read(path))) == {}
    assert offenders(CODE, lambda path: not re.search(r"[.:]", ast.get_docstring(tree(path)) or "")) == {}
    assert offenders(SCRIPTS, lambda path: not read(path).startswith("// ")) == {}


def test_first_lines_of_docstrings_are_short() -> None:
    def long_lines(path: Path) -> list[str]:
        nodes = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
        lines = [(ast.get_docstring(node) or "").partition("\n")[0] for node in nodes]
        return [line for line in lines if len(line) > 90]

    assert offenders([*CODE, *modules("bench", "docs")], long_lines) == {}


def test_public_class_names_mean_one_thing() -> None:
    where: dict[str, list[str]] = {}
    for path in CODE:
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where.setdefault(node.name, []).append(named(path))
    assert {name: paths for name, paths in where.items() if len(paths) > 1} == {}


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
