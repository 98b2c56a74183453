"""Saved visit lists: permissions, optimistic locking, and an unavailable store."""

import re
import time
from html import unescape
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import pytest

from callbacks.auth.identity import Role
from callbacks.auth.routes import onward_pattern
from callbacks.live import Live
from data.periods import HalfYear
from data.store import LONGEST_NAME, ListDraft, Unreachable
from data.store.visit_lists import VisitLists
from data.visits import MOST_VISITS
from tests.callbacks.auth.signing import sign_in
from tests.publishing import HERE, Person, server_of

TWO = "GM0363@2024-09-12,GM0599"
ELSEWHERE = {"REMOTE_ADDR": "10.0.0.5"}
ACTS = ("/bezoek/lijsten", "/bezoek/lijsten/1", "/bezoek/lijsten/1/weg", "/bezoek/lijsten/1/terug")


class Planner(Person):
    """A user who saves lists."""

    def keeps(self, path: str, act: str = "/bezoek/lijsten", of: str = "", **form: str) -> str:
        """Submit a form on saved lists; return the remarks after the redirect."""
        html = self.sees(path)
        kept = html.split(f'data-keep="{of}">' if of else "data-keep>")[1].split("</form>")[0]
        fields = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', unescape(kept)))
        if act == "same":
            act = re.findall(r'action="([^"]+)" method="post"', html)[0]
        answer = self.posts(act, {**fields, **form})
        assert answer.status_code == 303, answer.get_data(as_text=True)
        self.at = answer.headers["Location"]
        self.html = unescape(self.sees(self.at))
        return " ".join(re.findall(r"<ul id=remarks>(.*?)</ul>", self.html, re.DOTALL))


def signed_in(live: Live, *roles: Role, name: str = "Annelies", until: float | None = None) -> Planner:
    person = Planner(server_of(live))
    sign_in(person.client, *roles, name=name, until=until)
    return person


# Actions


def test_life_cycle_of_a_saved_list(live: Live) -> None:
    anna = Planner(server_of(live))
    asked = f"/bezoek?orde=share&gebied=PV28&bezoek={TWO}&periode=2023-I&stand=2023-04-01"
    assert anna.keeps(asked, lijstnaam=" Najaar  ’24 ") == "<li>Bewaard als “Najaar ’24”.</li>"
    (kept,) = live.store.visit_lists.all()
    assert (kept.name, kept.visits, kept.made_by) == ("Najaar ’24", TWO, "lokale gebruiker")
    assert (str(kept.period), str(kept.reference_date)) == ("2023-I", "2023-04-01")
    assert kept.asked == "orde=share&gebied=PV28"
    assert anna.at.endswith("bewaard=1.1")
    # Opening the list restores the page.
    (line,) = re.findall(r'<a href="([^"]+)" aria-current="true">Najaar ’24</a>', anna.html)
    assert anna.sees(line).count('class="visits-stop"') == 2
    assert "Zuid-Holland" in anna.sees(line)
    assert "1 april 2023" in anna.sees(line)
    # A change keeps the list and increments its version.
    more = line.replace(TWO, f"{TWO},GM0014")
    assert "“Winter” is bijgewerkt" in anna.keeps(more, "same", lijstnaam="Winter")
    (kept,) = live.store.visit_lists.all()
    assert (kept.name, kept.visits, kept.version) == ("Winter", f"{TWO},GM0014", 2)
    assert anna.at.endswith("bewaard=1.2")
    # Deleting the list leaves its visits on the page.
    assert "“Winter” is weggegooid" in anna.keeps(anna.at, "/bezoek/lijsten/1/weg")
    assert live.store.visit_lists.all() == []
    assert anna.html.count('class="visits-stop"') == 3
    # Her colleague puts it back, and she sees that.
    bas = Planner(server_of(live))
    assert "<li>“Winter” staat er weer.</li>" in bas.keeps("/bezoek", "/bezoek/lijsten/1/terug", of="restore")
    assert bas.html.count('class="visits-stop"') == 3
    assert [one.version for one in live.store.visit_lists.all()] == [4]
    assert "gewijzigd op" in anna.sees(anna.at)


def test_thrown_away_list_is_put_back_where_it_is_open(live: Live) -> None:
    anna = Planner(server_of(live))
    anna.keeps(f"/bezoek?bezoek={TWO}", lijstnaam="Najaar")
    anna.keeps(anna.at, "/bezoek/lijsten/1/weg")
    amiss = anna.html.split('class="visits-amiss"')[1].split("</div>")[0]
    assert "“Najaar” is weggegooid" in amiss
    assert 'action="/bezoek/lijsten/1/terug"' in amiss
    assert "staat er weer" in anna.keeps(anna.at, "/bezoek/lijsten/1/terug")
    assert anna.at.endswith("bewaard=1.3")
    assert "“Later” is bijgewerkt" in anna.keeps(anna.at, "same", lijstnaam="Later")


