/**
 * The lines behind a number: which ones, in which words, with which sum.
 *
 * A view is a short text that the address can hold: `expenses`, `category:saúde`, `month:2026-10:income`,
 * `day:2026-10-03:card`, `balance`, `uncertain:2026-10`, `bill:2026-10:card`,
 * `paid:2026-10:card`, `part:investment:out`, `unlinked:investment`, `search:café`; with `@before` at its end, of the
 * period before. Those of parcels to come are in `commitments.js`.
 */
import {
  account, amount, amountOf, category, data, day, dayOf, firstLine, isCard, kept, kind, monthBy, monthOf, titleOf, totalOf,
} from "./data.js";
import { balanceAccounts } from "./balances.js";
import { SUMS, shown } from "./figures.js";
import { isPart, othersOf, unlinkedIn, wayOf } from "./parts.js";
import { dayText, label, monthText, money, say } from "./wording.js";

const FIND = {
  ...SUMS,
  balance: (index) => !isCard[index] && balanceAccounts.includes(account[index].name),
  lines: () => true,
};
const named = (sum) => (sum === "net" ? say("column.net") : say(`card.${sum}`));

/** A view of a period: its title, the sum it must have, the places of its lines, and what has no room in the page. */
export function openView(name, period) {
  const isBefore = name.endsWith("@before");
  const [what, ...rest] = name.replace(/@before$/, "").split(":");
  if (what === "uncertain") return uncertainView(rest[0]);
  if (what === "bill") return billView(...rest);
  if (what === "paid") return paidView(...rest);
  if (what === "part") return partView(rest, period);
  if (what === "unlinked") return unlinkedView(rest[0], period);
  const side = isBefore ? (period.before ?? []) : period.now;
  const title = isBefore ? period.beforeTitle : period.title;
  const view = sideView(what, rest, period.basis);
  if (!view) return null;
  const found = side.filter(view.fits);
  return { ...linesOf(found, view.sum), title: view.isDated ? view.title : say("lines.of", { what: view.title, period: title }) };
}

const isSum = (name) => Object.hasOwn(SUMS, name ?? "");

/** What a view of one side is about; null if the address holds nonsense. */
function sideView(what, [value, sum], basis) {
  if (what === "category") {
    const fits = (index) => SUMS.expenses(index) && category[index] === value;
    return value ? { title: label("category", value), sum: "expenses", fits } : null;
  }
  if ((what === "month" || what === "day") && isSum(sum)) return datedView(what, value, sum, basis);
  if (what === "search") return { title: say("lines.all"), sum: "lines", fits: FIND.lines };
  if (what === "balance") return { title: say("lines.movements"), sum: "lines", fits: FIND.balance };
  return isSum(what) ? { title: named(what), sum: what, fits: SUMS[what] } : null;
}

function datedView(what, value, sum, basis) {
  const wanted = what === "month" ? monthOf(value) : dayOf(value);
  if (Number.isNaN(wanted)) return null;
  const when = what === "month" ? monthBy[basis] : day;
  const title = what === "month" ? monthText(wanted) : dayText(wanted);
  return { title: `${named(sum)}, ${title}`, sum, fits: (index) => SUMS[sum](index) && when[index] === wanted, isDated: true };
}

function linesOf(found, sum) {
  const places = [];
  let total = 0;
  const omitted = { count: 0, amount: 0 };
  for (const index of found) {
    total += amount[index];
    for (let line = firstLine[index]; line < Math.min(firstLine[index + 1], kept); line += 1) places.push(line);
    const lacks = firstLine[index + 1] - Math.max(firstLine[index], Math.min(kept, firstLine[index + 1]));
    if (!lacks) continue;
    omitted.count += lacks;
    omitted.amount += shown(sum, amount[index]);
  }
  for (const line of places) if (omitted.count && isSplit(line)) omitted.amount -= shown(sum, amountOf(line));
  return { sum, total: shown(sum, total), lines: places.map((line) => lineOf(line, sum)), omitted };
}

/** Whether a line's total has lines that have no room: the one total where the room ended. */
const isSplit = (line) => firstLine[totalOf(line) + 1] > kept;

function pairText(other) {
  const index = totalOf(other);
  return say("lines.pair", { title: titleOf(other), account: account[index].name, day: dayText(day[index]) });
}

