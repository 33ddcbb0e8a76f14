/* A line's own page: what was said of it today is pressed, also what the page as it is carried does not know. */
import { ask } from "./asking.js";
import { own } from "./taps.js";

export async function press(dock) {
  const [entries, state] = await Promise.all(["entries", "state"].map(ask)), of = new URLSearchParams(location.search).get("customer") ?? "";
  const said = own(entries ?? [], state?.pulled ?? 0, [], of, Date.now()).today[dock.dataset.pressed];
  if (said) for (const button of dock.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === said));
}
