"""The demo's files: their formats, names and times, and that they say what the truth ledger says."""

import csv
import io
import re
import tempfile
import time
from collections import Counter
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nubank_assets.domain.failures import InputError
from nubank_assets.domain.months import SAO_PAULO, month_of
from nubank_assets.domain.vocabulary import AccountType, BillState, Kind
from nubank_assets.sources.demo.generator import write_demo
from nubank_assets.sources.demo.truth import Truth

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=SAO_PAULO).timestamp()

CARD_NAME = re.compile(r"(?:nubank-(20\d\d-\d\d)|Nubank_(20\d\d-\d\d)-10)(?: \(\d\))?\.(csv|ofx)")
ACCOUNT_NAME = re.compile(
    r"NU_12345678_(01(?:JAN|FEV|MAR|ABR|MAI|JUN|JUL|AGO|SET|OUT|NOV|DEZ)20\d\d)_\d\d[A-Z]{3}20\d\d\.(csv|ofx)"
)

Line = tuple[str, str, int]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("demo")
    write_demo(directory, months=24, seed=7, today=TODAY)
    return directory


@pytest.fixture(scope="module")
def truth(home: Path) -> Truth:
    return Truth.from_json((home / "truth.json").read_text(encoding="utf-8"))


def exports(home: Path) -> list[Path]:
    return sorted((home / "exports").iterdir(), key=lambda path: (path.stat().st_mtime, path.name))


def contents(home: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in exports(home)}


def bill_in(path: Path) -> str | None:
    name = CARD_NAME.fullmatch(path.name)
    return (name[1] or name[2]) if name else None


def centavos(text: str) -> int:
    """Of ``- 1.234,50``, ``-1234.50``, ``32.9`` and ``50``."""
    text = text.replace(".", "").replace(",", ".") if "," in text else text
    whole, _, rest = text.replace(" ", "").partition(".")
    sign = -1 if whole.startswith("-") else 1
    return sign * (abs(int(whole)) * 100 + int(rest.ljust(2, "0") or 0))


def card_csv_lines(path: Path) -> list[Line]:
    """The lines with our sign; quotes in a title of 2018 to 2024 are not escaped."""
    text = io.StringIO(path.read_text(encoding="utf-8"))
    unescaped = path.name.startswith("nubank-")
    rows = csv.DictReader(text, quoting=csv.QUOTE_NONE) if unescaped else csv.DictReader(text)
    return [(row["date"], row["title"], -centavos(row["amount"])) for row in rows]


def account_csv_lines(path: Path) -> list[Line]:
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    days = [(row, datetime.strptime(row["Data"], "%d/%m/%Y").replace(tzinfo=SAO_PAULO)) for row in rows]
    return [(str(day.date()), row["Descrição"], centavos(row["Valor"])) for row, day in days]


def ofx_values(text: str, tag: str) -> list[str]:
    return re.findall(rf"<{tag}>([^<\n]*)", text)


def ofx_lines(path: Path) -> list[Line]:
    text = path.read_text(encoding="utf-8")
    posted = [f"{day[:4]}-{day[4:6]}-{day[6:8]}" for day in ofx_values(text, "DTPOSTED")]
    amounts = [centavos(amount) for amount in ofx_values(text, "TRNAMT")]
    return list(zip(posted, ofx_values(text, "MEMO"), amounts, strict=True))


def current_card_files(home: Path) -> dict[str, Path]:
    """The CSV of each bill that was exported last."""
    return {bill: path for path in exports(home) if path.suffix == ".csv" and (bill := bill_in(path))}


def assert_files_say_the_truth(home: Path, truth: Truth) -> None:
    expected: dict[str, Counter[Line]] = {}
    for line in truth.lines:
        key = f"{line.account.value} {line.month}"
        expected.setdefault(key, Counter())[str(line.date), line.title, line.centavos] += 1
    found = {f"card {bill}": Counter(card_csv_lines(path)) for bill, path in current_card_files(home).items()}
    for path in exports(home):
        if path.suffix == ".csv" and bill_in(path) is None and (lines := account_csv_lines(path)):
            found[f"account {lines[0][0][:7]}"] = Counter(lines)
    assert found == expected


