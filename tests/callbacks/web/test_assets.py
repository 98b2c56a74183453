"""Preloaded scripts and styles of each page."""

import re
from posixpath import dirname, join, normpath

import pytest
from flask.testing import FlaskClient

import app as application
from callbacks.pages.page import Page
from callbacks.pages.registry import PAGES
from callbacks.web.assets import BELOW, FOLDER, STYLES, imported, without_comments
from tests.paths import ROOT

SCRIPTS = {
    "main.js": '// No import "./never.js";\nimport { a } from "./a.js";\n() => import("./later.js");\n',
    "a.js": 'import { b } from "./b.js";\nexport const a = b;',
    "b.js": 'import { a } from "./a.js";\nexport * from "./c.js";',
    "c.js": "",
    "later.js": 'import "./a.js";\nimport {\n  c,\n} from "./c.js";',
    "never.js": "",
}


def test_needed_scripts_are_listed_once_entries_first() -> None:
    assert imported(SCRIPTS, ("main.js",)) == ["main.js", "a.js", "b.js", "c.js"]
    both = imported(SCRIPTS, ("main.js", "later.js"))
    assert both[:2] == ["main.js", "later.js"]
    assert sorted(both[2:]) == ["a.js", "b.js", "c.js"]


def test_dynamic_imports_are_not_needed_at_once() -> None:
    assert imported({**SCRIPTS, "c.js": ""}, ("c.js",)) == ["c.js"]


def test_imports_resolve_through_folders() -> None:
    scripts = {
        "main.js": 'import "./core/view.js";',
        "core/view.js": 'import { parse } from "../map/zoom.js";\nimport "./nodes.js";',
        "core/nodes.js": "",
        "map/zoom.js": "",
    }
    assert imported(scripts, ("main.js",)) == ["main.js", "core/view.js", "map/zoom.js", "core/nodes.js"]


def test_a_missing_script_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"d\.js"):
        imported({"a.js": 'import "./d.js";'}, ("a.js",))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_a_page_does_not_preload_scripts_of_other_pages(page: Page) -> None:
    assets = application.app.assets
    fetched = assets.scripts(page.script)
    assert fetched[:2] == [assets.addresses["main.js"], assets.addresses[page.script]]
    assert not set(fetched) & {assets.addresses[other.script] for other in PAGES if other.script != page.script}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_every_imported_script_is_preloaded(page: Page) -> None:
    names = {address: name for name, address in application.app.assets.addresses.items()}
    fetched = {names[address] for address in application.app.assets.scripts(page.script)}
    for name in fetched:
        text = (FOLDER / "js" / name).read_text("utf-8")
        found = re.findall(r'(?:from|^import) "(\..+?)";$', text, re.MULTILINE)
        assert {normpath(join(dirname(name), other)) for other in found} <= fetched, name


def test_scripts_are_sent_without_the_comments_of_their_own_lines() -> None:
    script = """// What it does.
import { a } from "./a.js"; // kept

/**
 * A block.
 * @param {string} b
 */
export function c(b) {
  /** Within. @type {string} */
  const d = /** @type {string} */ (a(b));
  // Said.
  return d + "// text" + /** @type {string} */ (b);
}
"""
    assert (
        without_comments(script)
        == """import { a } from "./a.js"; // kept
export function c(b) {
  const d = /** @type {string} */ (a(b));
  return d + "// text" + /** @type {string} */ (b);
}
"""
    )


def test_every_style_sheet_is_of_all_pages_or_one() -> None:
    files = {path.relative_to(FOLDER / "css").as_posix() for path in (FOLDER / "css").rglob("*.css")}
    assert sorted(files) == sorted([*STYLES, *{page.style for page in PAGES if page.style}])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_a_page_has_the_common_styles_then_its_own(page: Page) -> None:
    own = [page.style] if page.style else []
    rules = [_first_rule((FOLDER / "css" / name).read_text("utf-8")) for name in (*STYLES, *own)]
    styles = application.app.assets.styles(page.style)
    places = [styles.index(rule) for rule in rules]
    assert places == sorted(places)
    assert "/*" not in styles


def test_styles_of_what_stands_below_the_map_come_apart(client: FlaskClient) -> None:
    assets = application.app.assets
    later = client.get(assets.below)
    assert later.mimetype == "text/css"
    for name in STYLES:
        rule = _first_rule((FOLDER / "css" / name).read_text("utf-8")) + "\n"
        assert (rule in later.text) == (name in BELOW)
        assert (rule in assets.styles(None, below=False)) == (name not in BELOW)


def _first_rule(sheet: str) -> str:
    """The first line that opens a rule, without its indent."""
    return next(line.strip() for line in sheet.splitlines() if line.startswith((".", "@page", ":where")))


def classes(style: str) -> set[str]:
    """The classes that a style sheet below `css` has rules for."""
    rules = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", (FOLDER / "css" / style).read_text("utf-8"), flags=re.DOTALL)
    return set(re.findall(r"\.([a-z][\w-]+)", rules))


@pytest.mark.parametrize("page", [page for page in PAGES if page.style], ids=lambda page: page.key)
def test_what_only_one_page_styles_stands_on_no_other(page: Page) -> None:
    only = classes(str(page.style)).difference(*(classes(style) for style in STYLES))
    others = [classes(str(other.style)) for other in PAGES if other.style and other.key != page.key]
    templates = ROOT / "layouts" / "templates"
    for path in templates.rglob("*.html"):
        if path.relative_to(templates).parts[0].startswith(page.key):
            continue
        used = {name for found in re.findall(r'class="([^"]*)"', path.read_text("utf-8")) for name in found.split()}
        assert not used & only.difference(*others), path.name
