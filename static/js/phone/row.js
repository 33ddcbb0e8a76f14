/* One line of what is on this phone, from the part that the server wrote. */
import { at } from "./time.js";

const open = (file) => !file.done && !file.broken;
export const unsent = ({ state }) => state === "waiting" || state === "sending";
export const stuck = ({ state }) => state === "rejected" || state === "conflict";
export const lacks = ({ attachments }) => attachments.filter(open);

/** Whom only this phone knows: id → name. What is about him is named after him until his card comes. */
export function strangers(entries) {
  const told = entries.filter(({ action }) => action === "/customers").map(({ id, fields }) => [id, Object.fromEntries(fields)]);
  return new Map(told.map(([id, { name, short_name: short }]) => [id, short || name]));
}

const pick = (section, kind, name) => [...section.querySelectorAll(`[data-${kind}]`)].find((line) => new RegExp(line.dataset[kind]).test(name));
const kindOf = (entry) => (stuck(entry) ? "stuck" : unsent(entry) ? "waiting" : !lacks(entry).length ? "there" : lacks(entry).every(({ name }) => name === "voice") ? "voice" : "files");
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

function noteOf(kind, entry, state) {
  const next = Math.max(entry.next_try, state.next ?? 0);
  if (kind === "there") return "arrived";
  const out = state.out || state.parked;
  if (kind !== "waiting") return (kind === "voice" ? "voice" : "photos") + (out ? "Out" : "");
  return out ? "parked" : entry.state === "sending" ? "sending" : next > Date.now() ? "next" : "soon";
}

/** What one says on the phone: of the receipt, or of the fault in the server's log. */
const numberOf = ({ id, answer }) => (answer?.receipt ?? (answer?.reason === "server" ? id : "")).slice(-8).toUpperCase();

export function row(section, entry, state) {
  const part = section.querySelector("template[data-row]").content.firstElementChild.cloneNode(true), $ = (name) => part.querySelector(`[data-${name}]`);
  const kind = kindOf(entry), named = pick(section, "kind", entry.action.split("?")[0]), late = lacks(entry), own = entry.attachments.filter(({ name }) => (name === "voice") === (kind === "voice"));
  const words = { at: at(Math.max(entry.next_try, state.next ?? 0) || Date.now()), n: late.filter((file) => own.includes(file)).length, all: own.length, no: numberOf(entry) };
  $("title").textContent = [named?.textContent, entry.about].filter(Boolean).join(" · ");
  Object.assign($("made"), { dateTime: entry.made_at, textContent: at(entry.made_at) });
  for (const one of part.querySelectorAll("[data-when]")) if (!one.dataset.when.split(" ").includes(kind)) one.remove();
  const steps = part.querySelector(".ticks"), note = $("note"), errors = Object.values(entry.answer?.errors ?? {}).flat();
  while (steps.children.length > Number(named?.dataset.steps ?? 2)) steps.lastElementChild.remove();
  if ($("count")) steps.children[1].textContent = fill($("count").dataset.count, { ...words, n: words.all - words.n });
  if (note) note.textContent = fill(note.dataset[noteOf(kind, entry, state)], words) + (words.no ? fill(note.dataset[entry.answer.receipt ? "receipt" : "fault"], words) : "");
  if ($("problem")) $("problem").textContent = errors.join(" ") || pick(section, "reason", entry.answer?.reason ?? entry.state)?.textContent;
  if ($("mend")) $("mend").href = `${entry.form || "/outbox"}#entry=${entry.id}`;
  return part;
}
