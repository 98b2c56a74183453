"""Settings of the application, all from the environment (`LAND_IN_BEELD_*`)."""

import os
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import AliasChoices, Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX: Final = "LAND_IN_BEELD_"
VAR: Final = Path(__file__).parent / "var"
"""What this installation keeps for itself: the store, the key of its sessions, what was downloaded."""


class Settings(BaseSettings):
    """What a deployment may change; every value has a default that works on one machine.

    Parameters
    ----------
    host, port
        Where the server listens. `PORT` works too, as most platforms set it.
    year
        Year of the municipal division that is drawn; `python -m geo build --year` makes others.
    slightly_behind_pace
        From this pace up (and below 1) a municipality is *slightly behind*; below it, *behind*.
        The rule is ours: no published map ever gave a number. The legend shows it.
    workers
        Processes that answer requests.
    database_url
        Of the store of publications: SQLite in `var/` unless said otherwise, or PostgreSQL.
    follow_seconds
        How often each process looks whether the store has something new.
    auth
        Who may publish: `local` whoever sits at this very machine, `oidc` who has the role with
        the OpenID provider named by the other settings, `none` nobody.
    oidc_issuer, oidc_client_id, oidc_client_secret, oidc_roles_claim
        Of the OpenID provider; the claim holds the roles *analist*, *beheerder* and *ambassadeur*.
    secret_key
        Signs the sessions. Several machines need the same one; one machine makes its own in `var/`.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, populate_by_name=True, extra="ignore")

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, validation_alias=AliasChoices("LAND_IN_BEELD_PORT", "PORT"))] = 8050
    year: Annotated[int, Field(ge=2014, le=2100)] = 2023
    slightly_behind_pace: Annotated[float, Field(gt=0, lt=1)] = 0.5
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    database_url: str = f"sqlite:///{VAR / 'land-in-beeld.sqlite'}"
    follow_seconds: Annotated[float, Field(gt=0, le=60)] = 2
    auth: Literal["local", "oidc", "none"] = "local"
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_roles_claim: str = "roles"
    secret_key: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _provider_is_named(self) -> Self:
        if self.auth == "oidc":
            lacking = [name for name in ("oidc_issuer", "oidc_client_id") if not getattr(self, name)]
            if lacking:
                names = ", ".join(PREFIX + name.upper() for name in lacking)
                raise ValueError(f"{PREFIX}AUTH=oidc vraagt ook om {names}")
        return self


@cache
def settings() -> Settings:
    """Return the settings of this process, read once."""
    try:
        return Settings()
    except ValidationError as error:
        raise SystemExit("\n".join(_said(problem) for problem in error.errors())) from None


def _said(problem: ErrorDetails) -> str:
    """Say which variable holds what it may not, and how to mend it."""
    if not problem["loc"]:  # about several together
        return f"{problem['msg'].removeprefix('Value error, ')}. Vul aan, of kies iets anders."
    field = str(problem["loc"][0]).lower().removeprefix(PREFIX.lower())
    names = ("PORT", f"{PREFIX}PORT") if field == "port" else (f"{PREFIX}{field.upper()}",)
    name = next((name for name in names if name in os.environ), names[0])
    return f"{name}={problem['input']!r} kan niet: {problem['msg']}. Verander deze variabele, of haal haar weg."