def test_optimistic_locking_of_concurrent_changes(guarded: Live) -> None:
    anna = signed_in(guarded, Role.AMBASSADOR, name="Anna")
    bas = signed_in(guarded, Role.ANALYST, name="Bas")
    anna.keeps(f"/bezoek?bezoek={TWO}", lijstnaam="Samen")
    opened = anna.at
    bas.keeps(opened.replace(TWO, "GM0014"), "same", lijstnaam="Van Bas")
    # She edits an outdated version: warned on opening, and refused on saving.
    hers = opened.replace(TWO, f"{TWO},GM0344")
    assert "Bas heeft “Van Bas” gewijzigd" in anna.sees(hers)
    told = anna.keeps(hers, "same", lijstnaam="Samen")
    assert "Intussen heeft Bas de lijst “Van Bas” gewijzigd" in told
    assert "Uw eigen lijst staat nog hier" in told
    assert [one.visits for one in guarded.store.visit_lists.all()] == ["GM0014"]
    assert anna.html.count('class="visits-stop"') == 3
    assert "Intussen heeft Bas" in anna.keeps(hers, "/bezoek/lijsten/1/weg")
    # Saving as a new list keeps both.
    assert "Bewaard als “Samen”" in anna.keeps(hers, lijstnaam="Samen")
    assert {one.visits for one in guarded.store.visit_lists.all()} == {"GM0014", f"{TWO},GM0344"}


def test_deleted_list_can_be_saved_again(live: Live) -> None:
    anna = Planner(server_of(live))
    anna.keeps(f"/bezoek?bezoek={TWO}", lijstnaam="Weg")
    opened = anna.at
    live.store.visit_lists.remove(1, 1, "Bas")
    assert re.search("“Weg” is weggegooid.* door Bas", unescape(anna.sees(opened)))
    told = anna.keeps(opened, "/bezoek/lijsten/1", lijstnaam="Weer")
    assert "is er niet, of niet meer. Uw lijst staat nog hier" in told
    assert "bewaard=" not in anna.at
    assert "Bewaard als “Weer”" in anna.keeps(anna.at, lijstnaam="Weer")


@pytest.mark.parametrize(
    ("name", "told"), [("", "Geef de lijst een naam"), ("x" * (LONGEST_NAME + 1), "hooguit 80 tekens lang")]
)
def test_invalid_name_is_refused(name: str, told: str, live: Live) -> None:
    anna = Planner(server_of(live))
    assert told in anna.keeps(f"/bezoek?bezoek={TWO}", lijstnaam=name)
    assert live.store.visit_lists.all() == []
    assert anna.html.count('class="visits-stop"') == 2


def test_names_are_escaped(live: Live) -> None:
    anna = Planner(server_of(live))
    anna.keeps(f"/bezoek?bezoek={TWO}", lijstnaam='"><script>alert(1)</script>')
    html = anna.sees(anna.at)
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)") >= 2


def test_list_of_a_missing_date_opens_at_the_latest(live: Live) -> None:
    old = HalfYear(1999, 1)
    live.store.visit_lists.save(ListDraft("Oud", f"{TWO},GM9999", old, old.end), "Anna")
    anna = Planner(server_of(live))
    (path,) = re.findall(r'<a href="(/bezoek\?[^"]+bewaard=1\.1)"', unescape(anna.sees("/bezoek")))
    html = unescape(anna.sees(path))
    assert "“GM9999” is geen gemeente" in html
    assert "geen halfjaar" not in html
    assert html.count('class="visits-stop"') == 2


# Permissions


@pytest.mark.parametrize("role", list(Role))
def test_every_role_may_save_lists(role: Role, guarded: Live) -> None:
    person = signed_in(guarded, role)
    assert "Bewaard als" in person.keeps(f"/bezoek?bezoek={TWO}", lijstnaam="Van mij")
    assert guarded.store.visit_lists.all()[0].made_by == "Annelies"
    assert "Van mij" in signed_in(guarded, role, name="Bas").sees("/bezoek")


def refused(person: Planner, token: str = "", headers: dict[str, str] = HERE) -> list[str]:
    form: dict[str, Any] = {"csrf": token, "lijstnaam": "x", "versie": "1", "bezoek": "GM0014"}
    told = []
    for act in ACTS:
        answer = person.posts(act, form, headers)
        assert answer.status_code == 403
        assert answer.cache_control.no_store
        told.append(unescape(answer.get_data(as_text=True)))
    return told


def kept_one(live: Live) -> None:
    live.store.visit_lists.save(ListDraft("Geheim", TWO), "Anna")


def untouched(live: Live) -> bool:
    (one,) = live.store.visit_lists.all()
    return (one.name, one.visits, one.version) == ("Geheim", TWO, 1)


