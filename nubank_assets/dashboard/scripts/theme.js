/**
 * Whether the page is light or dark, moves or not, is on paper or on a screen; and the colours of the charts for that.
 *
 * The colours are those of the styles (`styles/colours.css`); the charts are drawn anew when they change.
 */

const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const paper = matchMedia("print");
const root = document.documentElement;

export const moves = () => !still.matches && !root.classList.contains("on-paper");

const colour = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();

/** The colours as they are now. */
export function colours() {
  const names = ["text", "muted", "line", "panel", "purple", "expense", "income", "income-edge", "balance"];
  return Object.fromEntries(names.map((name) => [name, colour(name)]));
}

/** Call `draw` whenever the colours or the paper change. */
export function onThemeChange(draw) {
  const toPaper = (isPaper) => {
    root.classList.toggle("on-paper", isPaper);
    draw();
  };
  dark.addEventListener("change", draw);
  still.addEventListener("change", draw);
  paper.addEventListener("change", (event) => toPaper(event.matches));
  addEventListener("beforeprint", () => toPaper(true));
  addEventListener("afterprint", () => toPaper(false));
}
