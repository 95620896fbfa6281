/**
 * Which days or months are chosen, which ones they are compared with, and what of both counts.
 *
 * Whole months are compared with as many months before, a month that is not over with the same days; other days with
 * as many days before. The choice itself is kept in the address (`controls.js`).
 */
import {
  amount, count, data, day, dayOf, firstDay, isFuture, isIncome, isSpending, lastDay, monthBy, monthOf,
  isoOf, position, reach, today,
} from "./data.js";
import { dayText, monthShort, monthText, say } from "./wording.js";

/** The totals that count: all but those of bills to come. */
export const counted = Array.from({ length: count }, (_, index) => index).filter((index) => !isFuture[index]);
const isCompared = (index) => isIncome[index] || isSpending[index];
const ends = (values) => values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);

/** The first and last month that have lines which count, by basis. */
export const monthRange = {
  date: ends(counted.map((index) => monthBy.date[index])),
  bill: ends(counted.map((index) => monthBy.bill[index])),
};
const firstKnown = ends(counted.map((index) => day[index]))[0];

export const monthAt = (number) => monthOf(isoOf(number));
const spell = (first, last, name) => (first === last ? name(first) : say("period_of", { from: name(first), to: name(last) }));
const monthsText = (first, last) => (first === last ? monthText(first) : spell(first, last, monthShort));
const shifted = (number, months) =>
  Math.min(firstDay(monthAt(number) + months) + (number - firstDay(monthAt(number))), lastDay(monthAt(number) + months));

/**
 * The chosen period: `now` and `before` are the totals that count on each side (`before` is null where there is
 * nothing to compare with), `months` are its whole months or null, `ended` and `endedBefore` the last known days.
 */
export function resolve({ basis, from, to }) {
  const [first, last] = [monthAt(from), monthAt(to)];
  const isWhole = basis === "bill" || (from === firstDay(first) && to === lastDay(last));
  const period = isWhole ? wholeMonths(basis, first, last) : someDays(from, to);
  const openMonths = data.open[basis].map(monthOf).filter((month) => month >= first && month <= last);
  return { basis, ...period, openMonths: openMonths.filter((month) => month <= monthRange[basis][1]) };
}

function wholeMonths(basis, first, last) {
  const months = last - first + 1;
  const month = monthBy[basis];
  const now = counted.filter((index) => month[index] >= first && month[index] <= last);
  const earlier = counted.filter((index) => month[index] >= first - months && month[index] <= last - months);
  const isKnown = (index) => position(index, basis) <= reach(index, month[index] + months, basis);
  const hasBoth = first - months >= monthRange[basis][0] && now.some(isCompared) && earlier.some(isCompared);
  const before = hasBoth ? earlier.filter(isKnown) : null;
  const ended = Math.min(lastDay(last), today);
  return {
    months: [first, last],
    from: firstDay(first),
    to: lastDay(last),
    now,
    before,
    ended,
    endedBefore: ended < lastDay(last) ? shifted(ended, -months) : lastDay(last - months),
    title: monthsText(first, last),
    beforeTitle: monthsText(first - months, last - months),
  };
}

function someDays(from, to) {
  const days = to - from + 1;
  const known = to > today ? Math.max(today - from + 1, 0) : days;
  const within = (first, last) => counted.filter((index) => day[index] >= first && day[index] <= last);
  const now = within(from, to);
  const earlier = within(from - days, from - days + known - 1);
  const hasBoth = from - days >= firstKnown && now.some(isCompared) && earlier.some(isCompared);
  return {
    months: null,
    from,
    to,
    now,
    before: hasBoth ? earlier : null,
    ended: Math.min(to, today),
    endedBefore: from - days + known - 1,
    title: spell(from, to, dayText),
    beforeTitle: spell(from - days, from - days + known - 1, dayText),
  };
}

/** The ready-made periods as first and last month, by their names. */
export function presetMonths(name, basis) {
  const current = monthAt(today);
  const year = current - (current % 12);
  return {
    month: [current, current],
    last: [current - 1, current - 1],
    three: [current - 2, current],
    twelve: [current - 11, current],
    year: [year, year + 11],
    all: [monthRange[basis][0], Math.max(monthRange[basis][1], current)],
  }[name];
}

export const addUp = (indexes, fits) => indexes.reduce((sum, index) => (fits(index) ? sum + amount[index] : sum), 0);
export const parseDay = (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text ?? "") ? dayOf(text) : NaN);
