/* What was begun last and is not filed yet is offered where the day begins. */
import { ask } from "./ask.js";
import { unfinished } from "./unfinished.js";

export async function offer() {
  const part = document.querySelector("[data-begun]"), [draft] = (await ask("drafts", { user: document.body.dataset.user })) ?? [];
  document.querySelector("#begun")?.remove();
  if (draft && new RegExp(part?.dataset.begun).test(location.pathname)) document.querySelector("#main").prepend(unfinished(part, draft, offer));
}
