/**
 * The choice of period and basis: in the controls, and in the address, so that a link shows the same view.
 */
import { firstDay, isoOf, lastDay, monthName, monthOf, today } from "./data.js";
import { byId, element, show } from "./elements.js";
import { monthAt, monthRange, parseDay, presetMonths } from "./periods.js";
import { monthShort } from "./wording.js";

const PRESETS = ["month", "last", "three", "twelve", "year", "all"];
const ofMonths = ([first, last]) => ({ from: firstDay(first), to: lastDay(last) });

/** The choice that the address holds, as far as it makes sense; twelve months by date otherwise. */
export function choiceFromAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const basis = asked.get("basis") === "bill" ? "bill" : "date";
  const [from, to] = [parseDay(asked.get("from")), parseDay(asked.get("to"))];
  const days = from <= to ? { from, to } : ofMonths(presetMonths("twelve", basis));
  return { basis, ...within(basis, days), view: asked.get("view") };
}

/** No days before the first that is known, and none that nobody can know of yet. */
function within(basis, { from, to }) {
  const [first, last] = presetMonths("all", basis);
  const most = Math.max(lastDay(last), ofMonths(presetMonths("year", basis)).to);
  const least = Math.min(firstDay(first), firstDay(presetMonths("twelve", basis)[0]));
  const days = { from: Math.min(Math.max(from, least), most), to: Math.max(Math.min(to, most), least) };
  return basis === "bill" ? ofMonths([monthAt(days.from), monthAt(days.to)]) : days;
}

/** Put the choice into the address; nothing is added to the history. */
export function choiceToAddress({ basis, from, to, view }) {
  const asked = new URLSearchParams({ from: isoOf(from), to: isoOf(to), basis });
  if (view) asked.set("view", view);
  history.replaceState(null, "", `#${asked}`);
}

/** Let the controls show a choice. */
export function showChoice({ basis, from, to }) {
  byId("from-day").value = isoOf(from);
  byId("to-day").value = isoOf(to);
  byId("from-month").value = monthName(monthAt(from));
  byId("to-month").value = monthName(monthAt(to));
  for (const radio of document.querySelectorAll("[name=basis]")) radio.checked = radio.value === basis;
  for (const part of document.querySelectorAll(".of-date")) show(part, basis === "date");
  for (const part of document.querySelectorAll(".of-bill")) show(part, basis === "bill");
  for (const button of document.querySelectorAll("[data-preset]")) {
    const preset = ofMonths(presetMonths(button.dataset.preset, basis));
    button.setAttribute("aria-pressed", String(preset.from === from && preset.to === to));
  }
}

/** Wire the controls; `choose` is given what changed of the choice. */
export function startControls(choose) {
  fillMonthLists();
  const days = () => {
    const [from, to] = ["from-day", "to-day"].map((id) => parseDay(byId(id).value));
    if (from <= to) choose({ from, to });
  };
  const months = (changed) => {
    const [from, to] = ["from-month", "to-month"].map((id) => monthOf(byId(id).value));
    choose(ofMonths(from <= to ? [from, to] : [changed(from, to), changed(from, to)]));
  };
  for (const id of ["from-day", "to-day"]) byId(id).addEventListener("change", days);
  byId("from-month").addEventListener("change", () => months((from) => from));
  byId("to-month").addEventListener("change", () => months((from, to) => to));
  for (const radio of document.querySelectorAll("[name=basis]")) {
    radio.addEventListener("change", () => choose({ basis: radio.value }));
  }
  for (const name of PRESETS) {
    const button = document.querySelector(`[data-preset=${name}]`);
    button.addEventListener("click", () => choose({ preset: name }));
  }
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  show(byId("controls"), true);
}

/** What a choice becomes when something of it changes. */
export function changed(choice, change) {
  const basis = change.basis ?? choice.basis;
  const days = change.preset ? ofMonths(presetMonths(change.preset, basis)) : { from: change.from ?? choice.from, to: change.to ?? choice.to };
  return { basis, ...within(basis, days), view: null };
}

function fillMonthLists() {
  const first = Math.min(monthRange.bill[0], monthRange.date[0], monthAt(today) - 11);
  const last = Math.max(presetMonths("year", "bill")[1], monthRange.bill[1]);
  const months = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  for (const id of ["from-month", "to-month"]) {
    byId(id).replaceChildren(...months.map((month) => element("option", { value: monthName(month) }, monthShort(month))));
  }
  for (const id of ["from-day", "to-day"]) {
    byId(id).min = isoOf(firstDay(first));
    byId(id).max = isoOf(lastDay(last));
  }
}
