/* What is being written stays on this phone at every keystroke, one draft a person and form, and comes back with its
   own submission_id, its photos and its voice note, so that a form whose answer got lost is not filed twice. Taken, it is
   forgotten. Passwords are not kept. The status line says when; if there was no room for it, it says that. */
import { words } from "../say.js";
import { hold } from "../phone/editor.js";
import { put, read } from "../phone/fields.js";
import { putFiles } from "../phone/files.js";
import { drop, keepFiles, keepWords, recall } from "../phone/keepsake.js";
import { at as timeOf } from "../phone/time.js";

const FULL = -1;
const kept = new WeakMap(); // form → when, or FULL

function note(form, at = kept.get(form)) {
  const line = document.querySelector("[data-draft-note]");
  kept.set(form, at);
  if (!line) return;
  line.hidden = !at;
  line.className = at === FULL ? "mind mind--flag" : "small";
  line.textContent = !at ? "" : at === FULL ? words().full : words().draft.replace("{}", timeOf(at));
}

export function start(form) {
  const href = location.pathname + location.search, key = `draft ${document.body.dataset.user} ${href} ${form.id}`;
  const who = Math.random(), known = new Map(), early = new Set(), strip = document.querySelector("#elsewhere")?.content.firstElementChild.cloneNode(true);
  let n = 0, elsewhere = false, over = false;
  const forget = () => { over = true; note(form, null); drop(key); };
  async function keep({ target }) {
    early.add(target.name);
    await brought;
    if (elsewhere) return;
    over = false;
    const at = Date.now(), draft = { key, at, who, n: (n += 1), href, title: document.title.replace(/ · [^·]*$/, ""), entries: read(form) };
    const isKept = await keepWords(draft);
    if (isKept && !over && kept.get(form) !== FULL) note(form, at);
    const all = (await keepFiles(form, key, known)) && isKept;
    if (!over) note(form, all ? at : FULL);
  }
  async function bring() {
    const draft = await recall(key).catch(() => null);
    if (!draft?.entries || over || !form.isConnected || form.querySelector("[data-errors], [data-mended]")) return;
    if (draft.entries.length) put(form, draft.entries, early);
    putFiles(form, draft.parts ?? []);
    note(form, draft.at);
  }
  function turn(is) {
    if (is && elsewhere) { early.clear(); bring(); }
    elsewhere = form.inert = !is;
    for (const button of document.querySelectorAll(`button[form="${form.id}"]`)) button.disabled = !is;
    if (is) strip?.remove(); else if (strip) form.before(strip);
  }
  form.dataset.draft = key;
  const brought = (form.brought = bring());
  for (const kind of ["input", "change"]) form.addEventListener(kind, keep);
  for (const kind of ["reset", "taken"]) form.addEventListener(kind, forget);
  strip?.querySelector("button").addEventListener("click", hold(form, key, { mine: () => turn(true), lost: () => turn(false) }));
}

export const refresh = (form) => note(form);
