/**
 * The charts of the chosen period with their tables, the limits, and the comparison.
 */
import { balanceAccounts, balanceDays, balanceOn, balanceRows, cards, limitsOn } from "./balances.js";
import { barOptions, columnOptions, draw, lineOptions, linesOptions } from "./charts.js";
import { firstDay, isoOf, monthName } from "./data.js";
import { byId, cell, element, fillTable, opener, row, show } from "./elements.js";
import { byCategory, cardByDay, flowsOver, shown, sums } from "./figures.js";
import { monthAt } from "./periods.js";
import { changeOf, dayShort, dayText, label, money, monthShort, monthText, say, share } from "./wording.js";

const chartText = (name, period, total) => say("chart.text", { title: say(name), period: period.title, total });

/** Show a panel's chart and table, or that there is nothing. */
function fill(name, rows, tableRows, drawIt) {
  const panel = byId(`panel-${name}`);
  const empty = panel.querySelector(".empty");
  empty.textContent = name === "balances" ? say("balances.none") : say("empty");
  show(empty, !rows.length);
  show(byId(`chart-${name}`), rows.length > 0);
  show(panel.querySelector("details"), rows.length > 0);
  fillTable(`table-${name}`, tableRows);
  if (rows.length) drawIt();
}

/** How an axis names a day: of many days, the first of each month with its name. */
function axisName(day, days) {
  if (days <= 62) return { label: dayShort(day) };
  return { label: monthShort(monthAt(day)), isNamed: day === firstDay(monthAt(day)) };
}

function fillUsage(period, open) {
  const days = cardByDay(period).map(([day, centavos]) => ({
    day,
    title: dayText(day),
    amount: shown("card", centavos),
    view: `day:${isoOf(day)}:card`,
  }));
  const rows = days.map((row) => ({ ...row, ...axisName(row.day, days.length), isMarked: days.length === 1 }));
  const tableRows = days.filter((row) => row.amount).reverse().map((item) => row(item.title, [cell(opener(money(item.amount), item.view, item.title), { number: true })]));
  fill("usage", rows, tableRows, () => {
    const text = chartText("usage", period, money(shown("card", sums(period.now).card)));
    draw("chart-usage", lineOptions(rows, say("card.card"), "expense"), { text, onPick: (index) => open(rows[index].view) });
  });
}

function fillCategories(period, categories, open) {
  const total = sums(period.now).expenses;
  const rows = categories.filter((item) => item.isNow).map((item) => ({
    title: label("category", item.name),
    label: label("category", item.name),
    amount: shown("expenses", item.now),
    share: share(item.now, total),
    view: `category:${item.name}`,
  }));
  const tableRows = rows.map((item) => row(item.title, [cell(opener(money(item.amount), item.view, item.title), { number: true }), cell(item.share, { number: true })]));
  fill("categories", rows, tableRows, () => {
    const text = chartText("categories", period, money(shown("expenses", total)));
    draw("chart-categories", barOptions(rows, say("card.expenses")), { text, height: 40 + rows.length * 30, onPick: (index) => open(rows[index].view) });
  });
}

function fillMonths(period, open) {
  const { isByDay, rows: found } = flowsOver(period);
  const rows = found.map(({ key, income, expenses }) => ({
    title: isByDay ? dayText(key) : monthText(key),
    label: isByDay ? dayShort(key) : monthShort(key),
    income: shown("income", income),
    expenses: shown("expenses", expenses),
    net: income + expenses,
    view: isByDay ? `day:${isoOf(key)}` : `month:${monthName(key)}`,
  }));
  const amounts = (item) => ["income", "expenses", "net"].map((name) => cell(opener(money(item[name]), `${item.view}:${name}`, item.title), { number: true }));
  const moved = rows.filter((item) => item.income || item.expenses);
  byId("table-months").tHead.rows[0].cells[0].textContent = say(isByDay ? "column.day" : "column.month");
  fill("months", rows, moved.reverse().map((item) => row(item.title, amounts(item))), () => {
    const columns = [[say("card.income"), "income", "income"], [say("card.expenses"), "expenses", "expense"]];
    const now = sums(period.now);
    const total = `${money(now.income)}, ${money(shown("expenses", now.expenses))}`;
    const onPick = (index, series) => open(`${rows[index].view}:${columns[series][1]}`);
    draw("chart-months", columnOptions(rows, columns), { text: chartText("months", period, total), onPick });
  });
}