/** A line as it is listed. */
export function lineOf(line, sum) {
  const index = totalOf(line);
  return {
    day: day[index],
    title: titleOf(line),
    account: account[index].name,
    category: category[index] === null ? "" : label("category", category[index]),
    kind: label("kind", kind[index]),
    amount: shown(sum, amountOf(line)),
    pairs: othersOf(line).filter((other) => other < kept).map(pairText),
  };
}

/** What came in, or what left, with a part of all that moved. */
function partView([name, way], period) {
  if (!data.links.parts.includes(name) || !["in", "out"].includes(way)) return null;
  const found = period.now.filter(isPart(name));
  const [total, count] = found.map((index) => wayOf(index, way)).reduce(([sum, lines], [more, ofIt]) => [sum + more, lines + ofIt], [0, 0]);
  const isWay = (line) => amountOf(line) > 0 === (way === "in");
  const lines = found.flatMap(keptLines).filter(isWay).map((line) => lineOf(line, "lines"));
  const sign = way === "out" ? -1 : 1;
  const said = lines.map((line) => ({ ...line, amount: line.amount && sign * line.amount }));
  const omitted = { count: count - said.length, amount: sign * total - said.reduce((sum, line) => sum + line.amount, 0) };
  const what = `${label("part", name)}, ${say(`counted.${way}`)}`;
  return { sum: "lines", total: sign * total, lines: said, omitted, title: say("lines.of", { what, period: period.title }) };
}

/** The lines of a part that lack another side. */
function unlinkedView(name, period) {
  if (!data.links.parts.includes(name)) return null;
  const places = unlinkedIn(period.now, name);
  const lines = places.filter((line) => line < kept).map((line) => lineOf(line, "lines"));
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  const title = say("lines.of", { what: `${label("part", name)}, ${say("counted.without")}`, period: period.title });
  return { sum: "lines", total, lines, omitted: { count: 0, amount: 0 }, title };
}

const keptLines = (index) =>
  Array.from({ length: Math.max(Math.min(kept, firstLine[index + 1]) - firstLine[index], 0) }, (_, place) => firstLine[index] + place);

/** The lines of a month whose category is uncertain, in any period. */
function uncertainView(month) {
  if (!Object.hasOwn(data.uncertain, month ?? "")) return null;
  const { total, count, lines: places } = data.uncertain[month];
  const lines = places.filter((line) => line >= 0 && line < kept).map((line) => lineOf(line, "expenses"));
  const omitted = { count: count - lines.length, amount: total - lines.reduce((sum, line) => sum + line.amount, 0) };
  return { sum: "expenses", total, lines, omitted, title: `${say("learning.uncertain")}, ${monthText(monthOf(month))}` };
}

/** All that a bill charges, in any period: its lines without payments received. */
function billView(month, card) {
  const wanted = monthOf(month ?? "");
  const charges = (index) => isCard[index] && account[index].name === card && monthBy.bill[index] === wanted && kind[index] !== "bill_payment";
  const found = [...amount.keys()].filter(charges);
  const title = () => say("lines.of", { what: say("proofs.bill"), period: monthText(wanted) });
  return found.length ? { ...linesOf(found, "card"), title: title() } : null;
}

/** The payments that settled a bill, each with its part of it. */
function paidView(bill, card) {
  const settled = data.settled[`${bill}:${card}`];
  if (!settled) return null;
  const known = settled.payments.filter(([line]) => line >= 0 && line < kept);
  const lines = known.map(([line, part]) => ({ ...lineOf(line, "lines"), amount: part }));
  const omitted = { count: settled.payments.length - lines.length, amount: settled.total - lines.reduce((sum, line) => sum + line.amount, 0) };
  const title = say("lines.of", { what: say("proofs.paid"), period: monthText(monthOf(bill)) });
  return { sum: "lines", total: settled.total, lines, omitted, title };
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The lines that have every word of a text, whatever its accents. */
export function matching(lines, text) {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (!words.length) return lines;
  return lines.filter((line) => {
    const whole = plain(`${line.title} ${line.account} ${line.category} ${line.kind} ${money(line.amount)} ${line.when ?? dayText(line.day)}`);
    return words.every((word) => whole.includes(word));
  });
}
