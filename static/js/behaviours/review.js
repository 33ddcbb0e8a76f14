/* One thing under review, or the queue: it has been opened (said quietly; the worker passes it on, without a line later); what was signed
   off on this phone and still waits says so; on a desk the keys j k a r c do what a thumb does. */
import { ask } from "../phone/ask.js";

const $ = (selector, root = document) => root.querySelector(selector);
const typing = (element) => element.closest("input, textarea, select, [contenteditable]");
let heard = false;

/** Mark what lies signed in this phone's outbox. */
async function mark(root) {
  const entries = (await ask("entries")) ?? [];
  const waits = new Set(entries.filter(({ state }) => state === "waiting" || state === "sending").map(({ action }) => /^(\/reviews\/.+)\/(approval|return)$/.exec(action)?.[1]));
  for (const item of [root, ...root.querySelectorAll("[data-item]")]) if (item.dataset.item) show(item, waits.has(item.dataset.item));
}

function show(item, waits) {
  $("[data-waiting]", item)?.toggleAttribute("hidden", !waits);
  for (const form of item.querySelectorAll("form")) form.hidden = waits;
}

const keys = {
  j: () => go(1), k: () => go(-1),
  a: () => $("[data-key=a]")?.click(),
  r: () => { const text = $("#verdict textarea"); return text?.value || $("#verdict :checked") ? $("[data-key=r]")?.click() : text?.focus(); },
  c: () => $("#verdict textarea, #comment textarea")?.focus(),
};

function go(step) {
  const here = $("[data-opening][data-item]");
  if (here) {
    const to = step > 0 ? here.dataset.after : here.dataset.before, link = to && $(`a[href="${to}"]`);
    return link ? link.click() : to && location.assign(to);
  }
  const links = [...document.querySelectorAll("[data-queue] h3 a")], at = links.indexOf(document.activeElement);
  links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !$("[data-behaviour~=review]")) return;
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); }
}

export function start(root) {
  if (root.dataset.opening) fetch(root.dataset.opening, { method: "POST", keepalive: true }).catch(() => {});
  if (!heard) { heard = true; addEventListener("keydown", press); }
  document.addEventListener("phone", () => root.isConnected && mark(root));
}

export const refresh = (root) => { if (navigator.serviceWorker?.controller) mark(root); };