def test_the_files_say_the_truth_line_by_line(home: Path, truth: Truth) -> None:
    assert_files_say_the_truth(home, truth)


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(min_value=-(2**31), max_value=2**31),
    months=st.integers(min_value=1, max_value=14),
    today=st.dates(min_value=date(2016, 6, 1), max_value=date(2027, 12, 31)),
)
def test_the_files_say_the_truth_for_any_seed_and_day(seed: int, months: int, today: date) -> None:
    with tempfile.TemporaryDirectory() as directory:
        truth = write_demo(Path(directory), months=months, seed=seed, today=today)
        assert_files_say_the_truth(Path(directory), truth)
        past = [line for line in truth.lines if line.bill_state is not BillState.FUTURE]
        assert max(line.date for line in past) <= today
        assert min(truth.balances.values()) > 0


@pytest.mark.parametrize("months", [1, 2, 120])
def test_any_number_of_months(tmp_path: Path, months: int) -> None:
    truth = write_demo(tmp_path, months=months, seed=1, today=TODAY)
    assert_files_say_the_truth(tmp_path, truth)
    assert len(truth.balances) == months
    assert list(truth.totals)[:1] == list(truth.balances)[:1]


@pytest.mark.parametrize(
    "today", [date(2026, 11, day) for day in (1, 2, 3, 4, 5, 10, 30)] + [date(2024, 2, 29), date(2026, 12, 31)]
)
def test_any_day_of_the_month(tmp_path: Path, today: date) -> None:
    truth = write_demo(tmp_path, months=3, seed=1, today=today)
    assert_files_say_the_truth(tmp_path, truth)
    states = {line.month: line.bill_state for line in truth.lines if line.account is AccountType.CARD}
    open_bills = [bill for bill, state in states.items() if state is BillState.OPEN]
    # What is bought on the third is the last of the bill due on the tenth.
    following = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    assert open_bills == [month_of(today if today.day <= 3 else following)]


def test_the_same_arguments_give_the_same_bytes_and_times(home: Path, tmp_path: Path) -> None:
    write_demo(tmp_path, months=24, seed=7, today=TODAY)
    assert contents(tmp_path) == contents(home)
    assert (tmp_path / "truth.json").read_bytes() == (home / "truth.json").read_bytes()


def test_another_seed_is_another_household(home: Path, tmp_path: Path) -> None:
    write_demo(tmp_path, months=24, seed=8, today=TODAY)
    assert contents(tmp_path).keys() == contents(home).keys()
    assert all(contents(tmp_path)[name][0] != content for name, (content, _) in contents(home).items())


def test_a_past_month_is_the_same_in_every_demo_of_its_seed(home: Path, tmp_path: Path) -> None:
    write_demo(tmp_path / "short", months=5, seed=7, today=TODAY)
    write_demo(tmp_path / "later", months=24, seed=7, today=date(2027, 2, 8))
    short, later, here = (contents(place) for place in (tmp_path / "short", tmp_path / "later", home))
    assert short.items() <= here.items()
    closed = {name: content for name, (content, _) in here.items() if "2026-09" in name or "SET2026" in name}
    assert closed == {name: later[name][0] for name in closed}
    assert len(closed) == 2
    assert here["Nubank_2026-11-10 (1).csv"][0] == later["Nubank_2026-11-10.csv"][0]


def test_every_name_is_one_the_app_gives(home: Path) -> None:
    for path in exports(home):
        assert CARD_NAME.fullmatch(path.name) or ACCOUNT_NAME.fullmatch(path.name), path.name


def test_no_file_is_of_the_future(home: Path) -> None:
    times = [path.stat().st_mtime for path in exports(home)]
    assert max(times) == NOON


