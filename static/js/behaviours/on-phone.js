/* What is still on this phone: rows from the outbox itself, made of the parts that the server wrote. */
import { say } from "../app.js";
import { ask } from "../phone.js";

const at = (time) => new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", ...(new Date(time).toDateString() === new Date().toDateString() ? {} : { month: "numeric", day: "numeric" }) }).format(new Date(time));
const unsent = ({ state }) => state === "waiting" || state === "sending", stuck = ({ state }) => state === "rejected" || state === "conflict";
const open = ({ attachments }) => attachments.filter((file) => !file.done && !file.broken).length;
const pick = (section, kind, name) => [...section.querySelectorAll(`[data-${kind}]`)].find((line) => new RegExp(line.dataset[kind]).test(name))?.textContent ?? "";

function row(section, entry, state) {
  const part = section.querySelector("[data-row]").content.firstElementChild.cloneNode(true), $ = (name) => part.querySelector(`[data-${name}]`);
  const kind = stuck(entry) ? "stuck" : unsent(entry) ? "waiting" : "files";
  $("title").textContent = [pick(section, "kind", entry.action), entry.about].filter(Boolean).join(" · ");
  Object.assign($("made"), { dateTime: entry.made_at, textContent: at(entry.made_at) });
  part.querySelectorAll("[data-when]").forEach((one) => { if (!one.dataset.when.split(" ").includes(kind)) one.remove(); });
  const next = Math.max(entry.next_try, state.next ?? 0), words = $("note");
  const said = kind === "files" ? "photos" : state.parked ? "parked" : entry.state === "sending" ? "sending" : next > Date.now() ? "next" : "soon";
  if (words) words.textContent = words.dataset[said].replace("{at}", at(next || Date.now())).replace("{n}", open(entry)).replace("{all}", entry.attachments.length);
  const problem = $("problem"), errors = Object.values(entry.answer?.errors ?? {}).flat();
  if (problem) problem.textContent = errors.join(" ") || pick(section, "reason", entry.answer?.reason ?? entry.state);
  if ($("mend")) $("mend").href = `${entry.form || "/outbox"}#entry=${entry.id}`;
  $("discard")?.addEventListener("click", () => discard(section, entry));
  return part;
}

async function discard(section, entry) {
  const gone = await ask("discard", { id: entry.id });
  const undo = Object.assign(document.createElement("button"), { type: "button", textContent: section.dataset.undo });
  undo.addEventListener("click", async () => { await ask("putBack", { gone }); undo.closest(".toast")?.remove(); });
  if (gone) say("done", section.dataset.discarded, undo);
  await show(section);
}

async function show(section) {
  const [state, entries] = [await ask("state"), await ask("entries")];
  if (!state || !entries) return;
  const here = entries.filter((entry) => unsent(entry) || stuck(entry) || open(entry)), $ = (name) => section.querySelector(`[data-${name}]`);
  section.hidden = false;
  $("rows").replaceChildren(...here.sort((a, b) => stuck(b) - stuck(a) || a.seq - b.seq).map((entry) => row(section, entry, state)));
  $("list").hidden = !here.length;
  document.querySelector("#main > .blank")?.toggleAttribute("hidden", here.length > 0);
  $("waiting").textContent = $("waiting").dataset.words.replace("{}", here.length);
  $("signal").textContent = state.failures ? $("signal").dataset.none : state.out || state.parked ? $("signal").dataset.out : $("signal").dataset.there;
  $("last").textContent = state.last ? at(state.last) : $("last").dataset.never;
}

export function start(section) {
  document.addEventListener("phone", () => section.isConnected && show(section));
  section.querySelector("[data-send]").addEventListener("click", async ({ currentTarget: button }) => {
    button.setAttribute("aria-busy", "true");
    await ask("flush", { now: true });
    button.removeAttribute("aria-busy");
    await show(section);
  });
}

export const refresh = show;
