"""Scripts that a page preloads, and its styles."""

import re

import pytest

import app as application
from callbacks.web.scripts import ENTRIES, ORDER, STYLES, needed

SCRIPTS = {
    "main.js": '// No import "./never.js";\nimport { a } from "./a.js";\n() => import("./later.js");\n',
    "a.js": 'import { b } from "./b.js";\nexport const a = b;',
    "b.js": 'import { a } from "./a.js";\nexport * from "./c.js";',
    "c.js": "",
    "later.js": 'import "./a.js";\nimport {\n  c,\n} from "./c.js";',
    "never.js": "",
}


def test_needed_scripts_are_listed_once_entries_first() -> None:
    assert needed(SCRIPTS, ("main.js",)) == ["main.js", "a.js", "b.js", "c.js"]
    both = needed(SCRIPTS, ("main.js", "later.js"))
    assert both[:2] == ["main.js", "later.js"]
    assert sorted(both[2:]) == ["a.js", "b.js", "c.js"]


def test_dynamic_imports_are_not_needed_at_once() -> None:
    assert needed({**SCRIPTS, "c.js": ""}, ("c.js",)) == ["c.js"]


def test_imports_resolve_through_folders() -> None:
    scripts = {
        "main.js": 'import "./core/view.js";',
        "core/view.js": 'import { parse } from "../map/zoom.js";\nimport "./nodes.js";',
        "core/nodes.js": "",
        "map/zoom.js": "",
    }
    assert needed(scripts, ("main.js",)) == ["main.js", "core/view.js", "map/zoom.js", "core/nodes.js"]


def test_a_missing_script_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"d\.js"):
        needed({"a.js": 'import "./d.js";'}, ("a.js",))


def test_pages_do_not_fetch_scripts_of_other_pages() -> None:
    ours = application.app
    entries = {page: names[-1] for page, names in ENTRIES.items()}
    for page, names in ours.needed.items():
        assert names[0] == "main.js"
        assert set(names) <= set(ours.assets)
        assert not set(names) & (set(entries.values()) - {entries[page]})
    assert "pages/area/index.js" in ours.needed["area"]


def test_a_page_has_the_common_styles_and_its_own() -> None:
    folder = application.ASSETS / "css"
    texts = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.css")}
    assert sorted(texts) == sorted(ORDER)
    assert set(STYLES) < set(texts)
    assert set(application.app.styles) == set(ENTRIES)
    for page, styles in application.app.styles.items():
        assert {name for name, text in texts.items() if text in styles} == {
            name for name in texts if STYLES.get(name, page) == page
        }


def test_styles_of_a_page_are_used_by_no_other() -> None:
    """Classes prefixed with the name of a page occur only in its own templates and scripts."""
    for page in STYLES.values():
        name = page.removesuffix("s")
        for path in (application.ASSETS.parent / "layouts" / "templates").glob("*.html"):
            if not path.name.startswith(page):
                assert not re.search(rf'class="[^"]*\b{name}s?-', path.read_text("utf-8")), path.name
