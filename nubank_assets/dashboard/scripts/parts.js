/**
 * What each total is a part of: income, spending, what takes some back, or what counts as neither, and why.
 *
 * Which lines are pairs was found before; here they are only looked up.
 */
import { amount, count, data, firstLine, flow, isIncome, kind, totalOf } from "./data.js";

const { links } = data;
const mixed = new Map(data.totals.came.map(([index, centavos, lines]) => [index, [centavos, lines]]));

const partOf = (index) => {
  if (isIncome[index]) return "income";
  if (flow[index] === "expense_reduction") return "given_back";
  return flow[index] === "expense" ? "expense" : (links.neutral[kind[index]] ?? "loan");
};

/** The part that each total is. */
export const part = Array.from({ length: count }, (_, index) => partOf(index));
export const isPart = (name) => (index) => name === "moved" || part[index] === name;

const lineCount = (index) => firstLine[index + 1] - firstLine[index];

/** What came in with a total, and with how many lines; or what left. */
export function wayOf(index, way) {
  const [came, lines] = mixed.get(index) ?? (amount[index] > 0 ? [amount[index], lineCount(index)] : [0, 0]);
  return way === "in" ? [came, lines] : [amount[index] - came, lineCount(index) - lines];
}

const others = new Map();
for (const [first, second] of links.pairs) {
  for (const [line, other] of [[first, second], [second, first]]) others.set(line, [...(others.get(line) ?? []), other]);
}

/** The lines that a line is linked with. */
export const othersOf = (line) => others.get(line) ?? [];

/** The lines of a part that lack another side, at least for some of their money. */
export function unlinkedIn(indexes, name) {
  const wanted = new Set(indexes.filter(isPart(name)));
  return links.unlinked.filter((line) => wanted.has(totalOf(line)));
}