def test_no_role_sees_and_saves_no_lists(guarded: Live) -> None:
    kept_one(guarded)
    for person in (signed_in(guarded), Planner(server_of(guarded))):
        for path in (f"/bezoek?bezoek={TWO}", f"/bezoek?bezoek={TWO}&bewaard=1.1"):
            html = person.sees(path)
            assert "Geheim" not in html
            assert "csrf" not in html
            assert html.count('class="visits-stop"') == 2
        assert "Geheim" not in person.sees(f"/deel/bezoeken?bezoek={TWO}&bewaard=1.1")
        for told in refused(person, "x"):
            assert "rol ambassadeur, analist of beheerder" in told
            assert "/aanmelden?verder=/bezoek%3Fbezoek%3DGM0014" in told
    assert untouched(guarded)


def test_anonymous_users_sign_in_with_their_list(guarded: Live) -> None:
    html = unescape(Planner(server_of(guarded)).sees(f"/bezoek?bezoek={TWO}"))
    (there,) = re.findall(r'href="(/aanmelden\?[^"]+)"', html)
    assert there == "/aanmelden?verder=/bezoek%3Fbezoek%3DGM0363%402024-09-12%2CGM0599"


def test_long_address_survives_signing_in(guarded: Live) -> None:
    codes = sorted(guarded.world.names)
    visits = ",".join(f"{code}@2024-09-12" for code in codes[:MOST_VISITS])
    own = urlencode({"gebied": "eigen", "leden": ",".join(codes[:300]), "naam": "Wij~zelf"})
    html = unescape(Planner(server_of(guarded)).sees(f"/bezoek?bezoek={visits}&{own}&stand=2022-04-01"))
    (there,) = re.findall(r'href="/aanmelden\?verder=([^"]+)"', html)
    assert parse_qs(urlsplit(unquote(there)).query)["bezoek"] == [visits]
    assert "stand=2022-04-01" in unquote(there)
    assert onward_pattern(guarded.addresses.private).fullmatch(unquote(there))
    short = unescape(Planner(server_of(guarded)).sees("/bezoek?gebied=eigen&leden=GM0014&naam=Wij~zelf"))
    assert "~" in short


def test_expired_session_is_refused(guarded: Live) -> None:
    kept_one(guarded)
    person = signed_in(guarded, Role.AMBASSADOR, until=time.time() - 1)
    assert all("sessie is verlopen" in told for told in refused(person))
    assert untouched(guarded)


def test_remote_users_cannot_save(live: Live) -> None:
    kept_one(live)
    person = Planner(server_of(live), **ELSEWHERE)
    html = person.sees(f"/bezoek?bezoek={TWO}")
    assert "Geheim" not in html
    assert "/aanmelden" not in html
    assert all("Lijsten bewaren kan hier niet" in told for told in refused(person, "x"))
    assert untouched(live)


def test_csrf_is_refused(live: Live) -> None:
    kept_one(live)
    person = Planner(server_of(live))
    (token, *_) = re.findall(r'name="csrf" value="([^"]+)"', person.sees(f"/bezoek?bezoek={TWO}"))
    assert all("verlopen" in told for told in refused(person, "x"))
    for origin in ("http://kwaad.example", "null", "http://localhost:81"):
        assert all(
            "kwam niet van een pagina van deze site" in told for told in refused(person, token, {"Origin": origin})
        )
    assert untouched(live)


@pytest.mark.parametrize("act", ACTS)
def test_get_changes_nothing(act: str, live: Live) -> None:
    kept_one(live)
    answer = Planner(server_of(live)).client.get(act)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/bezoek")
    assert untouched(live)


def test_oversized_requests_are_refused(live: Live) -> None:
    person = Planner(server_of(live))
    answer = person.posts("/bezoek/lijsten", {"csrf": "x", "lijstnaam": "x" * 100_000})
    assert answer.status_code == 413
    assert live.store.visit_lists.all() == []


# Unavailable store


def test_unavailable_store_leaves_the_list_in_the_address(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = Planner(server_of(live))
    html = anna.sees(f"/bezoek?bezoek={TWO}")
    form = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', html.split("data-keep>")[1].split("</form>")[0]))

    def away(*_: object) -> None:
        raise Unreachable("De opslag is niet te bereiken.")

    for name in ("all_and_removed", "save"):
        monkeypatch.setattr(VisitLists, name, away)
    html = unescape(anna.sees(f"/bezoek?bezoek={TWO}"))
    assert html.count('class="visits-stop"') == 2
    assert "De opslag is niet te bereiken. Uw bezoeklijst staat in het adres van deze pagina" in html
    assert "data-keep" not in html
    answer = anna.posts("/bezoek/lijsten", {**form, "lijstnaam": "x"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/bezoek?bezoek={TWO}"
    assert "Er is niets bewaard; uw lijst staat nog hier" in unescape(anna.sees(answer.headers["Location"]))
