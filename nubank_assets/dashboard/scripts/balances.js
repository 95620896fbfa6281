/**
 * What accounts held and cards allowed on a day: observed or derived, and unknown where nobody stated it.
 */
import { data } from "./data.js";

const { balances, limits } = data;
const holders = data.accounts.filter((account) => account.type === "account").map((account) => account.name);

/** The balances of each account in order of days: `{ account, day, amount, isObserved }`. */
export const balanceRows = balances.day.map((number, index) => ({
  account: balances.account[index],
  day: data.first + number,
  amount: balances.amount[index],
  isObserved: balances.observed[index] === 1,
}));
export const balanceAccounts = [...new Set(balances.account)];

/** The balance of all accounts at the end of a day, its newest day, whose are known, and whose are not. */
export function balanceOn(day) {
  const latest = new Map();
  for (const row of balanceRows) if (row.day <= day) latest.set(row.account, row);
  const lacking = holders.filter((name) => !latest.has(name));
  const known = [...latest.keys()].join();
  if (!latest.size) return { amount: null, day: null, known, lacking };
  const rows = [...latest.values()];
  const sum = rows.reduce((total, row) => total + row.amount, 0);
  return { amount: sum, day: Math.max(...rows.map((row) => row.day)), known, lacking };
}

/** Every day with a known balance: `{ day, amount, byAccount, isMarked }`; the sum only where every account's is known. */
export function balanceDays(from, to) {
  const days = [];
  const latest = new Map();
  const rows = [...balanceRows].sort((one, other) => one.day - other.day);
  let next = 0;
  for (let day = Math.min(from, rows[0]?.day ?? to + 1); day <= to; day += 1) {
    let isMarked = false;
    for (; next < rows.length && rows[next].day === day; next += 1) {
      latest.set(rows[next].account, rows[next].amount);
      isMarked ||= rows[next].isObserved;
    }
    if (day < from || !latest.size) continue;
    const isWhole = latest.size === balanceAccounts.length;
    const amount = isWhole ? [...latest.values()].reduce((sum, part) => sum + part, 0) : null;
    days.push({ day, amount, byAccount: Object.fromEntries(latest), isMarked });
  }
  return days;
}

/** The cards, those that nobody observed included. */
export const cards = [
  ...new Set([...data.accounts.filter((account) => account.type === "card").map((account) => account.name), ...limits.account]),
].sort();

/** What was known of a card at the end of a day: `{ used, available, total, open_bill }`, each `{ amount, day }`. */
export function limitsOn(card, until) {
  const known = {};
  limits.day.forEach((number, index) => {
    if (limits.account[index] !== card || data.first + number > until) return;
    const [available, total, owed] = [limits.available_limit[index], limits.limit[index], limits.open_bill[index]];
    const used = available === null || total === null ? null : total - available;
    const found = { used, available, total, open_bill: owed ? -owed : owed };
    for (const [name, amount] of Object.entries(found)) {
      if (amount !== null) known[name] = { amount, day: data.first + number };
    }
  });
  return known;
}