def test_the_three_looks_of_a_card_csv(home: Path) -> None:
    looks = {
        "nubank-2024-12.csv": ("date,category,title,amount", r"\d{4}-\d\d-\d\d,[^,]*,[^,]+,-?\d+(\.\d?[1-9])?"),
        "Nubank_2026-02-10.csv": ("date,title,amount", r'\d{4}-\d\d-\d\d,(?:[^,"]+|"[^,]+"),-?\d+\.\d\d'),
        "Nubank_2026-03-10.csv": (
            "date,title,amount",
            r'\d{4}-\d\d-\d\d,(?:[^,"]+|"[^,]+"),"(?:- )?\d{1,3}(?:\.\d{3})*,\d\d"',
        ),
    }
    for name, (header, line) in looks.items():
        first, *lines = (home / "exports" / name).read_bytes().decode("utf-8").removesuffix("\n").split("\n")
        assert first == header
        assert [text for text in lines if not re.fullmatch(line, text)] == []


def test_the_first_era_prints_categories_except_of_payments_and_charges(home: Path) -> None:
    text = (home / "exports" / "nubank-2024-12.csv").read_text(encoding="utf-8")
    assert re.search(r",,Pagamento recebido,-\d", text)
    assert re.search(r',,IOF de "Cloudbox.Com",\d', text)
    assert re.search(r",supermercado,Mercado Azul,\d", text)
    assert re.search(r",casa,Moveis Horizonte Azul 4/12,\d", text)


def test_lines_are_newest_first(home: Path) -> None:
    for path in current_card_files(home).values():
        days = [line[0] for line in card_csv_lines(path)]
        assert days == sorted(days, reverse=True)


def test_the_last_closed_bill_was_exported_while_it_was_open(home: Path) -> None:
    open_file, closed_file = (home / "exports" / f"Nubank_2026-11-10{copy}.csv" for copy in ("", " (1)"))
    assert open_file.stat().st_mtime < closed_file.stat().st_mtime
    open_lines, closed_lines = set(card_csv_lines(open_file)), set(card_csv_lines(closed_file))
    open_titles, closed_titles = ({title for _, title, _ in lines} for lines in (open_lines, closed_lines))
    assert "IOF de compra internacional" in open_titles - closed_titles
    assert 'IOF de "Cloudbox.Com"' in closed_titles - open_titles
    days = {title: day for day, title, _ in open_lines}
    moved = [title for day, title, _ in closed_lines if title == "Netfilmes.Com" and days[title] < day]
    assert moved == ["Netfilmes.Com"]


def test_a_future_bill_dates_a_parcel_by_its_purchase_and_an_open_one_by_its_cycle(home: Path) -> None:
    future_file, open_file = (home / "exports" / f"Nubank_2026-12-10{copy}.csv" for copy in ("", " (1)"))
    parcels = {title: day for day, title, _ in card_csv_lines(future_file)}
    assert parcels
    later = {title: day for day, title, _ in card_csv_lines(open_file) if title in parcels}
    assert set(later.values()) == {"2026-11-04"}
    assert not set(parcels.values()) & {"2026-11-04"}


def test_a_card_ofx_repeats_its_csv_and_its_balance_leaves_payments_out(home: Path) -> None:
    files = [path for path in exports(home) if path.suffix == ".ofx" and bill_in(path)]
    assert len(files) == 8
    for path in files:
        lines = ofx_lines(path)
        assert lines == card_csv_lines(path.with_suffix(".csv"))
        text = path.read_text(encoding="utf-8")
        total = sum(amount for _, title, amount in lines if title != "Pagamento recebido")
        assert [centavos(balance) for balance in ofx_values(text, "BALAMT")] == [total]


def test_an_ofx_names_the_moment_of_its_export(home: Path) -> None:
    for path in exports(home):
        if path.suffix == ".ofx":
            written = ofx_values(path.read_text(encoding="utf-8"), "DTSERVER")[0]
            moment = datetime.strptime(written, "%Y%m%d%H%M%S[-3:BRT]").replace(tzinfo=SAO_PAULO)
            assert moment.timestamp() == path.stat().st_mtime


