/**
 * The figures that the page carries, ready to be counted with: the totals of each day, and the lines behind them.
 *
 * Money is in whole centavos with the platform's sign (below 0: money leaves). Days are counted from 1970 and months
 * from year 0, so that both can be added to. What is shown of them, and in which words, is for the other modules.
 */

export const data = JSON.parse(document.getElementById("data").textContent);

export const dayOf = (iso) => Date.parse(iso) / 86400000;
export const isoOf = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
export const monthOf = (iso) => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;
export const monthName = (month) =>
  `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
export const firstDay = (month) => dayOf(`${monthName(month)}-01`);
export const lastDay = (month) => firstDay(month + 1) - 1;

export const today = data.first + data.today;

const { totals } = data;
export const count = totals.amount.length;
export const day = totals.day.map((number) => data.first + number);
/** The month of each total, by date and by bill. */
export const monthBy = {
  date: day.map((number) => monthOf(isoOf(number))),
  bill: totals.month.map((number) => monthOf(data.words.month[number])),
};
export const amount = totals.amount;

const word = (name, index) => data.words[name][totals[name][index]] ?? null;
const each = (value) => Array.from({ length: count }, (_, index) => value(index));

export const account = each((index) => data.accounts[totals.account[index]]);
export const category = each((index) => word("category", index));
export const kind = each((index) => word("kind", index));
export const isCard = each((index) => account[index].type === "card");
export const flow = each((index) => word("flow", index));
export const isIncome = each((index) => word("flow", index) === "income");
export const isSpending = each((index) => ["expense", "expense_reduction"].includes(word("flow", index)));
/** Lines of future bills are in no sum. */
export const isFuture = each((index) => word("bill_state", index) === "future");

/** The place of the first line of each total; its other lines follow. */
export const firstLine = new Int32Array(count + 1);
totals.count.forEach((lines, index) => {
  firstLine[index + 1] = firstLine[index] + lines;
});
/** So many lines have room in the page; those of the oldest days may not. */
export const kept = data.lines.title.length;

/** The total that a line belongs to. */
export function totalOf(line) {
  let low = 0;
  let high = count;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (firstLine[middle] <= line) low = middle;
    else high = middle;
  }
  return low;
}

export const titleOf = (line) => data.lines.titles[data.lines.title[line]];
export const amountOf = (line) => data.lines.amount[line];

const known = new Map(data.known.map(([month, holder, position]) => [`${month} ${holder}`, position]));
const monthPlaces = new Map(data.words.month.map((name, index) => [monthOf(name), index]));

/** Up to which position of a month a total's account is known; Infinity when the month is over for it. */
export function reach(index, month, basis) {
  if (basis === "bill" && isCard[index]) {
    return known.get(`${monthPlaces.get(month)} ${totals.account[index]}`) ?? Infinity;
  }
  const seen = data.first + account[index].seen;
  return seen >= lastDay(month) ? Infinity : Math.max(seen - firstDay(month) + 1, 0);
}

/** The position of a total in its month: its day, or of a card by bill the days until the bill is due. */
export function position(index, basis) {
  return basis === "bill" ? totals.position[index] : day[index] - firstDay(monthBy.date[index]) + 1;
}
