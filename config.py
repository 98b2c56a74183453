"""Settings of the application, all from the environment (`LAND_IN_BEELD_*`)."""

from functools import cache
from typing import Annotated

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


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

    model_config = SettingsConfigDict(env_prefix="LAND_IN_BEELD_", populate_by_name=True, extra="ignore")

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
    return Settings()