def test_an_ofx_until_2022_closes_no_values_and_trims_amounts(tmp_path: Path) -> None:
    write_demo(tmp_path, months=60, seed=7, today=TODAY)
    old = (tmp_path / "exports" / "nubank-2022-01.ofx").read_text(encoding="utf-8")
    assert "</MEMO>" not in old
    assert "<ORG>" not in old
    assert "[-3:GMT]" in old
    assert not [amount for amount in ofx_values(old, "TRNAMT") if re.search(r"\.\d?0$", amount)]
    assert ofx_lines(tmp_path / "exports" / "nubank-2022-01.ofx") == card_csv_lines(
        tmp_path / "exports" / "nubank-2022-01.csv"
    )
    new = (tmp_path / "exports" / "nubank-2023-01.ofx").read_text(encoding="utf-8")
    assert "<ORG>NU PAGAMENTOS S.A.</ORG>" in new
    assert "</MEMO>" in new


def test_the_account_never_falls_below_zero_and_its_months_join(truth: Truth) -> None:
    opening = 0
    for number, (month, closing) in enumerate(truth.balances.items()):
        moved = [line.centavos for line in truth.lines if line.account is AccountType.ACCOUNT and line.month == month]
        if number:
            assert closing - sum(moved) == opening
        balance = closing - sum(moved)
        for amount in moved:
            balance += amount
            assert balance >= 0
        opening = closing


def test_an_account_ofx_repeats_its_csv_and_states_the_closing_balance(home: Path, truth: Truth) -> None:
    files = [path for path in exports(home) if path.suffix == ".ofx" and not bill_in(path)]
    assert len(files) == 9
    for path in files:
        lines, text = ofx_lines(path), path.read_text(encoding="utf-8")
        assert lines == account_csv_lines(path.with_suffix(".csv"))
        assert [centavos(balance) for balance in ofx_values(text, "BALAMT")] == [truth.balances[lines[0][0][:7]]]
        rows = csv.DictReader(io.StringIO(path.with_suffix(".csv").read_text(encoding="utf-8")))
        assert ofx_values(text, "FITID") == [row["Identificador"] for row in rows]


def test_an_identifier_begins_with_a_moment_of_its_day(truth: Truth) -> None:
    account = [line for line in truth.lines if line.account is AccountType.ACCOUNT]
    moments = [int(line.identifier[:8], 16) for line in account]
    days = [datetime.fromtimestamp(moment, SAO_PAULO).date() for moment in moments]
    assert days == [line.date for line in account]
    assert all(earlier <= later for earlier, later in pairwise(moments))


def test_identifiers_repeat_only_where_the_bank_repeats_them(truth: Truth) -> None:
    parcels_of_one = {Kind.INSTALLMENT, Kind.PIX_ON_CREDIT}
    groups: dict[str, list[Kind]] = {}
    for line in truth.lines:
        if not (line.account is AccountType.CARD and line.kind in parcels_of_one):
            groups.setdefault(line.identifier, []).append(line.kind)
    repeated = {tuple(kinds) for kinds in groups.values() if len(kinds) > 1}
    assert repeated == {(Kind.PURCHASE, Kind.IOF), (Kind.PIX_ON_CREDIT, Kind.PIX_ON_CREDIT)}


def test_nothing_in_a_title_needs_escaping_in_an_ofx(truth: Truth) -> None:
    assert not [line.title for line in truth.lines if re.search(r"[&<>\n]", line.title)]


def test_two_years_are_written_in_less_than_a_second(tmp_path: Path) -> None:
    before = time.process_time()
    write_demo(tmp_path, months=24, seed=1, today=TODAY)
    assert time.process_time() - before < 1


def test_a_second_demo_replaces_the_first(tmp_path: Path) -> None:
    write_demo(tmp_path, months=24, seed=1, today=TODAY)
    truth = write_demo(tmp_path, months=2, seed=2, today=TODAY)
    assert_files_say_the_truth(tmp_path, truth)


def test_files_that_are_not_a_demos_are_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "exports" / "Nubank_2026-10-10.csv"
    own.parent.mkdir()
    own.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not a demo's"):
        write_demo(tmp_path, months=1, seed=1, today=TODAY)
    assert own.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(("months", "today"), [(0, TODAY), (121, TODAY), (24, date(2015, 1, 1))])
def test_impossible_months_are_refused(tmp_path: Path, months: int, today: date) -> None:
    with pytest.raises(InputError, match="demo"):
        write_demo(tmp_path, months=months, seed=1, today=today)
    assert list(tmp_path.iterdir()) == []
