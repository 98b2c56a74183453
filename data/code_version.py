"""The version of a part of the program, for what is kept as long as that part stays the same."""

from functools import cache
from hashlib import sha256
from pathlib import Path

PROJECT = Path(__file__).parents[1]


@cache
def code_version(*names: str, project: Path = PROJECT) -> str:
    """Hash the source files of packages and modules, sub-packages and data files included.

    Parameters
    ----------
    names : str
        Dotted names of packages and modules, as "data.dossier" or "data.targets".
    project : Path
        Folder that the names are relative to.

    Returns
    -------
    str
        64 hexadecimal digits; another content, name or place of any file makes it another.

    Raises
    ------
    FileNotFoundError
        When there is no package or module of that name.
    """
    digest = sha256()
    for name in names:
        place = project.joinpath(*name.split("."))
        for path in _files(place) if place.is_dir() else [place.with_suffix(".py")]:
            digest.update(path.relative_to(project).as_posix().encode() + b"\0")
            digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
