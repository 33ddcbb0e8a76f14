/* What has been read is marked at once, with or without a line; the worker tells the server. */
import { ask } from "../phone/ask.js";

const mark = (ids) => document.querySelectorAll(".inbox [data-unread]").forEach((row) => { if (ids.includes(row.dataset.unread)) delete row.dataset.unread; });
const refresh = () => ask("unread").then((state) => state?.read.length && mark(state.read));
const read = (ids) => { mark(ids); return ask("notices read", { ids }); };
const all = () => [...document.querySelectorAll(".inbox [data-unread]")].map((row) => row.dataset.unread);

export function start(head) {
  document.addEventListener("click", ({ target }) => {
    const row = head.isConnected && target.closest?.(".inbox [data-unread]");
    if (row && target.closest("a")) read([row.dataset.unread]);
  }, true);
  head.querySelector("form").addEventListener("submit", (event) => {
    if (!navigator.serviceWorker?.controller) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    read(all());
    head.hidden = true;
  }, true);
}

export { refresh };
