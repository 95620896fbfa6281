"""The file itself: the same for the same lake, whole, private, small, and made of what it should be made of."""

import hashlib
import json
import re
from base64 import b64encode
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from nubank_assets.dashboard import inlined
from nubank_assets.dashboard.ledger import as_script
from nubank_assets.dashboard.page import MAX_BYTES, write_page
from nubank_assets.dashboard.sentences import TEXTS
from nubank_assets.domain.failures import PermanentError
from nubank_assets_tests.dashboard.conftest import Opener
from nubank_assets_tests.dashboard.reading import money
from nubank_assets_tests.fakes.homes import DemoHome
from nubank_assets_tests.fakes.lake import make_lake

FOLDER: Final = Path(inlined.__file__).parent
MODULES: Final = {name: (FOLDER / "scripts" / f"{name}.js").read_text(encoding="utf-8") for name in inlined.SCRIPTS}


def _data(path: Path) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', path.read_text("utf-8"), re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_same_lake_gives_the_same_bytes_for_its_owner_alone(
    home: DemoHome, page_path: Path, tmp_path: Path
) -> None:
    again = tmp_path / "new" / "page.html"
    write_page(home.lake, again, "pt-BR")
    assert again.read_bytes() == page_path.read_bytes()
    assert (page_path.stat().st_mode & 0o777, again.stat().st_mode & 0o777) == (0o600, 0o600)
    assert [file.name for file in again.parent.iterdir()] == ["page.html"]


def test_a_page_that_cannot_be_written_is_one_sentence(home: DemoHome, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PermanentError, match="a página não pôde ser gravada"):
        write_page(home.lake, tmp_path / "file" / "page.html", "pt-BR")


def test_every_total_is_followed_by_its_lines(page_path: Path) -> None:
    data = _data(page_path)
    amounts = iter(data["lines"]["amount"])
    for total, count in zip(data["totals"]["amount"], data["totals"]["count"], strict=True):
        assert sum(next(amounts) for _ in range(count)) == total
    assert next(amounts, None) is None
    assert max(data["lines"]["title"]) == len(data["lines"]["titles"]) - 1


def test_titles_cannot_end_the_script_that_holds_them(page_path: Path) -> None:
    text = page_path.read_text("utf-8")
    assert text.count("</script>") == text.count("<script") == 3
    own = text.replace(inlined.library(), "")
    assert "<img" not in own
    assert "\u2028" not in own
    assert any(title.startswith("</script><img") for title in _data(page_path)["lines"]["titles"])
    assert json.loads(as_script("</script>&\u2028\u2029<!--")) == "</script>&\u2028\u2029<!--"


def test_the_policy_names_exactly_what_is_in_the_page(page_path: Path) -> None:
    text = page_path.read_text("utf-8")
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    rules = dict(rule.split(" ", 1) for rule in policy.replace("&#39;", "'").split("; "))
    bodies = {"script-src": re.findall(r"<script>(.*?)</script>", text, re.DOTALL)}
    bodies["style-src"] = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    for rule, found in bodies.items():
        digests = [b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in found]
        assert rules.pop(rule).split() == [f"'sha256-{digest}'" for digest in digests]
    assert rules == {"default-src": "'none'", "img-src": "data:", "form-action": "'none'", "base-uri": "'none'"}
    assert not re.search(r'<[^>]+ (style|on\w+)="', re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL))


def test_the_chart_library_is_what_was_published() -> None:
    recorded = json.loads((FOLDER / "vendor" / "echarts.json").read_text())
    library = (FOLDER / "vendor" / Path(recorded["file"]).name).read_bytes()
    assert recorded["integrity"] == f"sha512-{b64encode(hashlib.sha512(library).digest()).decode()}"
    assert f'"{recorded["version"]}"'.encode() in library
    assert inlined.library().encode() == library
    licences = {path.name for path in (FOLDER / "vendor").glob("*.txt")}
    assert licences == {"LICENSE-echarts.txt", "NOTICE-echarts.txt", "LICENSE-d3.txt", "LICENSE-zrender.txt"}


def test_modules_import_what_they_use_from_those_above_them() -> None:
    exported: dict[str, set[str]] = {}
    for name, module in MODULES.items():
        assert module.startswith("/**\n * "), name
        assert len(module.splitlines()) < 200, name
        for names, source in re.findall(r"^import \{(.*?)\} from \"\./(\w+)\.js\";", module, re.MULTILINE | re.DOTALL):
            wanted = {one.strip() for one in names.split(",") if one.strip()}
            assert wanted <= exported[source], (name, source)
            assert all(re.search(rf"\b{re.escape(one)}\b", module.split(";\n\n", 1)[1]) for one in wanted), name
        exported[name] = set(re.findall(r"^export (?:const|function) (\w+)", module, re.MULTILINE))
    assert {path.stem for path in (FOLDER / "scripts").glob("*.js")} == set(MODULES)
    assert {path.stem for path in (FOLDER / "styles").glob("*.css")} == set(inlined.STYLES)


