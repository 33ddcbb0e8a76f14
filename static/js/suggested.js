/* The one line on a door card: what somebody has said of it here, and the server's card does not know yet, puts the next in
   its place. Both stand in the card (webapp/playbook/suggesting.py); a line that is not for him stays away until it works. */
import { ask } from "./answers/asking.js";
import { isNews, said } from "./answers/taps.js";

const UNFIT = /^\/playbook\/([^/]+)\/misfits$/;

/** What was said of a track with this customer: [track id, "unfit" or how it went], or null. */
function word(entry, customer) {
  const one = said(entry), unfit = UNFIT.exec(entry.action)?.[1];
  if (unfit) return Object.fromEntries(entry.fields).customer === customer ? [unfit, "unfit"] : null;
  return one?.customer === customer && one.outcome !== "half" ? [one.track, one.outcome] : null;
}

/** Which of these tracks is to be said to this customer; undefined if none. `pulled`: what arrived before is in the card. */
export function best(ids, entries, customer, pulled) {
  const news = entries.filter((entry) => isNews(entry, pulled)).sort((a, b) => a.seq - b.seq);
  const told = new Map(news.map((entry) => word(entry, customer)).filter(Boolean)), left = ids.filter((id) => told.get(id) !== "unfit");
  return left.find((id) => told.get(id) !== "flat") ?? left[0];
}

export const start = () => {};

export async function refresh(card) {
  const [entries, state] = await Promise.all(["entries", "state"].map(ask)), lines = [...card.querySelectorAll("[data-line]")];
  const id = best(lines.map(({ dataset }) => dataset.line), entries ?? [], card.dataset.customer, state?.pulled ?? 0);
  for (const line of lines) line.hidden = line.dataset.line !== id;
  card.querySelector("[data-lines]").hidden = !id;
}
