/* What was asked on this visit and answered from this phone, and the page does not know it yet: in the place of the question
   stands that it was answered, and where something has changed, what it is now may be noted. */
import { ask } from "./answers/asking.js";
import { isNews } from "./answers/taps.js";

const TAP = /^\/attention\/([^/]+)\/confirmations$/, STUCK = ["rejected", "conflict"];

/** What an entry says of a fact: [its id, still | changed | unsure]; null if nothing. */
function word({ action, fields }) {
  const told = Object.fromEntries(fields), tapped = TAP.exec(action)?.[1];
  if (tapped) return [tapped, told.outcome];
  const [answer, id] = (told.asked ?? "").split(".");
  return id ? [id, answer] : null;
}

/** Fact id → the last answer that the pages do not know; `pulled`: what arrived before that they do. */
export function answered(entries, pulled) {
  const news = entries.filter((entry) => !STUCK.includes(entry.state) && isNews(entry, pulled)).sort((a, b) => a.seq - b.seq);
  return new Map(news.map(word).filter(Boolean));
}

export const start = () => {};

export async function refresh(part) {
  const [entries, state] = await Promise.all([ask("entries"), ask("state")]), id = part.dataset.item;
  const answer = answered(entries ?? [], state?.pulled ?? 0).get(id);
  for (const question of document.querySelectorAll(`[data-asks="${id}"]`)) question.hidden = Boolean(answer);
  for (const after of part.querySelectorAll("[data-answered]")) after.hidden = !answer || !after.dataset.answered.includes(answer);
}
