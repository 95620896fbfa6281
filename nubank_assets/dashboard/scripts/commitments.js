/**
 * Parcels to come: the chart of the months ahead, and the parcels behind a month's or a plan's number.
 *
 * A parcel that no bill shows yet has no line; it is listed in its place, with what is known of it.
 */
import { columnOptions, draw } from "./charts.js";
import { data, kept, monthOf } from "./data.js";
import { shown } from "./figures.js";
import { lineOf } from "./views.js";
import { label, money, monthShort, monthText, say } from "./wording.js";

const { months: monthsAhead, plans: openPlans, parcels: allParcels } = data.commitments;
const TO_COME = "to_come";

/** `parcels:2027-01` or `plan:3`; undefined if a view is of something else, null if there is no such month or plan. */
export function commitmentView(name) {
  const [what, value] = name.split(":");
  if (what === "parcels") {
    const found = allParcels.filter((parcel) => parcel.month === value && parcel.state === TO_COME);
    return found.length ? viewOf(found, `${say("parcels")}, ${monthText(monthOf(value))}`) : null;
  }
  if (what !== "plan") return undefined;
  const found = allParcels.filter((parcel) => String(parcel.plan) === value && parcel.state === TO_COME);
  return found.length ? { ...viewOf(found, openPlans[value].merchant), says: saysOf(value) } : null;
}

/** What became of the other parcels of a plan. */
function saysOf(plan) {
  const others = allParcels.filter((parcel) => String(parcel.plan) === plan && parcel.state !== TO_COME);
  const states = [...new Set(others.map((parcel) => parcel.state))];
  return states
    .map((state) => {
      const found = others.filter((parcel) => parcel.state === state);
      const numbers = found.map((parcel) => parcel.installment).join(", ");
      return say("parcels.others", { numbers, state: label("parcel", state), amount: money(totalAhead(found)) });
    })
    .join(" ");
}

const totalAhead = (found) => shown("card", found.reduce((sum, parcel) => sum + parcel.amount, 0));

function viewOf(found, title) {
  const hasRoom = (parcel) => parcel.line < kept;
  const omitted = found.filter((parcel) => !hasRoom(parcel));
  return {
    sum: "card",
    total: totalAhead(found),
    lines: found.filter(hasRoom).map((parcel) => (parcel.line < 0 ? projected(parcel) : lineOf(parcel.line, "card"))),
    omitted: { count: omitted.length, amount: totalAhead(omitted) },
    title,
  };
}

/** A parcel of which there is no line, as a line. */
function projected({ plan, month, installment, amount, state }) {
  const { merchant, account, installments } = openPlans[plan];
  return {
    when: monthShort(monthOf(month)),
    title: `${merchant} ${installment}/${installments}`,
    account,
    category: "",
    pairs: [],
    kind: label("parcel", state),
    amount: shown("card", amount),
  };
}

/** The months ahead; they are the same in every period, and their tables are in the page already. */
export function fillCommitments(open) {
  if (!monthsAhead.length) return;
  const rows = monthsAhead.map(({ month, amount }) => ({
    title: monthText(monthOf(month)),
    label: monthShort(monthOf(month)),
    amount: shown("card", amount),
    view: `parcels:${month}`,
  }));
  const [first, last] = [rows[0].label, rows[rows.length - 1].label];
  const text = say("chart.text", { title: say("parcels"), period: say("period_of", { from: first, to: last }), total: money(totalAhead(monthsAhead)) });
  draw("chart-parcels", columnOptions(rows, [[say("parcels"), "amount", "expense"]]), { text, onPick: (index) => open(rows[index].view) });
}
