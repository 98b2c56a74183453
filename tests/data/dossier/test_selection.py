import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.dossier.selection import NAMED, read_asked
from geo.bundle import Bundle, load_bundle


@pytest.mark.parametrize(
    "word", ["GM0363", "gm0363", " GM0363 ", "363", "0363", "GM363", "Amsterdam", "amsterdam", "AMSTERDAM"]
)
def test_codes_and_names_are_understood(bundle: Bundle, word: str) -> None:
    found = read_asked(bundle, [word])
    assert (found.codes, found.remarks, found.unknown) == (("GM0363",), (), ())


@pytest.mark.parametrize("word", ["'s-Gravenhage", "’s-gravenhage", "Den Haag"])
def test_other_names_are_understood(bundle: Bundle, word: str) -> None:
    assert read_asked(bundle, [word]).codes == ("GM0518",)


def test_who_merged_is_now_another_and_that_is_told(bundle: Bundle) -> None:
    found = read_asked(bundle, ["GM0003", "delfZIJL"])
    assert found.codes == ("GM1979",)
    assert "Appingedam (GM0003) hoort nu bij Eemsdelta (GM1979)." in found.remarks
    assert "Delfzijl hoort nu bij Eemsdelta (GM1979)." in found.remarks
    assert found.unknown == ()


def test_who_was_divided_must_be_chosen(bundle: Bundle) -> None:
    found = read_asked(bundle, ["GM1671", "Maasdonk"])
    assert found.codes == ()
    assert all("verdeeld over" in said and "Oss (GM0828)" in said for said in found.unknown)
    assert len(found.unknown) == 2


def test_twice_is_once(bundle: Bundle) -> None:
    found = read_asked(bundle, ["GM0344", "Utrecht", "GM0363", "344"])
    assert found.codes == ("GM0344", "GM0363")
    assert found.remarks == ("Meer dan eens gevraagd, één keer gemaakt: Utrecht.",)


def test_what_is_unknown_is_named_with_what_comes_near(bundle: Bundle) -> None:
    found = read_asked(bundle, ["Amsterdm", "GM9999", "", " ", "Xyzzy"])
    assert found.codes == ()
    assert found.unknown == (
        "“Amsterdm” is geen gemeente. Bedoelde u Amsterdam (GM0363)?",
        "“GM9999” is geen gemeente. Geef een code als GM0363, of een naam.",
        "“Xyzzy” is geen gemeente. Geef een code als GM0363, of een naam.",
    )


def test_those_that_begin_with_the_word_are_the_nearest(bundle: Bundle) -> None:
    (said,) = read_asked(bundle, ["bergen"]).unknown
    assert "Bedoelde u Bergen (L.) (GM0893), Bergen (NH.) (GM0373) of Bergen op Zoom (GM0748)?" in said


def test_many_that_are_unknown_are_counted(bundle: Bundle) -> None:
    found = read_asked(bundle, [f"onzin {place}" for place in range(NAMED + 30)])
    assert len(found.unknown) == NAMED + 1
    assert found.unknown[-1] == "Nog 30 andere woorden zijn geen gemeente."


def test_five_hundred_are_more_than_there_are(bundle: Bundle) -> None:
    found = read_asked(bundle, [*bundle.codes, *bundle.codes[:158]])
    assert found.codes == bundle.codes
    assert "Er zijn 500 gemeenten gevraagd; meer dan 342 zijn er niet." in found.remarks
    assert len(read_asked(bundle, bundle.codes).remarks) == 0


def test_a_long_word_is_repeated_in_part(bundle: Bundle) -> None:
    (said,) = read_asked(bundle, ["x" * 5000]).unknown
    assert len(said) < 200


@settings(max_examples=50)
@given(st.lists(st.text(max_size=12), max_size=8))
def test_whatever_is_asked_is_answered(words: list[str]) -> None:
    bundle = load_bundle()
    found = read_asked(bundle, words)
    assert set(found.codes) <= set(bundle.codes)
    assert len(set(found.codes)) == len(found.codes)
    asked = [word for word in words if word.strip()]
    assert len(found.codes) + len(found.unknown) <= len(asked)
