"""Settings of the application, from environment variables (`LAND_IN_BEELD_*`)."""

import os
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import AliasChoices, Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX: Final = "LAND_IN_BEELD_"
VAR: Final = Path(__file__).parent / "var"
"""Data of this installation: the store, the session key, downloads."""


class Settings(BaseSettings):
    """Deployment settings; every default works on a single machine.

    Parameters
    ----------
    host, port
        Address that the server listens on. `PORT` works too, as most platforms set it.
    year
        Year of the municipal division; `python -m geo build --year` makes others.
    slightly_behind_pace
        From this pace up (and below 1) a municipality is *slightly behind*; below it, *behind*. The threshold
        is ours: no published map ever stated one. The legend shows it.
    workers
        Number of worker processes.
    database_url
        Address of the store of publications: SQLite in `var/` by default, or PostgreSQL.
    follow_seconds
        Interval at which each process polls the store for changes.
    auth
        Method of authentication: `local` lets the user of the server's machine publish, `oidc` users with a
        role from the OpenID Connect provider, `none` nobody.
    oidc_issuer, oidc_client_id, oidc_client_secret, oidc_roles_claim
        Of the OpenID Connect provider; the claim holds the roles *analist*, *beheerder* and *ambassadeur*.
    secret_key
        Signing key of the sessions. Several machines must share one; a single machine generates its own in `var/`.
    organisation, contact_email
        Who answers for the site, and where to write to; pages say so when they are not set.
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
    organisation: Annotated[str, Field(max_length=120)] = ""
    contact_email: Annotated[str, Field(pattern=r"^(?:[^@\s]+@[^@\s]+\.[^@\s]+)?$")] = ""

    @model_validator(mode="after")
    def _require_provider(self) -> Self:
        if self.auth == "oidc":
            lacking = [name for name in ("oidc_issuer", "oidc_client_id") if not getattr(self, name)]
            if lacking:
                names = ", ".join(PREFIX + name.upper() for name in lacking)
                raise ValueError(f"{PREFIX}AUTH=oidc vraagt ook om {names}")
        return self


@cache
def settings() -> Settings:
    """Return the settings of this process, cached."""
    try:
        return Settings()
    except ValidationError as error:
        raise SystemExit("\n".join(_message(problem) for problem in error.errors())) from None


def _message(problem: ErrorDetails) -> str:
    """Name the environment variable with an invalid value, and the remedy."""
    if not problem["loc"]:  # about a combination of variables
        return f"{problem['msg'].removeprefix('Value error, ')}. Vul aan, of kies iets anders."
    field = str(problem["loc"][0]).lower().removeprefix(PREFIX.lower())
    names = ("PORT", f"{PREFIX}PORT") if field == "port" else (f"{PREFIX}{field.upper()}",)
    name = next((name for name in names if name in os.environ), names[0])
    return f"{name}={problem['input']!r} kan niet: {problem['msg']}. Verander deze variabele, of haal haar weg."
