"""Settings of the application, all from the environment (`LAND_IN_BEELD_*`)."""

import os
from functools import cache
from typing import Annotated, Final

from pydantic import AliasChoices, Field, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX: Final = "LAND_IN_BEELD_"


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
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, populate_by_name=True, extra="ignore"
    )

    host: str = "127.0.0.1"
    port: Annotated[
        int, Field(ge=1, le=65535, validation_alias=AliasChoices("LAND_IN_BEELD_PORT", "PORT"))
    ] = 8050
    year: Annotated[int, Field(ge=2014, le=2100)] = 2023
    slightly_behind_pace: Annotated[float, Field(gt=0, lt=1)] = 0.5
    workers: Annotated[int, Field(ge=1, le=64)] = 1


@cache
def settings() -> Settings:
    """Return the settings of this process, read once."""
    try:
        return Settings()
    except ValidationError as error:
        raise SystemExit("\n".join(_said(problem) for problem in error.errors())) from None


def _said(problem: ErrorDetails) -> str:
    """Say which variable holds what it may not, and how to mend it."""
    field = str(problem["loc"][0]).lower().removeprefix(PREFIX.lower())
    names = ("PORT", f"{PREFIX}PORT") if field == "port" else (f"{PREFIX}{field.upper()}",)
    name = next((name for name in names if name in os.environ), names[0])
    return (
        f"{name}={problem['input']!r} kan niet: {problem['msg']}. Verander deze variabele, of haal haar weg."
    )
