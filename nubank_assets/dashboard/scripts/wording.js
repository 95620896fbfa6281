/**
 * Amounts, days and months as a person reads them, in the page's language.
 *
 * The texts come with the data; nothing here decides what is shown.
 */
import { data, firstDay, monthName } from "./data.js";

const { locale } = data;
const currency = new Intl.NumberFormat(locale, { style: "currency", currency: "BRL" });
const compact = new Intl.NumberFormat(locale, { style: "currency", currency: "BRL", notation: "compact", maximumSignificantDigits: 3 });
const percents = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
const UTC = { timeZone: "UTC" };
const longDay = new Intl.DateTimeFormat(
  locale,
  locale === "en" ? { dateStyle: "medium", ...UTC } : { day: "2-digit", month: "2-digit", year: "numeric", ...UTC },
);
const shortDay = new Intl.DateTimeFormat(locale, { day: "2-digit", month: "2-digit", ...UTC });
const longMonth = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", ...UTC });
const shortMonth = new Intl.DateTimeFormat(locale, { month: "short", ...UTC });

const moment = (day) => new Date(day * 86400000);

/** A text with its braces filled. */
export const say = (key, values = {}) =>
  data.texts[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));

/** The word for a value of a closed list; a value that nobody has put in words stands for itself. */
export const label = (prefix, value) => data.labels[`${prefix}.${value}`] ?? value;

/** Centavos in full. As a text, because a text holds every centavo. */
export function money(centavos) {
  const digits = String(Math.abs(centavos)).padStart(3, "0");
  return currency.format(`${centavos < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`);
}

/** Centavos as an axis says them. */
export const roundMoney = (centavos) => compact.format(centavos / 100);

/** A part of a whole; empty where there is no whole. */
export const share = (part, whole) => (whole ? percents.format(part ? part / whole : 0) : "");

export const dayText = (day) => longDay.format(moment(day));
export const dayShort = (day) => shortDay.format(moment(day));
export const monthText = (month) => longMonth.format(moment(firstDay(month)));

/** `set/2026`, `Sep 2026`. */
export function monthShort(month) {
  const name = shortMonth.format(moment(firstDay(month))).replace(".", "");
  return locale === "en" ? `${name} ${monthName(month).slice(0, 4)}` : `${name}/${monthName(month).slice(0, 4)}`;
}

/** What changed, in texts and in tone: good, bad, or empty when nothing did. */
export function changeOf(now, before, moreIsGood) {
  const difference = now - before;
  const sign = difference > 0 ? "+" : difference < 0 ? "-" : "";
  const percent = before ? `${sign}${share(Math.abs(difference), Math.abs(before))}` : "";
  const tone = !difference ? "" : difference > 0 === moreIsGood ? "good" : "bad";
  return { before: money(before), difference: `${sign}${money(Math.abs(difference))}`, percent, tone };
}

/** A change, without what was before. */
export function changeText(change) {
  if (!change) return say("change.none");
  if (!change.tone) return say("change.equal");
  return change.percent ? `${change.difference} (${change.percent})` : change.difference;
}

