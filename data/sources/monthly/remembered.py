"""The remembered mapping of a layout, as JSON by the fingerprint of its headings."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from data.sources.monthly.headings import heading_key
from data.sources.monthly.reading import Column, ColumnField, Reading, ReadingChoices, Sign

Json = dict[str, object]


_SHARED = frozenset({ColumnField.IGNORED, ColumnField.REALISED_IN_MONTH})
"""Fields that several columns may have."""


class MappingError(ValueError):
    """A remembered mapping in an unknown form."""


def mapping_to_json(reading: Reading) -> Json:
    """Write a person's choices for a layout: fields by heading, sign and names, not the moment.

    Parameters
    ----------
    reading : its `choices` are written, with the headings of its columns

    Returns
    -------
    `fields` (field by heading without its dates), `sign` and `names` (code by name as printed); ready
    for :mod:`json`. :func:`is_empty` says whether there is anything to remember.
    """
    keys = _keys(reading.columns)
    return {
        "fields": {keys[index]: str(what) for index, what in reading.choices.fields.items() if index in keys},
        "sign": None if reading.choices.sign is None else str(reading.choices.sign),
        "names": dict(reading.choices.names),
    }


def is_empty(mapping: Mapping[str, object]) -> bool:
    """Whether a mapping has no choices."""
    return not any(mapping.get(part) for part in ("fields", "sign", "names"))


def remembered_choices(
    mapping: Mapping[str, object], columns: Iterable[Column], choices: ReadingChoices | None = None
) -> ReadingChoices:
    """Apply a mapping to the columns of a file; choices made now take precedence.

    Parameters
    ----------
    mapping : as :func:`mapping_to_json` wrote it
    columns : of a first reading of the file
    choices : made now

    Raises
    ------
    MappingError
        When it is no such mapping; remember the layout anew.
    """
    choices = choices or ReadingChoices()
    fields, names, sign = mapping.get("fields") or {}, mapping.get("names") or {}, mapping.get("sign")
    if not isinstance(fields, Mapping) or not isinstance(names, Mapping):
        raise MappingError("De onthouden indeling is beschadigd: kies de kolommen opnieuw.")
    index = {key: place for place, key in _keys(columns).items()}
    try:
        known = {index[key]: ColumnField(str(what)) for key, what in fields.items() if key in index}
        plus = None if sign is None else Sign(str(sign))
    except ValueError as error:
        raise MappingError(f"De onthouden indeling is beschadigd ({error}): kies opnieuw.") from error
    # What was remembered to be the one column of a figure gives way to the column chosen for it now.
    single = {field for field in choices.fields.values() if field not in _SHARED}
    known = {place: field for place, field in known.items() if field not in single}
    return replace(
        choices,
        fields={**known, **choices.fields},
        sign=choices.sign or plus,
        names={**{str(name): str(code) for name, code in names.items()}, **choices.names},
    )


def _keys(columns: Iterable[Column]) -> dict[int, str]:
    """Key of each column; the second of one heading is "… #2"."""
    times: Counter[str] = Counter()
    keys = {}
    for column in columns:
        key = heading_key(column.heading)
        times[key] += 1
        keys[column.index] = key if times[key] == 1 else f"{key} #{times[key]}"
    return keys
