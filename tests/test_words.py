"""One word for one thing: what people read has no word that the vocabulary has another for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.glossary import TERMS
from tests.paths import ROOT

INSTEAD = {word: each.label for each in TERMS.values() for word in each.instead_of}
FORBIDDEN = re.compile(
    rf"(?<![\w/.{{-])(?:{'|'.join(sorted(map(re.escape, INSTEAD), key=len, reverse=True))})(?![\w=/-])", re.IGNORECASE
)

#: Files that say those words for a reason: they read what others wrote, quote a law, or list the words.
EXEMPT = {
    "data/commands/batch.py",
    "data/glossary.py",
    "data/sources/monthly",
    "data/example",
    "data/reference",
    "data/good_practices",
}


def files() -> Iterator[Path]:
    for folder in ("layouts", "callbacks", "data", "assets/js"):
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix in {".py", ".html", ".js", ".typ"} and not any(
                name == exempt or name.startswith(f"{exempt}/") for exempt in EXEMPT
            ):
                yield path


def texts(path: Path) -> Iterator[str]:
    """What a file may show to people: strings in code, and all of a template but its tags and comments."""
    text = path.read_text("utf-8").replace("&shy;", "").replace("\u00ad", "").replace("\\u00ad", "")
    if path.suffix == ".py":
        tree = ast.parse(text)
        hidden = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in hidden:
                yield node.value
    elif path.suffix == ".html":
        yield re.sub(r"{[%#].*?[%#]}|{{.*?}}", " ", text, flags=re.DOTALL)
    else:
        without = re.sub(r"/\*.*?\*/|^\s*//[^\n]*", " ", text, flags=re.DOTALL | re.MULTILINE)
        quoted = re.finditer(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`", without)
        yield from (re.sub(r"\${[^}]*}", " ", found[0]) for found in quoted)


def forbidden(path: Path) -> set[str]:
    return {found[0].lower() for text in texts(path) for found in FORBIDDEN.finditer(text)}


def test_pages_use_the_words_of_the_vocabulary() -> None:
    found = {path.relative_to(ROOT).as_posix(): forbidden(path) for path in files()}
    assert {name: {word: INSTEAD[word] for word in words} for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.py", '"""Over het saldo."""\nA = "Het saldo van 2022"\n', {"saldo"}),
        ("a.py", 'A = "realised"\nB = f"{A} gerealiseerd"\n', {"gerealiseerd"}),
        ("a.py", 'A = "/saldo.csv"\nB = "mensen gehuisvest"\n', set()),
        ("a.html", "{# saldo #}<p>Gereali&shy;seerd {{ saldo }}</p>", {"gerealiseerd"}),
        ("a.js", '// het saldo\nconst saldo = 1; const word = "Tekort";', {"tekort"}),
        ("a.js", "const word = `Nog te doen: ${tekort}`;", {"nog te doen"}),
    ],
)
def test_forbidden_words_are_found_where_people_read_them(
    name: str, text: str, words: set[str], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert forbidden(path) == words
