"""The raw layer: every line of the inbox's documents, verbatim, and what became of it; and a person's own words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import dagster as dg

from nubank_assets.assets.declared import declared_spec, key_of
from nubank_assets.checks import SOURCES_FAILED
from nubank_assets.domain.catalog import CORRECTIONS, RAW_DOCUMENTS, RAW_LINES, RAW_READINGS, RULES, tables_of
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.jobs import made_by_command
from nubank_assets.partitions import SINGLE_RUN
from nubank_assets.resources import InboxResource, LakeResource, SourcesResource

if TYPE_CHECKING:
    from nubank_assets.sources.raw import RawTables


#: Made by `raw_transactions`, once the sources were asked, and of no month: as an asset to run by itself it would be
#: read before the spreadsheet is, and cost every backfill from the page one round of the daemon more.
corrections: Final = declared_spec(CORRECTIONS.name, [], {"python", "parquet", "googlesheets"})
rules: Final = declared_spec(RULES.name, [], {"python", "parquet", "googlesheets"})


@dg.multi_asset(
    name=Layer.RAW.value,
    outs={
        table.name: dg.AssetOut.from_spec(declared_spec(table.name, [], {"python", "parquet"}))
        for table in tables_of(Layer.RAW)
        if table.partitioned
    },
    backfill_policy=SINGLE_RUN,
)
def raw_transactions(
    context: dg.AssetExecutionContext, inbox: InboxResource, lake: LakeResource, sources: SourcesResource
) -> Iterator[Any]:
    """The lines, documents and readings of these months, after one round over the sources that collect.

    The corrections of all months and the person's rules are made anew too.
    """
    import pyarrow as pa

    from nubank_assets.sources.raw import read_raw_batches

    _collect(context, inbox, sources)
    _publish_said(context, inbox, lake)
    small: dict[str, list[pa.Table]] = {RAW_DOCUMENTS.name: [], RAW_READINGS.name: []}

    def lines() -> Iterator[tuple[list[str], pa.Table]]:
        """The lines batch by batch, as the IO manager stores them; the small tables are kept for after."""
        for months, tables in read_raw_batches(inbox.open(), context.partition_keys):
            _count_rows(context, tables)
            yield months, tables.lines
            for name, kept in small.items():
                kept.append(tables.by_name()[name])

    yield dg.Output(lines(), output_name=RAW_LINES.name)
    for name, tables in small.items():
        yield dg.Output(pa.concat_tables(tables), output_name=name)


def _collect(context: dg.AssetExecutionContext, inbox: InboxResource, sources: SourcesResource) -> None:
    """Ask the sources, once a run: `nubank run` did so itself, to know which months there are.

    A source that could not be asked changed nothing; what is stored is processed, and `sources_answered` fails the run.
    """
    if made_by_command(context.run.tags):
        return
    collection = sources.collect(inbox.open())
    elsewhere = sorted({*collection.new_months} - {*context.partition_keys})
    if elsewhere:
        context.log.info(f"new documents of months that are not in this run: {', '.join(elsewhere)}")
    for warning in collection.warnings:
        context.log.warning(warning)
    if collection.failures:
        reasons = "\n".join(map(str, collection.failures))
        context.log_event(dg.AssetObservation(key_of(RAW_DOCUMENTS.name), metadata={SOURCES_FAILED: reasons}))


def _publish_said(context: dg.AssetExecutionContext, inbox: InboxResource, lake: LakeResource) -> None:
    """The tables `corrections` and `rules`."""
    from nubank_assets.sources.own_rules import read_rules
    from nubank_assets.sources.sheets.correction_rows import read_corrections

    said = read_corrections(inbox.open())
    own = read_rules(inbox.open(), said)
    lake.open().write(CORRECTIONS, None, said)
    lake.open().write(RULES, None, own)
    metadata = {"dagster/row_count": said.num_rows, "unusable": said.num_rows - said["reason"].null_count}
    context.log_event(dg.AssetMaterialization(key_of(CORRECTIONS.name), metadata=metadata))
    context.log_event(dg.AssetMaterialization(key_of(RULES.name), metadata={"dagster/row_count": own.num_rows}))


def _count_rows(context: dg.AssetExecutionContext, tables: "RawTables") -> None:
    """The number of rows of every table in every month, as metadata of that month."""
    for name in tables.by_name():
        for month, count in tables.rows_by_month(name).items():
            context.add_asset_metadata({"dagster/partition_row_count": count}, key_of(name), month)