def test_no_name_is_given_twice_in_the_one_script() -> None:
    names = re.findall(r"^(?:const|let|function) (\w+)", inlined.scripts(), re.MULTILINE)
    assert len(names) > 80
    assert len(names) == len(set(names))
    assert not re.search(r"^(import|export) |innerHTML|eval\(|parseFloat", inlined.scripts(), re.MULTILINE)


def test_every_text_is_in_both_languages_with_the_same_braces_and_is_used() -> None:
    for key, said in TEXTS.items():
        assert set(said) == {"pt-BR", "en"}
        assert set(re.findall(r"\{\w+\}", said["pt-BR"])) == set(re.findall(r"\{\w+\}", said["en"])), key
        assert any(re.fullmatch(pattern, key) for pattern in _said()), key


@cache
def _said() -> set[str]:
    """Every literal of scripts, templates and modules as a pattern: what is filled in later stands for anything."""
    files = [
        path for path in FOLDER.rglob("*.*") if path.suffix in {".js", ".html", ".py"} and "vendor" not in path.parts
    ]
    code = "".join(path.read_text("utf-8") for path in files if not path.name.endswith("sentences.py"))
    literals = {literal for quote in "\"'`" for literal in re.findall(f"{quote}([^{quote}\n]+){quote}", code)}
    wide = {re.sub(r"\$?\{[^}]*\}", "*", literal) for literal in literals if literal[0].isalpha()}
    return {
        re.escape(literal).replace(r"\*", "[^.]+") + (r"[^.]+" if literal.endswith(".") else "") for literal in wide
    }


def test_a_lake_without_lines_gives_a_page_that_says_so(tmp_path: Path) -> None:
    lake = make_lake(tmp_path, monthly_summary=[], daily_totals=[])
    written = write_page(lake, tmp_path / "page.html", "pt-BR")
    text = (tmp_path / "page.html").read_text("utf-8")
    assert (written.lines, written.omitted) == (0, 0)
    assert "Nenhum dado ainda" in text
    assert "<script" not in text


def _years(tmp_path: Path, days: int, lines_a_day: int) -> Any:
    """A lake of so many days, each line of its own title and category."""
    categories = ("casa", "lazer", "saúde")
    rows: list[dict[str, Any]] = []
    for number in range(days):
        day = date(2026, 11, 23) - timedelta(number)
        common = {"date": day, "month": f"{day:%Y-%m}", "bill_state": "closed"}
        for line in range(lines_a_day):
            title = f"Estabelecimento número {(number * 7 + line * 13) % 4000}"
            rows.append(
                common | {"category": categories[line % 3], "title": title, "amount_brl": f"-{number % 90 + line}.37"}
            )
    totals: dict[Any, dict[str, Any]] = {}
    for row in rows:
        key = (row["date"], row["category"])
        total = totals.setdefault(key, row | {"amount_brl": 0, "transactions": 0, "seen": date(2026, 11, 23)})
        total["amount_brl"] += int(str(row["amount_brl"]).replace(".", ""))
        total["transactions"] += 1
    named = ("date", "month", "bill_state", "category", "transactions", "seen")
    daily = [
        {name: total[name] for name in named} | {"basis": basis, "amount_brl": f"{total['amount_brl'] / 100:.2f}"}
        for total in totals.values()
        for basis in ("bill", "date")
    ]
    months = sorted({row["month"] for row in rows})
    summary = [
        {"month": month, "basis": basis, "expenses_brl": "-1.00"} for month in months for basis in ("bill", "date")
    ]
    return make_lake(tmp_path, categorized_transactions=rows, daily_totals=daily, monthly_summary=summary)


def test_fifteen_thousand_lines_have_room_and_of_more_the_oldest_are_left_out(
    tmp_path: Path, open_page: Opener
) -> None:
    lake = _years(tmp_path, days=3000, lines_a_day=5)
    written = write_page(lake, tmp_path / "whole.html", "pt-BR")
    assert (written.lines, written.omitted) == (15_000, 0)
    assert written.size == (tmp_path / "whole.html").stat().st_size < MAX_BYTES
    short = tmp_path / "short.html"
    cut = write_page(lake, short, "pt-BR", most=written.size - 100_000)
    assert cut.lines + cut.omitted == 15_000
    assert cut.omitted > 1_000
    assert cut.size < written.size - 50_000
    report = open_page(short)
    report.show("date", "2018-01-01", "2026-11-30")
    whole = money(report.text("#card-expenses .amount"))
    report.page.locator("#card-expenses button").click()
    count, omitted = re.findall(r"[\d.]+", report.text("#lines-says"))[0], report.text("#lines-says").split("somam ")[1]
    assert int(count.replace(".", "")) == cut.omitted
    assert report.amount("#lines-sum strong") + money(omitted.split(":")[0]) == whole
    assert "não cabem nesta página" in report.text("footer")
