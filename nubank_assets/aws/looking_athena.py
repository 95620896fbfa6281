"""What `nubank doctor` says of Athena: workgroup, place for results, limit of bytes, permissions, views."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from nubank_assets.aws.athena import has_result_location, place_of, run_query, workgroup_of
from nubank_assets.aws.athena_values import size_text
from nubank_assets.aws.athena_views import missing_views
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.lake.views import VIEWS
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.settings import Settings

Diagnosis = tuple[bool | None, str]
#: Seconds that a trial query may take.
_TRIAL: Final = 60


def look_at_athena(settings: "Settings") -> Iterator[Diagnosis]:
    """A sentence about each thing, and whether it is all right (None: worth knowing)."""
    try:
        workgroup = workgroup_of(settings.athena_workgroup)
        yield from _look_at_workgroup(settings, workgroup)
        run_query("SELECT 1", place_of(settings), timeout=_TRIAL)
        yield True, message("athena_works")
        yield _look_at_views(settings.glue_database)
    except (PermanentError, RetryableError) as error:
        yield False, str(error)


def _look_at_workgroup(settings: "Settings", workgroup: dict[str, Any]) -> Iterator[Diagnosis]:
    name, configuration = settings.athena_workgroup, workgroup.get("Configuration", {})
    is_enabled = workgroup.get("State") == "ENABLED"
    yield is_enabled, message("athena_looked" if is_enabled else "athena_disabled", name=name)
    if has_result_location(workgroup):
        output = configuration.get("ResultConfiguration", {}).get("OutputLocation")
        yield True, message("athena_results_workgroup", output=output or message("athena_results_managed"))
    else:
        yield None, message("athena_results_ours", output=place_of(settings).output)
    limit = configuration.get("BytesScannedCutoffPerQuery")
    if limit:
        yield True, message("athena_limit", size=size_text(limit))
    else:
        yield None, message("athena_no_limit", name=name)


def _look_at_views(database: str) -> Diagnosis:
    missing = missing_views(database)
    if missing:
        return None, message("athena_views_missing", names=", ".join(missing), database=database)
    return True, message("athena_views", names=", ".join(VIEWS))
