import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.dossier.selection import MAX_REMARKS, parse_selection
from geo.bundle import Bundle, load_bundle


@pytest.mark.parametrize(
    "word", ["GM0363", "gm0363", " GM0363 ", "363", "0363", "GM363", "Amsterdam", "amsterdam", "AMSTERDAM"]
)
def test_codes_and_names_are_resolved(bundle: Bundle, word: str) -> None:
    found = parse_selection(bundle, [word])
    assert (found.codes, found.remarks, found.unknown) == (("GM0363",), (), ())


@pytest.mark.parametrize("word", ["'s-Gravenhage", "’s-gravenhage", "Den Haag"])
def test_aliases_are_resolved(bundle: Bundle, word: str) -> None:
    assert parse_selection(bundle, [word]).codes == ("GM0518",)


def test_merged_municipality_is_replaced_with_a_remark(bundle: Bundle) -> None:
    found = parse_selection(bundle, ["GM0003", "delfZIJL"])
    assert found.codes == ("GM1979",)
    assert "Appingedam (GM0003) hoort nu bij Eemsdelta (GM1979)." in found.remarks
    assert "Delfzijl hoort nu bij Eemsdelta (GM1979)." in found.remarks
    assert found.unknown == ()


def test_split_municipality_is_ambiguous(bundle: Bundle) -> None:
    found = parse_selection(bundle, ["GM1671", "Maasdonk"])
    assert found.codes == ()
    assert all("verdeeld over" in remark and "Oss (GM0828)" in remark for remark in found.unknown)
    assert len(found.unknown) == 2


def test_duplicates_are_dropped_with_a_remark(bundle: Bundle) -> None:
    found = parse_selection(bundle, ["GM0344", "Utrecht", "GM0363", "344"])
    assert found.codes == ("GM0344", "GM0363")
    assert found.remarks == ("Meer dan eens gevraagd, één keer gemaakt: Utrecht.",)


def test_unknown_words_get_suggestions(bundle: Bundle) -> None:
    found = parse_selection(bundle, ["Amsterdm", "GM9999", "", " ", "Xyzzy"])
    assert found.codes == ()
    assert found.unknown == (
        "“Amsterdm” is geen gemeente. Bedoelde u Amsterdam (GM0363)?",
        "“GM9999” is geen gemeente. Geef een code als GM0363, of een naam.",
        "“Xyzzy” is geen gemeente. Geef een code als GM0363, of een naam.",
    )


def test_suggestions_prefer_prefixes(bundle: Bundle) -> None:
    (remark,) = parse_selection(bundle, ["bergen"]).unknown
    assert "Bedoelde u Bergen (L.) (GM0893), Bergen (NH.) (GM0373) of Bergen op Zoom (GM0748)?" in remark


def test_many_unknown_words_are_counted(bundle: Bundle) -> None:
    found = parse_selection(bundle, [f"onzin {place}" for place in range(MAX_REMARKS + 30)])
    assert len(found.unknown) == MAX_REMARKS + 1
    assert found.unknown[-1] == "Nog 30 andere woorden zijn geen gemeente."


def test_more_words_than_municipalities(bundle: Bundle) -> None:
    found = parse_selection(bundle, [*bundle.codes, *bundle.codes[:158]])
    assert found.codes == bundle.codes
    assert "Er zijn 500 gemeenten gevraagd; meer dan 342 zijn er niet." in found.remarks
    assert len(parse_selection(bundle, bundle.codes).remarks) == 0


def test_long_word_is_truncated(bundle: Bundle) -> None:
    (remark,) = parse_selection(bundle, ["x" * 5000]).unknown
    assert len(remark) < 200


@settings(max_examples=50)
@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_words_are_parsed_without_error(words: list[str]) -> None:
    bundle = load_bundle()
    found = parse_selection(bundle, words)
    assert set(found.codes) <= set(bundle.codes)
    assert len(set(found.codes)) == len(found.codes)
    asked = [word for word in words if word.strip()]
    assert len(found.codes) + len(found.unknown) <= len(asked)
