from data.areas import Area
from data.dossier.lessons import MOST, lessons
from data.practices import THEMES, Practice

THEME, OTHER = list(THEMES)[:2]
AREAS = [
    Area("NL", "Nederland", "country", ("GM0001", "GM0002", "GM0003", "GM0004", "GM0005")),
    Area("CR01", "Streek", "corop", ("GM0001", "GM0003")),
    Area("PV20", "Provincie", "province", ("GM0001", "GM0002", "GM0003", "GM0004")),
]


def practice(name: str, *codes: str, themes: tuple[str, ...] = (OTHER,)) -> Practice:
    return Practice(name, name.title(), "Ergens", codes, themes, (), "", (), None, (), "Kort.", (), ())


def chosen(*practices: Practice, themes: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    found = lessons(practices, "GM0001", AREAS, ["GM0002"], ["GM0005"], themes)
    return [(lesson.id, lesson.why) for lesson in found]


def test_lessons_sort_by_nearness_with_reasons() -> None:
    assert chosen(
        practice("kind", "GM0005"),
        practice("province", "GM0004"),
        practice("region", "GM0003"),
        practice("beside", "GM0002"),
    ) == [
        ("beside", "Uit een buurgemeente."),
        ("region", "Uit hetzelfde COROP-gebied."),
        ("province", "Uit dezelfde provincie."),
        ("kind", "Uit een vergelijkbare gemeente."),
    ]


def test_own_practice_is_marked() -> None:
    assert chosen(practice("own", "GM0001")) == [("own", "Van deze gemeente zelf.")]


def test_distant_practice_needs_a_theme() -> None:
    far = practice("far", "GM9999", themes=(THEME, OTHER))
    assert chosen(far) == []
    assert chosen(far, themes=(THEME,)) == [("far", f"Gaat over “{THEMES[THEME]}”.")]
    assert chosen(practice("far", "GM9999"), themes=(THEME,)) == []


def test_ties_prefer_a_theme() -> None:
    found = chosen(practice("one", "GM0002"), practice("two", "GM0002", themes=(THEME,)), themes=(THEME,))
    assert found == [
        ("two", f"Uit een buurgemeente, en gaat over “{THEMES[THEME]}”."),
        ("one", "Uit een buurgemeente."),
    ]


def test_lessons_are_limited() -> None:
    many = [practice(f"p{place}", "GM0002") for place in range(MOST + 3)]
    assert [name for name, _ in chosen(*many)] == [each.id for each in many[:MOST]]


def test_address_is_the_anchor_on_the_page() -> None:
    (found,) = lessons([practice("own", "GM0001")], "GM0001", AREAS, [], [], [], "https://x.nl/")
    assert found.address == "https://x.nl/voorbeelden#own"
