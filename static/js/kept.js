/* What was done on this phone and its page does not know yet: in the place of what would do it again stands that it is kept. */
import { ask } from "./answers/asking.js";
import { isNews } from "./answers/taps.js";

const STUCK = ["rejected", "conflict"];

export const start = () => {};

export async function refresh(note) {
  const { kept: action } = note.dataset, [entries, state] = await Promise.all([ask("entries"), ask("state")]);
  const kept = (entries ?? []).some((entry) => entry.action === action && !STUCK.includes(entry.state) && isNews(entry, state?.pulled ?? 0));
  note.hidden = !kept;
  for (const form of document.querySelectorAll(`form[action="${action}"]`)) {
    form.hidden = kept;
    for (const part of form.elements) if (!form.contains(part)) part.hidden = kept; // its button in the dock
  }
}
