"""The settings a person may change, read once from `NUBANK_*` environment variables.

No secrets: those are read from the environment or Secrets Manager where they are used. What a deployment
makes of the settings is in ``deployments.py``.
"""

import re
from pathlib import Path
from typing import Annotated, Final, Literal

import platformdirs
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import Locale, message
from nubank_assets.settings_emr import REMOTE_ENGINES, EmrSettings

Deployment = Literal["local", "aws"]
Engine = Literal["sail", "spark", "emr", "emr-serverless"]
Destination = Literal["workbook", "sheets"]
SourceName = Literal["pynubank", "pluggy"]
NotificationChannel = Literal["console", "desktop", "smtp", "sns"]


class Settings(EmrSettings):
    """Everything that can be set, with its default. `home` is where all local state lives."""

    model_config = SettingsConfigDict(env_prefix="NUBANK_", extra="ignore", frozen=True)

    deployment: Deployment = "local"
    engine: Engine = "sail"
    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("nubank_assets", appauthor=False)))
    locale: Locale = "pt-BR"
    holder_names: Annotated[tuple[str, ...], NoDecode] = ()
    destinations: Annotated[tuple[Destination, ...], NoDecode] = ("workbook",)
    sources: Annotated[tuple[SourceName, ...], NoDecode] = ()
    pluggy_items: Annotated[tuple[str, ...], NoDecode] = ()
    """Items (connections) of Pluggy; `id=name` gives the accounts of the item `card-name` and `account-name`."""
    pluggy_url: str = "https://api.pluggy.ai"
    pynubank_url: str = "https://prod-s0-webapp-proxy.nubank.com.br"
    notifications: Annotated[tuple[NotificationChannel, ...], NoDecode] = ()
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    notify_from: str = ""
    notify_to: Annotated[tuple[str, ...], NoDecode] = ()
    notify_amounts: bool = False
    """Whether notifications that leave this machine may name amounts; e-mails by SMTP always may."""
    page_url: str = ""
    """Address of Dagster's page as the readers of notifications reach it, for links to runs."""
    bucket: str = ""
    """The S3 bucket of the aws deployment; the region and the credentials are AWS's own variables."""
    bucket_prefix: str = "nubank"
    kms_key: str = ""
    """The KMS key that encrypts what is written; without one it is SSE-S3."""
    secrets_prefix: str = "nubank/"
    glue_database: str = "nubank"
    glue_crawler: str = ""
    """Empty: no crawler."""
    glue_crawler_role: str = ""
    """The IAM role by which the crawler reads the bucket; needed only to make a crawler that does not exist."""
    athena_workgroup: str = "nubank"
    sns_topic: str = ""
    """ARN of the topic that tells of runs."""
    state_machine: str = ""
    """ARN of the state machine that Lambda starts executions of."""
    spreadsheet: str = ""
    """The Google spreadsheet of the destination `sheets`: its key, or its address as the browser shows it."""
    sheets_url: str = "https://sheets.googleapis.com"
    report_template_id: str = ""
    """Id of a Data Studio report to copy; empty: the report starts blank."""
    report_url: str = "https://lookerstudio.google.com"

    @field_validator(
        "holder_names", "destinations", "sources", "pluggy_items", "notifications", "notify_to", mode="before"
    )
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

    @field_validator("spreadsheet")
    @classmethod
    def _key(cls, value: str) -> str:
        """The key in an address: `https://docs.google.com/spreadsheets/d/<key>/edit#gid=0`."""
        found = re.fullmatch(
            r"(?:https://docs\.google\.com/spreadsheets/(?:u/\d+/)?d/)?([\w-]*)(?:[/?#].*)?", value.strip()
        )
        if not found:
            raise ValueError("https://docs.google.com/spreadsheets/d/…/edit")
        return found[1]

    @field_validator("pluggy_url", "pynubank_url", "sheets_url", "report_url")
    @classmethod
    def _encrypted(cls, value: str) -> str:
        """Secrets go there: nothing but TLS, or this very machine."""
        if not re.match(r"https://|http://(127\.0\.0\.1|localhost)(:|/|$)", value):
            raise ValueError("https://…")
        return value.rstrip("/")

    @property
    def inbox_root(self) -> str:
        """Where documents are stored."""
        return f"{self.bucket_root}/inbox" if self.deployment == "aws" else str(self.home / "inbox")

    @property
    def lake_root(self) -> str:
        """Where tables are stored."""
        return f"{self.bucket_root}/lake" if self.deployment == "aws" else str(self.home / "lake")

    @property
    def asked_sources(self) -> tuple[str, ...]:
        """The sources that are asked once a run: those chosen, and the spreadsheet that a person writes into."""
        return (*self.sources, *(["sheets"] if "sheets" in self.destinations else []))

    @property
    def spreadsheet_address(self) -> str:
        """Where a person opens the spreadsheet."""
        return f"https://docs.google.com/spreadsheets/d/{self.spreadsheet}/edit"

    @property
    def bucket_root(self) -> str:
        """Where everything of the aws deployment lies in S3; raises InputError without a bucket."""
        if not self.bucket:
            raise InputError(message("setting_missing", name="NUBANK_BUCKET", needed_by="NUBANK_DEPLOYMENT=aws"))
        return "/".join(filter(None, (f"s3://{self.bucket}", self.bucket_prefix.strip("/"))))

    @property
    def emr_root(self) -> str:
        """Where the code for clusters, the messages of their steps and their logs lie."""
        return f"{self.bucket_root}/emr"

    @property
    def dagster_home(self) -> Path:
        """Where Dagster keeps its runs and events."""
        return self.home / "dagster"

    @property
    def secrets_folder(self) -> Path:
        """Where `nubank login` keeps a certificate and tokens, readable by their owner alone."""
        return self.home / "secrets"

    @property
    def workbook_path(self) -> Path:
        """The workbook that a person opens."""
        return self.home / "nubank.xlsx"

    @property
    def dashboard_path(self) -> Path:
        """The page that a person opens in a browser."""
        return self.home / "nubank.html"

    def environment(self) -> dict[str, str]:
        """The settings as environment variables, for a process that loads them again."""
        return {
            "NUBANK_DEPLOYMENT": self.deployment,
            "NUBANK_ENGINE": self.engine,
            "NUBANK_HOME": str(self.home),
            "NUBANK_LOCALE": self.locale,
            "NUBANK_HOLDER_NAMES": ";".join(self.holder_names),
            "NUBANK_DESTINATIONS": ",".join(self.destinations),
            "NUBANK_SOURCES": ",".join(self.sources),
            "NUBANK_PLUGGY_ITEMS": ";".join(self.pluggy_items),
            "NUBANK_PLUGGY_URL": self.pluggy_url,
            "NUBANK_PYNUBANK_URL": self.pynubank_url,
            "NUBANK_NOTIFICATIONS": ",".join(self.notifications),
            "NUBANK_SMTP_HOST": self.smtp_host,
            "NUBANK_SMTP_PORT": str(self.smtp_port),
            "NUBANK_SMTP_SECURITY": self.smtp_security,
            "NUBANK_SMTP_USER": self.smtp_user,
            "NUBANK_NOTIFY_FROM": self.notify_from,
            "NUBANK_NOTIFY_TO": ";".join(self.notify_to),
            "NUBANK_NOTIFY_AMOUNTS": str(self.notify_amounts),
            "NUBANK_PAGE_URL": self.page_url,
            "NUBANK_BUCKET": self.bucket,
            "NUBANK_BUCKET_PREFIX": self.bucket_prefix,
            "NUBANK_KMS_KEY": self.kms_key,
            "NUBANK_SECRETS_PREFIX": self.secrets_prefix,
            "NUBANK_GLUE_DATABASE": self.glue_database,
            "NUBANK_GLUE_CRAWLER": self.glue_crawler,
            "NUBANK_GLUE_CRAWLER_ROLE": self.glue_crawler_role,
            "NUBANK_ATHENA_WORKGROUP": self.athena_workgroup,
            "NUBANK_SNS_TOPIC": self.sns_topic,
            "NUBANK_STATE_MACHINE": self.state_machine,
            "NUBANK_SPREADSHEET": self.spreadsheet,
            "NUBANK_SHEETS_URL": self.sheets_url,
            "NUBANK_REPORT_TEMPLATE_ID": self.report_template_id,
            "NUBANK_REPORT_URL": self.report_url,
            **self.emr_environment(),
        }


#: What a variable of a type is written as, in any language.
_EXPECTED: Final = {"int_parsing": "1, 25, 587, …", "bool_parsing": "true, false"}


def load_settings(**overrides: object) -> Settings:
    """The settings of this process; raises InputError that names the variable which is wrong."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "NUBANK_" + "_".join(str(part) for part in first["loc"][:1]).upper()
        context = first.get("ctx", {})
        expected = _EXPECTED.get(first["type"]) or context.get("expected") or context.get("error", first["msg"])
        expected = str(expected).replace(" or ", ", ")
        raise InputError(message("setting_wrong", name=name, value=first["input"], expected=expected)) from error


def demo_settings() -> Settings:
    """The settings of the demo: a home inside the home, and the name of its made-up person."""
    from nubank_assets.sources.demo.cast import HOLDER_NAME

    settings = load_settings()
    return settings.model_copy(
        update={
            "home": settings.home / "demo",
            "holder_names": (HOLDER_NAME,),
            "deployment": "local",
            # A cluster does not reach a home.
            "engine": "sail" if settings.engine in REMOTE_ENGINES else settings.engine,
            "sources": (),
            "notifications": (),
            "destinations": ("workbook",),
        }
    )
