"""Hash of a part of the code, for invalidating what was cached from it."""

from functools import cache
from hashlib import sha256
from pathlib import Path

PROJECT = Path(__file__).parents[1]


@cache
def code_version(*names: str, project: Path = PROJECT) -> str:
    """Hash the source files of packages and modules, sub-packages and data files included.

    Parameters
    ----------
    names : dotted names of packages and modules, as "data.dossier" or "data.targets"
    project : folder that the names are relative to

    Returns
    -------
    64 hexadecimal digits; any change of a file's content, name or place changes them.

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
