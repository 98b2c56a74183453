"""The page stops, asks and decides what matters, and offers the way out."""

import re

import pandas as pd

from callbacks.live import Live
from tests.monthly_files import CORRECTED, IN_MONTH, REMAINING, SHARE, as_xlsx, month, without
from tests.publishing import Person, number_of, overview


def changed(figures: pd.DataFrame) -> pd.DataFrame:
    """A file that changes every municipality."""
    return figures.assign(opening_balance=figures["opening_balance"] // 3, realised=figures["realised"] + 1)


def test_normal_month_asks_nothing(live: Live, analyst: Person) -> None:
    for months in (2, 3):
        path = analyst.offers(as_xlsx(month(months)), f"{months}.xlsx")
        html = analyst.sees(path)
        assert "Alles klopt; er zijn geen vragen." in html
        assert "Publiceer · geen vragen" in html
        assert "akkoord" not in html
        assert '<details class="card publications-older" id="gelezen" tabindex="-1">' in html
        assert "in één maand: bij geen gemeente meer dan" in html.partition("<summary>In orde")[2]
        analyst.does(path, "/publiceren", bron="COA")
        assert live.store.publication(number_of(path)).state == "published"


def test_contradicted_column_stops_and_one_click_uses_the_other(live: Live, analyst: Person) -> None:
    path = analyst.offers(as_xlsx(month()), "maand.xlsx")
    analyst.does(path, "/keuzes", halfjaar="2023-II", maanden="3", **{"kolom-5": "realised"})
    html = analyst.sees(path)
    assert "Kolom G, ‘Gehuisvest t/m peildatum’, klopt bij alle 342 gemeenten" in html
    assert "--column" not in html
    assert "Publiceren kan nog niet · los eerst 1 punt op" in html
    assert "nog niet worden gepubliceerd" in analyst.does(path, "/publiceren", bron="COA", akkoord="1")
    offered = re.search(r'name="oplossing" value="([\d-]+)">Gebruik kolom G<', html)
    assert offered
    assert "is er niet meer" in analyst.does(path, "/keuzes", oplossing="7-0")
    assert "is er niet meer" in analyst.does(path, "/keuzes", oplossing="onzin")
    assert "Opnieuw gelezen" in analyst.does(path, "/keuzes", oplossing=offered[1])
    html = analyst.sees(path)
    assert "Publiceer · geen vragen" in html
    analyst.does(path, "/publiceren", bron="COA")
    assert live.store.publication(number_of(path)).state == "published"
    # And it is remembered: the next month asks nothing.
    assert "Publiceer · geen vragen" in analyst.sees(analyst.offers(as_xlsx(month(4)), "volgende.xlsx"))


def test_file_that_changes_everything_asks_first(analyst: Person) -> None:
    analyst.publishes(as_xlsx(month()))
    path = analyst.offers(as_xlsx(month(changed=changed)), "alles.xlsx")
    html = analyst.sees(path)
    assert "Publiceer · 2 vragen" in html
    asked = html.partition("Controleer dit")[2].partition("<summary>In orde")[0]
    assert asked.index("samen achterstand 5.122 wordt 1.819") < asked.index("Dat is 100\u202f% van de gemeenten")
    assert "Ik heb deze 2 punten bekeken" in asked
    assert "Vink eerst aan" in analyst.does(path, "/publiceren", bron="COA")


def test_open_sign_is_answered_with_one_click(analyst: Person) -> None:
    rows = without(month(4), CORRECTED, IN_MONTH, REMAINING, SHARE)
    path = analyst.offers(as_xlsx(rows), "zonder.xlsx")
    html = analyst.sees(path)
    assert "Betekent een plusgetal in kolom D" in html
    offered = re.search(r'value="([\d-]+)">Een plus is een voorsprong<', html)
    assert offered
    analyst.does(path, "/keuzes", oplossing=offered[1])
    assert "Publiceer · geen vragen" in analyst.sees(path)


def test_totals_are_shown_where_they_differ_as_the_file_has_them(analyst: Person) -> None:
    body = [[-int(str(cell)) if place == 3 else cell for place, cell in enumerate(row)] for row in month()[2:]]
    sums = [sum(int(str(row[place])) for row in body) for place in range(2, 8)]
    rows = [*month()[:2], *body, ["", "Totaal", *sums, None]]
    assert "5 totalen in het bestand, gelijk aan de som van de rijen." in analyst.sees(analyst.offers(as_xlsx(rows)))
    rows[-1][3] = sums[1] + 10
    html = analyst.sees(analyst.offers(as_xlsx(rows)))
    assert "5 totalen in het bestand, waarvan 1 anders" in html
    table = html.partition('class="numbers publications-totals"')[2].partition("</table>")[0]
    assert table.count("<tr>") == 2
    assert "<td>+5.132, omgekeerd gelezen</td>" in table


def test_which_publication_it_is_is_said_right(analyst: Person) -> None:
    analyst.publishes(as_xlsx(month(4)))
    html = analyst.sees(analyst.offers(as_xlsx(month(3)), "eerder.xlsx"))
    assert "Er zijn nog geen echte cijfers eerder in 2023-II" in html
    assert "Vergeleken met: <a" in html
    assert "de stand van 1 november 2023</a>." in html


def test_checksum_stands_below_the_first_view(live: Live, analyst: Person) -> None:
    path = analyst.publishes(overview())
    html = analyst.sees(path)
    assert html.index("Hoe het gelezen en gecontroleerd is") < html.index(
        live.store.publication(number_of(path)).sha256
    )
