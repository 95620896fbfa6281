/**
 * Small helpers to build elements. Texts are only ever set as text, never as HTML.
 */

export const byId = (id) => document.getElementById(id);

/** An element with these attributes and children; texts become text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== "") made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A number that opens the lines behind it; `what` says of what it is, for those who do not see the table. */
export function opener(text, view, what) {
  return element("button", { type: "button", class: "opener", "data-view": view, "aria-label": what ? `${what}: ${text}` : "" }, text);
}

/** A cell; on a narrow screen `label` stands before a number. */
export const cell = (content, { number = false, label = "", tone = "" } = {}) =>
  element("td", { role: "cell", class: [number ? "number" : "", tone].filter(Boolean).join(" "), "data-label": label }, content);

/** A row with its header and its cells. */
export const row = (header, cells, className = "") =>
  element("tr", { role: "row", class: className }, element("th", { role: "rowheader", scope: "row" }, header), ...cells);

/** Replace the rows of a table. */
export const fillTable = (id, rows) => byId(id).tBodies[0].replaceChildren(...rows);

/** Show an element or not. */
export function show(target, isShown) {
  target.hidden = !isShown;
}
