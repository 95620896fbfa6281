"""What `nubank doctor` says of Glue: is the catalog as declared, is the crawler harmless, which permission lacks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nubank_assets.aws.clients import AwsMissingError
from nubank_assets.aws.crawler_setup import crawler_input, is_configured, read_crawler
from nubank_assets.aws.glue_calls import call
from nubank_assets.aws.glue_differences import find_differences
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.settings import Settings

#: A sentence about one thing, and whether it is all right (None: worth knowing).
Diagnosis = tuple[bool | None, str]


def look_at_glue(settings: "Settings") -> Iterator[Diagnosis]:
    """Look without changing anything; each part by itself, so that every lacking permission is named at once."""
    for look in (_look_at_catalog, _look_at_crawler):
        try:
            yield from look(settings)
        except (PermanentError, RetryableError) as error:
            yield False, str(error)


def _look_at_catalog(settings: "Settings") -> Iterator[Diagnosis]:
    database = settings.glue_database
    try:
        call("GetDatabase", database, Name=database)
    except AwsMissingError:
        yield None, message("glue_database_missing", database=database)
        return
    found = list(find_differences(database, settings.bucket_root))
    waiting = sum(difference.severity == "waiting" for difference in found)
    if waiting:
        yield None, message("glue_tables_waiting", waiting=waiting, tables=len(TABLES), database=database)
    for difference in found:
        if difference.severity != "waiting":
            yield difference.severity == "warning" and None, difference.sentence
    if not found:
        yield True, message("glue_catalog_right", tables=len(TABLES), database=database)


def _look_at_crawler(settings: "Settings") -> Iterator[Diagnosis]:
    name = settings.glue_crawler
    if not name:
        return
    found = read_crawler(name)
    if found is None:
        # With a role, the sensor makes it.
        is_coming = None if settings.glue_crawler_role else False
        key = "glue_crawler_coming" if settings.glue_crawler_role else "glue_crawler_role_missing"
        yield is_coming, message(key, crawler=name)
    elif is_configured(found, crawler_input(name, settings.glue_database)):
        yield True, message("glue_crawler_right", crawler=name)
    else:
        yield None, message("glue_crawler_configured_otherwise", crawler=name)
