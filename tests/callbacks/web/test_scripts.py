"""Which scripts a page fetches ahead, and which styles it has."""

import re
from posixpath import dirname, join, normpath

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


def test_each_script_that_is_needed_comes_once_and_the_first_first() -> None:
    assert needed(SCRIPTS, ("main.js",)) == ["main.js", "a.js", "b.js", "c.js"]
    both = needed(SCRIPTS, ("main.js", "later.js"))
    assert both[:2] == ["main.js", "later.js"]
    assert sorted(both[2:]) == ["a.js", "b.js", "c.js"]


def test_what_comes_later_comes_later() -> None:
    assert needed({**SCRIPTS, "c.js": ""}, ("c.js",)) == ["c.js"]


def test_imports_lead_through_folders() -> None:
    scripts = {
        "main.js": 'import "./core/view.js";',
        "core/view.js": 'import { parse } from "../map/zoom.js";\nimport "./nodes.js";',
        "core/nodes.js": "",
        "map/zoom.js": "",
    }
    assert needed(scripts, ("main.js",)) == ["main.js", "core/view.js", "map/zoom.js", "core/nodes.js"]


def test_a_script_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"d\.js"):
        needed({"a.js": 'import "./d.js";'}, ("a.js",))


def test_pages_fetch_no_script_of_another_page() -> None:
    ours = application.app
    entries = {page: names[-1] for page, names in ENTRIES.items()}
    for page, names in ours.needed.items():
        assert names[0] == "main.js"
        assert set(names) <= set(ours.assets)
        assert not set(names) & (set(entries.values()) - {entries[page]})
    assert "pages/area/index.js" in ours.needed["area"]


def test_every_script_that_a_page_imports_is_fetched_ahead() -> None:
    ours = application.app
    for names in ours.needed.values():
        for name in names:
            path = application.ASSETS / "js" / name
            imported = re.findall(r'(?:from|^import) "(\..+?)";$', path.read_text("utf-8"), re.MULTILINE)
            assert {normpath(join(dirname(name), other)) for other in imported} <= set(names), name


def test_a_page_has_the_styles_of_all_and_its_own() -> None:
    folder = application.ASSETS / "css"
    texts = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.css")}
    assert sorted(texts) == sorted(ORDER)
    assert set(STYLES) < set(texts)
    assert set(application.app.styles) == set(ENTRIES)
    for page, styles in application.app.styles.items():
        assert {name for name, text in texts.items() if text in styles} == {
            name for name in texts if STYLES.get(name, page) == page
        }


def test_styles_of_one_page_are_asked_for_by_no_other() -> None:
    """Classes that begin with the name of a page stand in its own templates and scripts alone."""
    for page in STYLES.values():
        name = page.removesuffix("s")
        for path in (application.ASSETS.parent / "layouts" / "templates").glob("*.html"):
            if not path.name.startswith(page):
                assert not re.search(rf'class="[^"]*\b{name}s?-', path.read_text("utf-8")), path.name
