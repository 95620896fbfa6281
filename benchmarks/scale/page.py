"""The figures of ``docs/scaling.md``: a table, the growth, a projection, and the curves as a picture."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pygal

from benchmarks.scale.fitting import Growth, fit
from benchmarks.scale.projection import LINES, REGION, prices, project
from benchmarks.scale.results import Record, read_results

_DOCS: Final = Path(__file__).parents[2] / "docs"
_FIGURES: Final = re.compile(r"(<!-- figures -->\n).*(<!-- end of figures -->)", re.DOTALL)
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


def _times(records: Iterable[Record], engine: str) -> dict[int, float]:
    return {record["lines"]: record["seconds"] for record in records if record["engine"] == engine}


def _table(records: list[Record]) -> Iterator[str]:
    yield "| lines | engine | seconds | of the processor | peak MB | read MB | written MB | ÷ DuckDB | load before | date |"
    yield "|---:|---|---:|---:|---:|---:|---:|---:|---:|---|"
    yardstick = _times(records, "duckdb")
    for record in sorted(records, key=lambda record: (record["lines"], list(_NAMES).index(record["engine"]))):
        beside = yardstick.get(record["lines"])
        ratio = f"{record['seconds'] / beside:.2f}" if beside else ""
        yield (
            "| {lines:,} | {name} | {seconds:.1f} | {cpu_seconds:.1f} | {peak_megabytes:,} | {read_megabytes:,} "
            "| {written_megabytes:,} | {ratio} | {load} | {date} |"
        ).format(**record, name=_NAMES[record["engine"]], ratio=ratio)


def _growths(records: list[Record]) -> Iterator[str]:
    yield "Growth from 100,000 lines on, fitted to the logarithms by least squares:"
    yield ""
    for engine, name in _NAMES.items():
        if growth := fit(_times(records, engine)):
            yield f"* {name}: seconds ~ lines^{growth.exponent:.2f}{_processor(records, engine)}"


def _processor(records: list[Record], engine: str) -> str:
    growth = fit({record["lines"]: record["cpu_seconds"] for record in records if record["engine"] == engine})
    return f"; of the processor ~ lines^{growth.exponent:.2f}" if growth else ""


def _projections(records: list[Record]) -> Iterator[str]:
    spark: Growth | None = fit(_times(records, "spark"))
    if not spark:
        return
    yield f"**Estimate, not measured**, for {LINES:,} lines ({REGION}):"
    yield ""
    yield "| where | minutes | US$ |"
    yield "|---|---:|---:|"
    for place in project(spark):
        yield f"| {place.place} | {place.minutes:.0f} | {place.dollars} |"
    yield ""
    yield f"Prices: {prices()['source']} ({prices()['as_of']})."


def _draw(records: list[Record]) -> pygal.XY:
    chart = pygal.XY(
        title="Cleaning and classification on 2 cores",
        x_title="lines",
        y_title="seconds",
        logarithmic=True,
        x_value_formatter=lambda lines: f"{lines:,.0f}",
        value_formatter=lambda seconds: f"{seconds:g}",
        legend_at_bottom=True,
        js=[],
        no_prefix=True,
        disable_xml_declaration=True,
    )
    for engine, name in _NAMES.items():
        chart.add(name, sorted(_times(records, engine).items()))
    return chart
