/**
 * The charts, drawn by ECharts as SVG: one function makes each chart's options from rows, one draws them.
 *
 * Which rows there are is for `panels.js`. Axes count in centavos; a chart is an image to a screen reader, and its
 * table stands below it.
 */
import { byId, element } from "./elements.js";
import { colours, moves } from "./theme.js";
import { money, roundMoney } from "./wording.js";

/** What the last drawing of each chart was given, to draw it again in other colours. */
const drawn = new Map();
/** The charts that are as high as their rows need. */
const heights = new Map();
const PAPER = { width: 680, height: 260 };

function tooltip(title, values) {
  return element(
    "div",
    { class: "tip" },
    element("strong", {}, title),
    ...values.map(([name, centavos]) => element("div", {}, element("span", {}, name), element("b", {}, money(centavos)))),
  );
}

const grid = (more = {}) => ({ left: 8, right: 16, top: 16, bottom: 8, containLabel: true, ...more });
const words = (paint) => ({ color: paint.muted, fontSize: 12 });

function base(paint, rows, names, onAxis = true) {
  return {
    animation: moves(),
    animationDuration: 300,
    textStyle: { fontFamily: "system-ui, sans-serif", color: paint.text },
    aria: { enabled: false },
    tooltip: {
      trigger: onAxis ? "axis" : "item",
      confine: true,
      backgroundColor: paint.panel,
      borderColor: paint.line,
      transitionDuration: 0,
      formatter: (hits) => {
        const hit = rows[[hits].flat()[0].dataIndex];
        return tooltip(hit.title, names.map(([name, key]) => [name, hit[key] ?? null]).filter(([, value]) => value !== null));
      },
    },
  };
}

const amounts = (paint) => ({
  type: "value",
  axisLabel: { ...words(paint), formatter: roundMoney, hideOverlap: true },
  splitLine: { lineStyle: { color: paint.line } },
  splitNumber: 4,
});

const steps = (paint, rows) => ({
  type: "category",
  data: rows.map((row) => row.label),
  axisLabel: { ...words(paint), hideOverlap: true, interval: (index) => rows[index].isNamed !== false },
  axisLine: { lineStyle: { color: paint.line } },
  axisTick: { show: false },
});

/** A line over days; `row` is `{ title, label, amount }`. Dots only where `isMarked` says so. */
export function lineOptions(rows, name, colourName, isStepped = false) {
  return (paint) => ({
    ...base(paint, rows, [[name, "amount"]]),
    grid: grid(),
    xAxis: { ...steps(paint, rows), boundaryGap: rows.length === 1 },
    yAxis: amounts(paint),
    series: [
      {
        type: "line",
        name,
        step: isStepped ? "end" : false,
        data: rows.map((row) => ({ value: row.amount, symbol: row.isMarked ? "circle" : "none", symbolSize: 7 })),
        showSymbol: true,
        showAllSymbol: true,
        lineStyle: { color: paint[colourName], width: 2 },
        itemStyle: { color: paint[colourName] },
        areaStyle: { color: paint[colourName], opacity: 0.12 },
      },
    ],
  });
}

/** Several lines over the same days, one for each name; a row has its amounts by name. */
export function linesOptions(rows, names, colourNames) {
  return (paint) => ({
    ...base(paint, rows, names.map((name) => [name, name])),
    grid: grid({ top: 40 }),
    legend: { top: 0, textStyle: words(paint), data: names },
    xAxis: { ...steps(paint, rows), boundaryGap: false },
    yAxis: amounts(paint),
    series: names.map((name, index) => ({
      type: "line",
      name,
      data: rows.map((row) => row[name]),
      step: "end",
      showSymbol: false,
      lineStyle: { color: paint[colourNames[index % colourNames.length]], width: 2, type: index ? "dashed" : "solid" },
      itemStyle: { color: paint[colourNames[index % colourNames.length]] },
    })),
  });
}

const isNarrow = () => innerWidth < 560;
const barText = (row) => (isNarrow() ? roundMoney(row.amount) : `${money(row.amount)} · ${row.share}`);

/** Bars from left to right, the first row on top; `row` is `{ title, label, amount, share }`. */
export function barOptions(rows, name) {
  return (paint) => ({
    ...base(paint, rows, [[name, "amount"]], false),
    grid: grid({ right: isNarrow() ? 76 : 132 }),
    xAxis: { ...amounts(paint), axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: { ...steps(paint, rows), inverse: true, axisLine: { show: false }, axisLabel: { color: paint.text, fontSize: 13, interval: 0 } },
    series: [
      {
        type: "bar",
        name,
        data: rows.map((row) => row.amount),
        barMaxWidth: 22,
        cursor: "pointer",
        itemStyle: { color: paint.expense, borderRadius: 3 },
        label: { show: true, position: "right", color: paint.text, formatter: ({ dataIndex }) => barText(rows[dataIndex]) },
      },
    ],
  });
}

/** Columns side by side, one for each of `[name, key, colour]`. */
export function columnOptions(rows, columns) {
  return (paint) => ({
    ...base(paint, rows, columns),
    grid: grid({ top: columns.length > 1 ? 40 : 16 }),
    legend: { show: columns.length > 1, top: 0, textStyle: words(paint) },
    xAxis: steps(paint, rows),
    yAxis: amounts(paint),
    series: columns.map(([name, key, colourName]) => ({
      type: "bar",
      name,
      data: rows.map((row) => row[key]),
      barMaxWidth: rows.length > 4 ? 40 : 88,
      label: { show: rows.length <= 4, position: "top", color: paint.text, formatter: ({ value }) => roundMoney(value) },
      cursor: "pointer",
      itemStyle: { color: paint[colourName], borderColor: paint[`${colourName}-edge`] ?? paint[colourName], borderRadius: [3, 3, 0, 0] },
    })),
  });
}

/** Draw a chart; `text` says it to those who do not see it, `onPick` is given the row and the column picked. */
export function draw(id, options, { text, onPick, height }) {
  const place = byId(id);
  place.hidden = false;
  if (height) {
    heights.set(id, height);
    place.style.height = `${height}px`;
  }
  place.setAttribute("aria-label", text);
  drawn.set(id, options);
  const chart = echarts.getInstanceByDom(place) ?? start(place);
  chart.off("click");
  if (onPick) chart.on("click", ({ dataIndex, seriesIndex }) => onPick(dataIndex, seriesIndex));
  chart.setOption(options(colours()), { notMerge: true });
  chart.resize();
}

function start(place) {
  const chart = echarts.init(place, null, { renderer: "svg" });
  new ResizeObserver(() => {
    if (place.clientWidth && !document.documentElement.classList.contains("on-paper")) chart.resize();
  }).observe(place);
  return chart;
}

/** Draw every chart again: the colours changed, or it goes on paper, where the screen's width means nothing. */
export function redraw() {
  const isPaper = document.documentElement.classList.contains("on-paper");
  for (const [id, options] of drawn) {
    const chart = echarts.getInstanceByDom(byId(id));
    if (byId(id).hidden) continue;
    chart.setOption(options(colours()), { notMerge: true });
    chart.resize(isPaper ? { ...PAPER, height: heights.get(id) ?? PAPER.height } : { width: "auto", height: "auto" });
  }
}
