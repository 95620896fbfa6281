/**
 * The lines behind a number, in a dialog: with their sum, and a text to filter them by.
 *
 * Which lines they are is for `views.js`. The browser keeps the focus inside and closes it on Escape.
 */
import { balanceOn } from "./balances.js";
import { commitmentView } from "./commitments.js";
import { byId, cell, element, row, show } from "./elements.js";
import { matching, openView } from "./views.js";
import { dayText, money, say } from "./wording.js";

const STEP = 300;
const dialog = byId("lines");
const rows = byId("lines-table").tBodies[0];
let view = null;
let found = [];
let shownLines = 0;

/** Show the lines of a view; false if there is no such view. */
export function showLines(name, period) {
  const ahead = commitmentView(name);
  view = ahead === undefined ? openView(name, period) : ahead;
  if (!view) return false;
  byId("lines-title").textContent = view.title;
  byId("lines-filter").value = name.startsWith("search:") ? name.slice("search:".length) : "";
  byId("lines-says").textContent = name === "balance" ? balanceText(period) : (view.says ?? "");
  filter();
  if (!dialog.open) dialog.showModal();
  byId("lines-title").focus();
  dialog.scrollTop = 0;
  return true;
}

export const hideLines = () => dialog.open && dialog.close();

function balanceText(period) {
  const [before, after] = [balanceOn(period.from - 1), balanceOn(period.ended)];
  if (before.amount === null || after.amount === null) return "";
  const rest = after.amount - before.amount - view.total;
  const texts = { before: before.amount, sum: view.total, rest, after: after.amount };
  return say("lines.balance", Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, money(value)])));
}

function filter() {
  const text = byId("lines-filter").value.trim();
  found = matching(view.lines, text);
  shownLines = 0;
  rows.replaceChildren();
  const isAll = !text && !view.omitted.count;
  const total = isAll ? view.total : found.reduce((sum, line) => sum + line.amount, 0);
  const counted = found.length === 1 ? say("lines.sum.one") : say("lines.sum.many", { count: found.length });
  byId("lines-sum").replaceChildren(`${counted} `, element("strong", {}, money(total)));
  if (view.omitted.count) byId("lines-says").textContent = say("lines.omitted", { count: view.omitted.count, amount: money(view.omitted.amount) });
  more();
}

function more() {
  const next = found.slice(shownLines, shownLines + STEP);
  rows.append(...next.map(lineRow));
  shownLines += next.length;
  const left = found.length - shownLines;
  byId("lines-more").textContent = say("lines.more", { count: Math.min(left, STEP) });
  show(byId("lines-more"), left > 0);
  byId("lines-shown").textContent = left ? say("lines.shown", { shown: shownLines, count: found.length }) : "";
  if (!found.length) rows.append(row(say("empty"), []));
}

const lineRow = (line) =>
  element(
    "tr",
    { role: "row" },
    cell(line.when ?? dayText(line.day)),
    element("th", { role: "rowheader", scope: "row" }, line.title, ...line.pairs.map((pair) => element("small", { class: "why" }, pair))),
    cell(line.account),
    cell(line.category),
    cell(line.kind),
    cell(money(line.amount), { number: true }),
  );

/** Wire the dialog's own controls; `onClose` is told when it closes, however that happens. */
export function startDialog(onClose) {
  byId("lines-close").addEventListener("click", () => dialog.close());
  byId("lines-more").addEventListener("click", more);
  byId("lines-filter").addEventListener("input", filter);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", onClose);
}
