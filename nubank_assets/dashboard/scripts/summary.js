/**
 * The heading of the chosen period, what must be known of it, and the four cards.
 */
import { balanceOn, cards, limitsOn } from "./balances.js";
import { data } from "./data.js";
import { byId, element, opener } from "./elements.js";
import { averagedMonths, shown, sums } from "./figures.js";
import { changeOf, changeText, dayText, money, monthShort, say } from "./wording.js";

/** Fill heading, notes and cards; returns what is told to a screen reader. */
export function fillSummary(period) {
  byId("period").textContent = period.title;
  byId("basis-says").textContent = say(`basis.${period.basis}.says`);
  byId("compared-with").textContent = comparisonText(period);
  byId("notes").replaceChildren(...notes(period).map((note) => element("li", { class: "note" }, note)));
  const [now, before] = [sums(period.now), period.before && sums(period.before)];
  const texts = Object.fromEntries(["income", "expenses", "card"].map((name) => [name, fillCard(name, period, now, before)]));
  return say("announce", { period: period.title, balance: fillBalance(period), ...texts });
}

function comparisonText(period) {
  if (!period.before) return say("not_compared");
  return say(period.months && period.openMonths.length ? "compared_same_days" : "compared_with", { period: period.beforeTitle });
}

function notes(period) {
  const found = [];
  if (data.rejects) found.push(say(data.rejects === 1 ? "note.rejects.one" : "note.rejects.many", { count: data.rejects }));
  if (period.openMonths.length) found.push(say("note.open", { months: period.openMonths.map(monthShort).join(", ") }));
  return found;
}

function fillCard(name, period, now, before) {
  const amount = shown(name, now[name]);
  const change = before && changeOf(amount, shown(name, before[name]), name === "income");
  const months = averagedMonths(name, period);
  const average = months > 1 ? say("average", { amount: money(Math.round(amount / months)), months }) : "";
  const details = [average, name === "card" ? openBills(period) : ""];
  const text = money(amount);
  write(name, opener(text, name, say(`card.${name}`)), change, details);
  return text;
}

/** What the open bills come to, as far as it is known on the last day of the period. */
function openBills(period) {
  const known = cards.map((card) => limitsOn(card, period.ended).open_bill).filter(Boolean);
  if (!known.length) return "";
  return say("open_bill", { amount: money(known.reduce((sum, { amount }) => sum + amount, 0)) });
}

function fillBalance(period) {
  const [now, before] = [balanceOn(period.ended), balanceOn(period.endedBefore)];
  const isKnown = now.amount !== null;
  const change = isKnown && before.known === now.known ? changeOf(now.amount, before.amount, true) : null;
  const text = isKnown ? money(now.amount) : say("unknown");
  const details = [
    isKnown ? say("balance.on", { day: dayText(now.day) }) : "",
    isKnown && now.lacking.length ? say("balance.lacks", { accounts: now.lacking.join(", ") }) : "",
  ];
  write("balance", isKnown ? opener(text, "balance", say("card.balance")) : text, change, details);
  return text;
}

function write(name, content, change, details) {
  const card = byId(`card-${name}`);
  card.querySelector(".amount").replaceChildren(content);
  const said = card.querySelector(".change");
  said.className = `change ${change ? change.tone : ""}`;
  said.textContent = changeText(change);
  card.querySelector(".before").textContent = change ? say("change.before", { amount: change.before }) : "";
  card.querySelector(".detail").textContent = details.filter(Boolean).join("\n");
}
