/* Who was greeted from this phone, and the page does not know it yet: in the place of the wish stands that it was sent. */
import { ask } from "./answers/asking.js";
import { isNews } from "./answers/taps.js";

const GREETING = /^\/contacts\/[^/]+\/greetings$/, STUCK = ["rejected", "conflict"];
const keyOf = (action, fields) => { const { occasion, day } = Object.fromEntries(fields); return [action, occasion, day].join(); };

export const start = () => {};

export async function refresh(list) {
  const [entries, state] = await Promise.all([ask("entries"), ask("state")]);
  const news = (entries ?? []).filter((entry) => GREETING.test(entry.action) && !STUCK.includes(entry.state) && isNews(entry, state?.pulled ?? 0));
  const given = new Set(news.map(({ action, fields }) => keyOf(action, fields)));
  for (const wish of list.querySelectorAll("[data-wish]")) {
    const form = wish.querySelector("form"), done = given.has(keyOf(form.getAttribute("action"), new FormData(form)));
    wish.hidden = done;
    wish.nextElementSibling.hidden = !done;
  }
}
