"""`python -m benchmarks.scale`: make lines, let engines work on them one after another, keep and show the figures."""

import shutil
import sys
import tempfile
from pathlib import Path

import click

from benchmarks.scale.lines import write_lines
from benchmarks.scale.measuring import measure_command
from benchmarks.scale.page import write_page
from benchmarks.scale.results import RESULTS, keep_result
from benchmarks.scale.work import ENGINES

_UNITS = {"k": 1_000, "M": 1_000_000}


def _sizes(_context: click.Context, _parameter: click.Parameter, value: str) -> list[int]:
    """`1k,10M` as numbers; raises BadParameter."""
    try:
        return [int(size.rstrip("kM")) * _UNITS.get(size[-1:], 1) for size in value.split(",")]
    except ValueError as error:
        raise click.BadParameter(f"{value}: write 1k,100k,10M") from error


def _engines(_context: click.Context, _parameter: click.Parameter, value: str) -> list[str]:
    """`sail,duckdb` as names; raises BadParameter."""
    if unknown := set(value.split(",")) - set(ENGINES):
        raise click.BadParameter(f"{', '.join(sorted(unknown))}: there are {', '.join(ENGINES)}")
    return value.split(",")


@click.command()
@click.option("--sizes", default="1k,10k,100k,1M", show_default=True, callback=_sizes, help="Lines; up to 100M.")
@click.option("--engines", default=",".join(ENGINES), show_default=True, callback=_engines)
@click.option("--times", default=1, show_default=True, help="Measure so often, and keep the quickest.")
@click.option("--seed", default=1, show_default=True)
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="Where lines are made; else a new one."
)
@click.option("--results", default=RESULTS, type=click.Path(path_type=Path, dir_okay=False), help="Where figures go.")
def main(sizes: list[int], engines: list[str], times: int, seed: int, folder: Path | None, results: Path) -> None:
    """Measure how cleaning and classification grow with the lines."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        for lines in sizes:
            root = Path(scratch) / "lake"
            write_lines(root, lines, seed=seed)
            for engine in engines:
                _measure(engine, lines, root, times, results)
            shutil.rmtree(root)
    if results == RESULTS:
        write_page()


def _measure(engine: str, lines: int, root: Path, times: int, results: Path) -> None:
    """Let an engine work in a process of its own, and keep the quickest of its attempts."""
    costs = []
    for _ in range(times):
        out = root.with_name("out")
        out.mkdir()
        costs.append(measure_command(sys.executable, "-m", "benchmarks.scale.work", engine, str(root), str(out)))
        shutil.rmtree(out)
    found = keep_result(engine, lines, min(costs, key=lambda cost: cost.seconds), results)
    said = "{engine:7} {lines:>12,} lines {seconds:9.2f} s, processor {cpu_seconds:9.2f} s, {peak_megabytes:6} MB"
    click.echo(f"{said}, load {{load}}".format(**found))


main()