function fillBalances(period) {
  const inside = balanceRows.filter((item) => item.day >= period.from && item.day <= period.ended);
  const days = balanceDays(period.from, period.ended);
  const rows = days.map((item) => ({ ...item, title: dayText(item.day), ...axisName(item.day, days.length) }));
  const origin = (item) => label("balance", item.isObserved ? "observed" : "derived");
  const tableRows = inside.reverse().map((item) => row(dayText(item.day), [cell(item.account), cell(money(item.amount), { number: true }), cell(origin(item))]));
  fill("balances", rows, tableRows, () => {
    const names = [say("total"), ...balanceAccounts];
    const several = rows.map((item) => ({ ...item, ...item.byAccount, [say("total")]: item.amount }));
    const options = names.length > 2 ? linesOptions(several, names, ["balance", "expense", "income-edge"]) : lineOptions(rows, say("card.balance"), "balance", true);
    draw("chart-balances", options, { text: chartText("balances", period, money(balanceOn(period.ended).amount)) });
  });
}

function fillLimits(period) {
  const made = cards.map((card) => {
    const known = limitsOn(card, period.ended);
    const said = (name) => (known[name] ? [`${money(known[name].amount)} `, element("small", {}, say("balance.on", { day: dayText(known[name].day) }))] : [say("unknown")]);
    const items = ["used", "available", "total", "open_bill"].map((name) => element("div", {}, element("dt", {}, say(`limits.${name}`)), element("dd", {}, ...said(name))));
    const bar = known.used && known.total.amount ? element("progress", { max: known.total.amount, value: Math.max(known.used.amount, 0), "aria-label": `${say("limits.used")} (${card})` }) : null;
    return element("div", { class: "limit" }, cards.length > 1 ? element("h3", {}, card) : null, bar, element("dl", {}, ...items));
  });
  byId("limits").replaceChildren(...(made.length ? made : [element("p", {}, say("limits.none"))]));
}

function fillComparison(period, categories) {
  const [now, before] = [sums(period.now), sums(period.before ?? [])];
  const totals = ["income", "expenses"].map((name) => ({ name, title: say(`comparison.${name}`), view: name, now: now[name], before: before[name], sum: name }));
  const items = categories.map((item) => ({ ...item, title: label("category", item.name), view: `category:${item.name}`, sum: "expenses" }));
  fillTable("comparison", [...totals, ...items].map((item, index) => comparedRow(item, period, index < 2)));
}

function comparedRow(item, period, isTotal) {
  const [now, before] = [shown(item.sum, item.now), shown(item.sum, item.before)];
  const change = period.before && changeOf(now, before, item.sum === "income");
  const number = (key, content, tone = "") => cell(content, { number: true, label: say(`column.${key}`), tone });
  return row(
    item.title,
    [
      number("now", opener(money(now), item.view, `${item.title}, ${say("column.now")}`)),
      number("before", change ? opener(change.before, `${item.view}@before`, `${item.title}, ${say("column.before")}`) : "–"),
      number("difference", change ? change.difference : "–", change ? change.tone : ""),
      number("percent", (change && change.percent) || "–", change ? change.tone : ""),
    ],
    isTotal ? "total" : "",
  );
}

/** Fill every panel that depends on the period. */
export function fillPanels(period, open) {
  const categories = byCategory(period);
  fillUsage(period, open);
  fillCategories(period, categories, open);
  fillMonths(period, open);
  fillBalances(period);
  fillLimits(period);
  fillComparison(period, categories);
}
