/**
 * From all that moved in a period to its income and expenses: what is neither, and why nothing counts twice.
 */
import { data } from "./data.js";
import { cell, element, fillTable, opener } from "./elements.js";
import { isPart, unlinkedIn, wayOf } from "./parts.js";
import { label, money, say } from "./wording.js";

const partSum = (indexes, name, way) => indexes.filter(isPart(name)).reduce((sum, index) => sum + wayOf(index, way)[0], 0);

/** Fill the table for a period. */
export function fillCounted(period) {
  const present = data.links.parts.filter((name) => name === "moved" || period.now.some(isPart(name)));
  fillTable("table-counted", present.map((name) => partRow(period.now, name)));
}

function partRow(indexes, name) {
  const title = label("part", name);
  const lone = name === "moved" ? [] : unlinkedIn(indexes, name);
  const why = element("small", { class: "why" }, say(`counted.${name}`));
  const lacking = lone.length ? element("small", { class: "why" }, opener(say("counted.unlinked", { count: lone.length }), `unlinked:${name}`, title)) : null;
  const amounts = ["in", "out"].map((way) => {
    const sum = partSum(indexes, name, way);
    const text = money(way === "out" && sum ? -sum : sum);
    return cell(sum ? opener(text, `part:${name}:${way}`, `${title}, ${say(`counted.${way}`)}`) : text, { number: true, label: say(`counted.${way}`) });
  });
  const header = element("th", { role: "rowheader", scope: "row" }, element("span", {}, title), why, lacking);
  return element("tr", { role: "row", class: name === "moved" ? "total" : "" }, header, ...amounts);
}
