import os
import runpy
import subprocess
import sys
from collections.abc import Iterator

import pytest
from pydantic import SecretStr, ValidationError

from config import Settings, settings
from data.progress import SLIGHTLY_BEHIND_PACE
from tests.paths import ROOT

STORE_AND_AUTH = {
    "database_url": f"sqlite:///{ROOT}/var/land-in-beeld.sqlite",
    "follow_seconds": 2,
    "auth": "local",
    "oidc_issuer": "",
    "oidc_client_id": "",
    "oidc_client_secret": SecretStr(""),
    "oidc_roles_claim": "roles",
    "secret_key": SecretStr(""),
    "organisation": "",
    "contact_email": "",
}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No setting of whoever runs the tests, and none kept after them."""
    for name in list(os.environ):
        if name == "PORT" or name.startswith("LAND_IN_BEELD_"):
            monkeypatch.delenv(name)
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_every_setting_has_a_default_for_one_machine() -> None:
    chosen = Settings()
    assert chosen.model_dump() == {
        "host": "127.0.0.1",
        "port": 8050,
        "year": 2023,
        "slightly_behind_pace": SLIGHTLY_BEHIND_PACE,
        "workers": 1,
        **STORE_AND_AUTH,
    }


@pytest.mark.parametrize(
    ("environment", "port"),
    [
        ({"PORT": "9001"}, 9001),
        ({"LAND_IN_BEELD_PORT": "9002"}, 9002),
        ({"PORT": "9001", "LAND_IN_BEELD_PORT": "9002"}, 9002),
        # As a compose file passes on what was not set.
        ({"PORT": ""}, 8050),
        ({"PORT": "9001", "LAND_IN_BEELD_PORT": ""}, 9001),
        ({"port": "9003"}, 9003),
    ],
)
def test_the_port_goes_by_two_names(environment: dict[str, str], port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert settings().port == port


def test_other_settings_carry_our_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "HOST": "10.0.0.1",
        "YEAR": "2020",
        "WORKERS": "9",
        "LAND_IN_BEELD_UNKNOWN": "1",
    }.items():
        monkeypatch.setenv(name, value)
    assert Settings() == Settings.model_construct()
    for name, value in {
        "HOST": "10.0.0.2",
        "YEAR": "2022",
        "WORKERS": "3",
        "SLIGHTLY_BEHIND_PACE": "0.65",
    }.items():
        monkeypatch.setenv(f"LAND_IN_BEELD_{name}", value)
    assert Settings().model_dump() == {
        "host": "10.0.0.2",
        "port": 8050,
        "year": 2022,
        "slightly_behind_pace": 0.65,
        "workers": 3,
        **STORE_AND_AUTH,
    }


BAD = [
    ("PORT", "abc"),
    ("PORT", "0"),
    ("PORT", "65536"),
    ("LAND_IN_BEELD_PORT", "-1"),
    ("LAND_IN_BEELD_YEAR", "twintig"),
    ("LAND_IN_BEELD_YEAR", "1900"),
    ("LAND_IN_BEELD_WORKERS", "0"),
    ("LAND_IN_BEELD_WORKERS", "1.5"),
    ("LAND_IN_BEELD_SLIGHTLY_BEHIND_PACE", "0"),
    ("LAND_IN_BEELD_SLIGHTLY_BEHIND_PACE", "1"),
    ("LAND_IN_BEELD_SLIGHTLY_BEHIND_PACE", "nan"),
    ("LAND_IN_BEELD_SLIGHTLY_BEHIND_PACE", "0,5"),
    ("LAND_IN_BEELD_CONTACT_EMAIL", "geen adres"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_gets_one_line_that_names_it(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()
    with pytest.raises(SystemExit) as caught:
        settings()
    message = str(caught.value)
    assert message.startswith(f"{name}={value!r} ")
    assert "\n" not in message
    assert "http" not in message
    assert "Verander" in message


def test_each_bad_value_gets_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "abc")
    monkeypatch.setenv("LAND_IN_BEELD_YEAR", "x")
    with pytest.raises(SystemExit) as caught:
        settings()
    assert [line.partition("=")[0] for line in str(caught.value).splitlines()] == [
        "PORT",
        "LAND_IN_BEELD_YEAR",
    ]


def test_nothing_starts_on_a_bad_value() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "--check-config", "app:server"],
        cwd=ROOT,
        env={**os.environ, "PORT": "abc"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode != 0
    assert "PORT='abc' kan niet" in told.stderr
    assert "Traceback" not in told.stderr


def test_settings_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings() is settings()
    first = settings()
    monkeypatch.setenv("PORT", "9001")
    assert settings() is first


# How gunicorn serves.


def test_gunicorn_listens_where_the_settings_say(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "9001")
    monkeypatch.setenv("LAND_IN_BEELD_HOST", "10.0.0.2")
    monkeypatch.setenv("LAND_IN_BEELD_WORKERS", "3")
    server = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    assert (server["bind"], server["workers"], server["worker_class"]) == (
        "10.0.0.2:9001",
        3,
        "callbacks.web.worker.Worker",
    )
    assert server["preload_app"] is True
    assert 0 < server["max_requests_jitter"] < server["max_requests"]
    server["when_ready"](object())
    assert "http://10.0.0.2:9001" in capsys.readouterr().out


def test_a_provider_must_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAND_IN_BEELD_AUTH", "oidc")
    monkeypatch.setenv("LAND_IN_BEELD_OIDC_ISSUER", "https://inloggen.example")
    with pytest.raises(SystemExit, match="OIDC_CLIENT_ID") as refused:
        settings()
    assert "OIDC_ISSUER" not in str(refused.value)
    monkeypatch.setenv("LAND_IN_BEELD_OIDC_CLIENT_ID", "land-in-beeld")
    settings.cache_clear()
    assert settings().auth == "oidc"


def test_a_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAND_IN_BEELD_SECRET_KEY", "geheim genoeg om te tekenen")
    assert "geheim" not in repr(settings())
