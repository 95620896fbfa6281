"""The check of the aws deployment: whether the Glue catalog is as the tables are declared."""

from collections import Counter
from typing import TYPE_CHECKING, Final

import dagster as dg

from nubank_assets.assets.declared import key_of
from nubank_assets.aws_resources import GlueResource
from nubank_assets.domain.failures import PermanentError, RetryableError

if TYPE_CHECKING:
    from nubank_assets.aws.glue_differences import Difference

CATALOG_CHECK: Final = "catalog_agrees_with_declarations"
#: The last table that a run makes.
CHECKED_ASSET: Final = key_of("monthly_summary")


@dg.asset_check(
    asset=CHECKED_ASSET,
    name=CATALOG_CHECK,
    description="Tables and partitions in Glue have the declared columns, types, comments and places",
)
def catalog_agrees_with_declarations(glue: GlueResource) -> dg.AssetCheckResult:
    """An error where SQL would read wrong values or fail, a warning where only the description is another.

    It holds nothing back: the data in the lake is right, and its files, not the catalog, feed what comes after.
    What is not in the catalog yet is no difference: the sensor adds it after the run. A Glue that does not answer
    fails the check, not the run.
    """
    try:
        found = glue.differences()
    except (PermanentError, RetryableError) as error:
        return dg.AssetCheckResult(passed=False, severity=dg.AssetCheckSeverity.WARN, description=str(error))
    wrong = [difference for difference in found if difference.severity != "waiting"]
    return dg.AssetCheckResult(
        passed=not wrong,
        severity=_severity(wrong),
        description="\n".join(difference.sentence for difference in wrong) or None,
        metadata=dict(Counter(difference.severity for difference in found)),
    )


def _severity(wrong: "list[Difference]") -> dg.AssetCheckSeverity:
    is_error = any(difference.severity == "error" for difference in wrong)
    return dg.AssetCheckSeverity.ERROR if is_error else dg.AssetCheckSeverity.WARN
