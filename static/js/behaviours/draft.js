/* What is being written stays on this phone at every keystroke, one draft a person and form, and comes back with its
   own submission_id, so that a form whose answer got lost is not filed twice. Taken by the server, it is forgotten.
   Passwords are not kept. The status line says when, and says nothing when nothing could be kept. */
import { words } from "../app.js";
import { drop, lay, recall } from "../phone/keepsake.js";

const note = (at) => {
  const line = document.querySelector("[data-draft-note]");
  if (!line) return;
  line.hidden = !at;
  line.textContent = at ? words().draft.replace("{}", new Date(at).toTimeString().slice(0, 5)) : "";
};

const fields = (form) => [...form.elements].filter((field) => field.name && !["file", "password", "submit", "button"].includes(field.type));

function read(form) {
  const ticked = (field) => !["radio", "checkbox"].includes(field.type) || field.checked;
  return fields(form).filter(ticked).map((field) => [field.name, field.value]);
}

function restore(form, entries) {
  const values = new Map();
  for (const [name, value] of entries) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of fields(form)) {
    const said = values.get(field.name) ?? [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = said.includes(field.value);
    else if (said.length) field.value = said.shift();
  }
}

const keys = new WeakMap(), kept = (form) => JSON.parse(localStorage.getItem(keys.get(form)));

export function start(form) {
  const key = `draft ${document.body.dataset.user} ${location.pathname}${location.search} ${form.id}`;
  keys.set(form, key);
  let touched = false;
  const forget = () => { localStorage.removeItem(key); drop(key); note(null); };
  const keep = () => {
    const at = Date.now(), entries = read(form);
    touched = true;
    lay(form, key, at, entries);
    try {
      localStorage.setItem(key, JSON.stringify({ at, entries }));
      note(at);
    } catch { note(null); }
  };
  const blank = !form.querySelector("[data-errors], [data-mended]");
  try {
    if (kept(form) && blank) restore(form, kept(form).entries);
  } catch { forget(); }
  if (blank) recall(form, key, ({ at, entries }) => { if (!touched && !(kept(form)?.at >= at)) restore(form, entries); });
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("reset", forget);
  form.addEventListener("taken", forget);
}

export function refresh(form) {
  try { note(kept(form)?.at); } catch { note(null); }
}
