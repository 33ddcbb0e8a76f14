/* What is still on this phone: rows from the outbox itself, made of the parts that the server wrote. */
import { ask } from "../phone/ask.js";
import { throwMendingAway } from "../phone/drafts.js";
import { lacks, row, strangers, stuck, unsent } from "../phone/row.js";
import { takeOut } from "../phone/take-out.js";
import { at } from "../phone/time.js";
import { unfinished } from "../phone/unfinished.js";

/** What is as it was stays, under the finger that is just about to touch it. */
function put(box, parts) {
  if (parts.length !== box.children.length || parts.some((part, n) => !part.isEqualNode(box.children[n]))) box.replaceChildren(...parts);
}

function line(section, entry, state, names) {
  const part = row(section, { ...entry, about: entry.about || names.get(entry.scope) }, state);
  part.querySelector("[data-discard]")?.addEventListener("click", async () => {
    const gone = await ask("discard", { id: entry.id });
    if (gone) {
      const back = await throwMendingAway(entry.id);
      takeOut(section, () => Promise.all([ask("putBack", { gone }), back()]).then(() => show(section)));
    }
    await show(section);
  });
  return part;
}

async function show(section) {
  const [state, entries, drafts] = [await ask("state"), await ask("entries"), await ask("drafts", { user: document.body.dataset.user })];
  if (!state?.user || !entries) return;
  const fresh = (entry) => entry.answer?.at > (state.pulled ?? 0) && !document.querySelector(`[data-receipt="${entry.id}"]`); // the page does not know of it yet
  const names = strangers(entries), here = entries.filter((entry) => unsent(entry) || stuck(entry) || lacks(entry).length || fresh(entry)), $ = (name) => section.querySelector(`[data-${name}]`);
  section.hidden = false;
  for (const one of document.querySelectorAll("[data-send], [data-export]")) one.hidden = one.matches("[data-export]") && !here.some((entry) => !fresh(entry));
  document.querySelector("[data-without-phone]")?.remove();
  put($("rows"), here.sort((a, b) => stuck(b) - stuck(a) || a.seq - b.seq).map((entry) => line(section, entry, state, names)));
  $("list").hidden = !here.length;
  $("unfinished").hidden = !drafts?.length;
  put($("unfinished").querySelector("ul"), (drafts ?? []).map((draft) => unfinished(section, draft, () => show(section))));
  document.querySelector("#main > .blank")?.toggleAttribute("hidden", here.length > 0);
  $("waiting").textContent = $("waiting").dataset.words.replace("{}", state.waiting + state.stuck + state.files);
  const way = state.out || state.parked ? "out" : state.failures ? "none" : "there";
  for (const one of section.querySelectorAll("[data-signal]")) one.hidden = one.dataset.signal !== way;
  $("last").textContent = state.last ? at(state.last) : $("last").dataset.never;
}

export function start(section) {
  document.addEventListener("phone", () => section.isConnected && show(section));
  document.querySelector("[data-send]")?.addEventListener("click", async ({ currentTarget: button }) => {
    button.setAttribute("aria-busy", "true");
    await ask("flush", { now: true });
    button.removeAttribute("aria-busy");
    await show(section);
  });
  document.querySelector("[data-export]")?.addEventListener("click", async () => (await import("../phone/export.js")).begin());
}

export const refresh = show;
