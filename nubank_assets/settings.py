"""The settings a person may change, read once from `NUBANK_*` environment variables.

No secrets: those are read from the environment or Secrets Manager where they are used. What a deployment
makes of the settings is in ``deployments.py``.
"""

import re
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import Locale, message

Deployment = Literal["local"]
Engine = Literal["sail", "spark"]
Destination = Literal["workbook"]


class Settings(BaseSettings):
    """Everything that can be set, with its default. `home` is where all local state lives."""

    model_config = SettingsConfigDict(env_prefix="NUBANK_", extra="ignore", frozen=True)

    deployment: Deployment = "local"
    engine: Engine = "sail"
    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("nubank_assets", appauthor=False)))
    locale: Locale = "pt-BR"
    holder_names: Annotated[tuple[str, ...], NoDecode] = ()
    destinations: Annotated[tuple[Destination, ...], NoDecode] = ("workbook",)

    @field_validator("holder_names", "destinations", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """`A;B` or `A,B` in an environment variable is a list."""
        return (
            tuple(part.strip() for part in re.split("[;,]", value) if part.strip()) if isinstance(value, str) else value
        )

    @field_validator("home")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @property
    def inbox_root(self) -> str:
        """Where documents are stored."""
        return str(self.home / "inbox")

    @property
    def lake_root(self) -> str:
        """Where tables are stored."""
        return str(self.home / "lake")

    @property
    def dagster_home(self) -> Path:
        """Where Dagster keeps its runs and events."""
        return self.home / "dagster"

    @property
    def workbook_path(self) -> Path:
        """The workbook that a person opens."""
        return self.home / "nubank.xlsx"

    def environment(self) -> dict[str, str]:
        """The settings as environment variables, for a process that loads them again."""
        return {
            "NUBANK_DEPLOYMENT": self.deployment,
            "NUBANK_ENGINE": self.engine,
            "NUBANK_HOME": str(self.home),
            "NUBANK_LOCALE": self.locale,
            "NUBANK_HOLDER_NAMES": ";".join(self.holder_names),
            "NUBANK_DESTINATIONS": ",".join(self.destinations),
        }


def load_settings(**overrides: object) -> Settings:
    """The settings of this process; raises InputError that names the variable which is wrong."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "NUBANK_" + "_".join(str(part) for part in first["loc"][:1]).upper()
        expected = first.get("ctx", {}).get("expected", first["msg"])
        expected = str(expected).replace(" or ", ", ")
        raise InputError(message("setting_wrong", name=name, value=first["input"], expected=expected)) from error


def demo_settings() -> Settings:
    """The settings of the demo: a home inside the home, and the name of its made-up person."""
    from nubank_assets.sources.demo.cast import HOLDER_NAME

    settings = load_settings()
    return settings.model_copy(update={"home": settings.home / "demo", "holder_names": (HOLDER_NAME,)})
