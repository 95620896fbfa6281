/**
 * The beginning: the choice from the address, everything filled for it, and again whenever it changes.
 */
import { redraw } from "./charts.js";
import { fillCommitments } from "./commitments.js";
import { changed, choiceFromAddress, choiceToAddress, showChoice, startControls } from "./controls.js";
import { hideLines, showLines, startDialog } from "./dialog.js";
import { fillCounted } from "./counted.js";
import { byId, opener, show } from "./elements.js";
import { fillPanels } from "./panels.js";
import { resolve } from "./periods.js";
import { fillSummary } from "./summary.js";
import { onThemeChange } from "./theme.js";

let choice = choiceFromAddress();
let period = resolve(choice);
let address = location.hash;

/** Open the lines behind a number, and let the address say so. */
function open(view) {
  if (!showLines(view, period)) return;
  choice = { ...choice, view };
  toAddress();
}

function toAddress() {
  choiceToAddress(choice);
  address = location.hash;
}

function showPeriod() {
  period = resolve(choice);
  showChoice(choice);
  const told = fillSummary(period);
  fillPanels(period, open);
  fillCounted(period);
  return told;
}

function choose(change) {
  choice = changed(choice, change);
  const told = showPeriod();
  toAddress();
  byId("announcement").textContent = told;
}

function followAddress() {
  address = location.hash;
  hideLines();
  choice = choiceFromAddress();
  showPeriod();
  if (choice.view) open(choice.view);
}

for (const part of document.querySelectorAll(".needs-script")) show(part, true);
for (const details of document.querySelectorAll(".panel > details")) details.open = false;
for (const number of document.querySelectorAll("td[data-view]")) {
  number.replaceChildren(opener(number.textContent, number.dataset.view, ""));
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-view]");
  if (button) open(button.dataset.view);
});
byId("search").addEventListener("submit", (event) => {
  event.preventDefault();
  open(`search:${byId("search-text").value.trim()}`);
});
startDialog(() => {
  // The browser tells of it later: a link that was followed meanwhile counts, and what it opened.
  if (location.hash !== address || byId("lines").open) return;
  choice = { ...choice, view: null };
  toAddress();
});
startControls(choose);
onThemeChange(redraw);
addEventListener("hashchange", followAddress);
fillCommitments(open);
followAddress();
