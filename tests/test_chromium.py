"""How a browser is found; nothing is installed here, and no network is asked."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests import chromium

Install = Callable[[list[str]], None]


@dataclass
class Machine:
    """A machine to look for a browser on: its programs, its user, and what installing does."""

    programs: dict[str, str] = field(default_factory=dict)
    user: int = 1000
    playwright: bool = False
    installs: Install = lambda _: None
    ran: list[list[str]] = field(default_factory=list)
    environments: list[dict[str, str]] = field(default_factory=list)

    arial: str = ""

    def run(self, command: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
        self.ran.append(command)
        if "env" in more:
            self.environments.append(more["env"])
        self.installs(command)
        return subprocess.CompletedProcess(command, 0, self.arial if "Arial" in command else "")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine()
    monkeypatch.setattr(shutil, "which", lambda name: made.programs.get(name))
    monkeypatch.setattr(os, "geteuid", lambda: made.user, raising=False)
    monkeypatch.setattr(subprocess, "run", made.run)
    monkeypatch.setattr(chromium, "playwrights_own", lambda: made.playwright)
    return made


def test_the_systems_own_comes_first(machine: Machine) -> None:
    machine.programs = {"google-chrome": "/opt/chrome", "chromium": "/usr/bin/chromium"}
    machine.playwright = True
    assert chromium.executable() == chromium.ensure() == "/usr/bin/chromium"
    assert machine.ran == []


def test_no_browser_is_none(machine: Machine) -> None:
    assert chromium.executable() is None
    assert machine.ran == []


def test_root_with_apt_gets_debians_package(machine: Machine) -> None:
    def install(command: list[str]) -> None:
        if "install" in command:
            machine.programs["chromium"] = "/usr/bin/chromium"

    machine.user, machine.installs = 0, install
    machine.programs = {"apt-get": "/usr/bin/apt-get"}
    assert chromium.ensure() == "/usr/bin/chromium"
    assert [command[:2] for command in machine.ran] == [
        ["/usr/bin/apt-get", "update"],
        ["/usr/bin/apt-get", "install"],
    ]
    # Nobody is there to answer a question.
    assert {made["DEBIAN_FRONTEND"] for made in machine.environments} == {"noninteractive"}


@pytest.mark.parametrize(("user", "programs"), [(1000, {"apt-get": "/usr/bin/apt-get"}), (0, {})])
def test_others_get_playwrights_own(user: int, programs: dict[str, str], machine: Machine) -> None:
    def install(_: list[str]) -> None:
        machine.playwright = True

    machine.user, machine.programs, machine.installs = user, programs, install
    assert chromium.ensure() == "Playwright's own Chromium"
    assert [command[1:] for command in machine.ran] == [["-m", "playwright", "install", "chromium"]]


def test_what_is_there_is_not_fetched_again(machine: Machine) -> None:
    machine.playwright = True
    assert chromium.ensure() == "Playwright's own Chromium"
    assert machine.ran == []


def test_apt_that_fails_is_not_the_end(machine: Machine) -> None:
    def install(command: list[str]) -> None:
        machine.playwright = "playwright" in command

    machine.user, machine.installs = 0, install
    machine.programs = {"apt-get": "/usr/bin/apt-get"}
    assert chromium.ensure() == "Playwright's own Chromium"
    assert len(machine.ran) == 3


def test_letters_as_wide_as_arials_are_installed_where_they_lack(machine: Machine) -> None:
    def install(command: list[str]) -> None:
        if chromium.FONTS in command:
            machine.arial = "Liberation Sans"

    machine.user, machine.installs, machine.arial = 0, install, "DejaVu Sans"
    machine.programs = {"apt-get": "/usr/bin/apt-get", "fc-match": "/usr/bin/fc-match"}
    assert chromium.ensure_fonts() == "Liberation Sans"
    assert sum("install" in command for command in machine.ran) == 1
    assert chromium.ensure_fonts() == "Liberation Sans"
    assert sum("install" in command for command in machine.ran) == 1


@pytest.mark.parametrize("programs", [{}, {"fc-match": "/usr/bin/fc-match"}])
def test_who_cannot_install_letters_is_told(programs: dict[str, str], machine: Machine) -> None:
    machine.programs, machine.arial = programs, "DejaVu Sans"
    assert f"install {chromium.FONTS}" in chromium.ensure_fonts()
    assert not any("install" in command for command in machine.ran)


@pytest.mark.usefixtures("machine")
def test_without_any_the_message_says_how_to_get_one() -> None:
    with pytest.raises(RuntimeError, match="install the package `chromium`, or run `playwright install chromium`"):
        chromium.ensure()


def test_the_browser_asks_nobody_anything() -> None:
    for argument in ("--disable-background-networking", "--disable-component-update", "--no-first-run"):
        assert argument in chromium.ARGUMENTS
