/**
 * The sums of a period: what came in, what was spent, on the card, by category, by day and by month.
 *
 * Every sum is taken over the same totals that `views.js` finds the lines of. Amounts keep the platform's sign.
 */
import { amount, category, day, isCard, isIncome, isSpending, monthBy } from "./data.js";
import { addUp, counted, monthRange } from "./periods.js";

/** Which totals a sum is taken over, by the name of the sum. */
export const SUMS = {
  income: (index) => isIncome[index],
  expenses: (index) => isSpending[index],
  card: (index) => isSpending[index] && isCard[index],
  net: (index) => isIncome[index] || isSpending[index],
};

/** Spending is shown as a positive amount; no amount is shown as minus zero. */
export const shown = (name, centavos) => (["income", "net", "lines"].includes(name) || !centavos ? centavos : -centavos);

function groupBy(indexes, fits, key) {
  const groups = new Map();
  for (const index of indexes) {
    if (fits(index)) groups.set(key(index), (groups.get(key(index)) ?? 0) + amount[index]);
  }
  return groups;
}

/** Income, expenses and card of one side of a period. */
export const sums = (indexes) =>
  Object.fromEntries(Object.entries(SUMS).map(([name, fits]) => [name, addUp(indexes, fits)]));

/** Spending by category, largest first, those that only the period before has at the end. */
export function byCategory(period) {
  const now = groupBy(period.now, SUMS.expenses, (index) => category[index]);
  const before = groupBy(period.before ?? [], SUMS.expenses, (index) => category[index]);
  const names = [...new Set([...now.keys(), ...before.keys()])];
  return names
    .map((name) => ({ name, now: now.get(name) ?? 0, before: before.get(name) ?? 0, isNow: now.has(name) }))
    .sort((one, other) => one.now - other.now || one.name.localeCompare(other.name));
}

const earliest = (name, keys) => counted.filter(SUMS[name]).reduce((least, index) => Math.min(least, keys[index]), Infinity);

/** How many of a period's months a sum is averaged over: none before the first that tells of it, none to come. */
export function averagedMonths(name, { basis, months }) {
  if (!months) return 1;
  return Math.min(months[1], monthRange[basis][1]) - Math.max(months[0], earliest(name, monthBy[basis])) + 1;
}

/** What was spent on the card on each day from the first that is known to the last, days without spending included. */
export function cardByDay(period) {
  const found = groupBy(period.now, SUMS.card, (index) => day[index]);
  const days = [...found.keys()];
  const isByDate = period.basis === "date";
  const first = isByDate ? Math.max(period.from, earliest("card", day)) : Math.min(...days);
  const last = isByDate ? Math.max(period.ended, ...days) : Math.max(...days);
  if (!found.size) return [];
  return Array.from({ length: last - first + 1 }, (_, number) => [first + number, found.get(first + number) ?? 0]);
}

/** Income and expenses by month, of a few days by day; `key` is a day or a month. */
export function flowsOver(period) {
  const isByDay = !period.months && period.to - period.from < 62;
  const keys = isByDay ? day : monthBy[period.basis];
  const income = groupBy(period.now, SUMS.income, (index) => keys[index]);
  const expenses = groupBy(period.now, SUMS.expenses, (index) => keys[index]);
  const all = [...income.keys(), ...expenses.keys()];
  if (!all.length) return { isByDay, rows: [] };
  const [first, last] = [Math.min(...all), Math.max(...all)];
  const rows = Array.from({ length: last - first + 1 }, (_, number) => first + number);
  return { isByDay, rows: rows.map((key) => ({ key, income: income.get(key) ?? 0, expenses: expenses.get(key) ?? 0 })) };
}
