/* A form that keeps no draft asks before what was typed is left behind. */
import { words } from "../say.js";

const dirty = new Set();
const unsent = () => [...dirty].some((form) => form.isConnected);

export function start(form) {
  form.addEventListener("input", () => dirty.add(form));
  for (const done of ["reset", "taken"]) form.addEventListener(done, () => dirty.delete(form));
  form.addEventListener("submit", () => { if (!window.htmx || form.getAttribute("hx-boost") === "false") dirty.delete(form); });
}

addEventListener("beforeunload", (event) => { if (unsent()) event.preventDefault(); });

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.target !== document.body || ctx.request.method !== "GET" || !unsent()) return;
  if (confirm(words().leave)) dirty.clear();
  else event.preventDefault();
});
