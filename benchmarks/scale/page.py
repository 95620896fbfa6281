"""The figures of ``docs/scaling.md``: a table, the growth, a projection, and the curves as a picture."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pygal

from benchmarks.scale.fitting import fit
from benchmarks.scale.projection import LINES, REGION, project
from benchmarks.scale.results import Record, read_results
from nubank_assets.aws.emr_prices import price_list

_DOCS: Final = Path(__file__).parents[2] / "docs"
_FIGURES: Final = re.compile(r"(<!-- figures -->\n).*(<!-- end of figures -->)", re.DOTALL)
#: A load from which on the seconds are those of a busy machine.
_BUSY: Final = 3
_NAMES: Final = {
    "sail": "Sail",
    "step": "Sail, whole steps",
    "spark": "JVM Spark, local[2]",
    "duckdb": "hand-written DuckDB SQL",
}


def write_page() -> None:
    """Renew the figures between the marks of the page, and its picture, from what was measured."""
    records = read_results()
    page = _DOCS / "scaling.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(_FIGURES.sub(lambda found: found[1] + figures(records) + found[2], text), encoding="utf-8")
    _draw(records).render_to_file((_DOCS / "images" / "scaling.svg").as_posix())


def figures(records: list[Record]) -> str:
    """The part of the page that is measured, as Markdown."""
    return "\n".join([*_table(records), "", *_growths(records), "", *_projections(records), ""])


def _figures_of(records: Iterable[Record], engine: str, name: str) -> dict[int, float]:
    """One figure of an engine, by lines."""
    return {record["lines"]: record[name] for record in records if record["engine"] == engine}


def _table(records: list[Record]) -> Iterator[str]:
    yield "| lines | engine | seconds | ÷ DuckDB | of the processor | ÷ DuckDB | peak MB | read MB | written MB | load before |"
    yield "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    for record in sorted(records, key=lambda record: (record["lines"], list(_NAMES).index(record["engine"]))):
        yield (
            "| {lines:,} | {name} | {seconds:.1f} | {clock} | {cpu_seconds:.1f} | {processor} | {peak_megabytes:,} "
            "| {read_megabytes:,} | {written_megabytes:,} | {load} |"
        ).format(
            **record,
            name=_NAMES[record["engine"]],
            clock=_beside(record, records, "seconds"),
            processor=_beside(record, records, "cpu_seconds"),
        )
    yield ""
    yield f"Measured: {', '.join(sorted({str(record['date']) for record in records}))}, on {records[0]['machine']}."


def _beside(record: Record, records: list[Record], name: str) -> str:
    """How many times the yardstick's figure for as many lines; nothing where that was not measured at a like load."""
    yardstick = _figures_of(records, "duckdb", name).get(record["lines"])
    load = _figures_of(records, "duckdb", "load").get(record["lines"], 0)
    alike = (record["load"] > _BUSY) == (load > _BUSY)
    return f"{record[name] / yardstick:.2f}" if yardstick and alike else ""


def _growths(records: list[Record]) -> Iterator[str]:
    yield "Growth from 100,000 lines on, fitted to the logarithms by least squares:"
    yield ""
    for engine, name in _NAMES.items():
        clock, processor = (fit(_figures_of(records, engine, figure)) for figure in ("seconds", "cpu_seconds"))
        if clock and processor:
            yield f"* {name}: seconds ~ lines^{clock.exponent:.2f}; of the processor ~ lines^{processor.exponent:.2f}"


def _projections(records: list[Record]) -> Iterator[str]:
    spark = _figures_of(records, "spark", "cpu_seconds")
    if not spark:
        return
    yield f"**Estimate, not measured**, for {LINES:,} lines ({REGION}):"
    yield ""
    yield "| where | minutes | US$ |"
    yield "|---|---:|---:|"
    # In proportion to the most lines: a growth that was fitted to what starting took would promise too much.
    for place in project(max(spark), spark[max(spark)]):
        yield f"| {place.place} | {place.minutes:.0f} | {place.dollars} |"
    yield ""
    yield f"Prices: {price_list()['source']} ({price_list()['as_of']})."


def _draw(records: list[Record]) -> pygal.XY:
    """Seconds of the processor, which other work on the machine disturbs least, by lines; both by powers of ten."""
    sizes = sorted({record["lines"] for record in records})
    chart = pygal.XY(
        title="Cleaning and classification, seconds of the processor",
        x_title="lines",
        logarithmic=True,
        x_labels=[{"value": size, "label": f"{size:,}"} for size in sizes],
        y_labels=[1, 10, 100, 1_000, 10_000],
        truncate_label=-1,
        legend_at_bottom=True,
        truncate_legend=-1,
        js=[],
        no_prefix=True,
        disable_xml_declaration=True,
    )
    for engine, name in _NAMES.items():
        chart.add(name, sorted(_figures_of(records, engine, "cpu_seconds").items()))
    return chart
