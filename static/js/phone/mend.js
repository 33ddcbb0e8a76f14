/* A refused entry comes back into its form as it was written, with the server's words beside each field; the first of
   them has the focus. */
import { say } from "../app.js";
import { put, replaces } from "./fields.js";

const $ = (selector) => document.querySelector(selector);
const place = (url) => { const { pathname, search } = new URL(url, location); return pathname + search; };
const note = (name, text) => {
  const part = $(`#${name}`).content.firstElementChild.cloneNode(true);
  part.querySelector("[data-said]").textContent = text;
  return part;
};

/** Where a mistake is to be mended: the field, or what stands for a group of them; and the box around it. */
function spot(form, name) {
  const found = form.elements[name], field = found?.tagName ? found : found?.[0];
  if (!field || field.type === "hidden") { const group = form.querySelector(`[id="${name}"]`); return [group, group]; }
  return [field, field.closest(".field, fieldset") ?? field.parentElement];
}

export async function fill(entry) {
  const form = [...document.forms].find(({ method, action }) => method === "post" && place(action) === entry.action);
  if (!form) return say("mend");
  await form.brought; // its draft may know better
  clear(form);
  if (form.elements._replaces?.value !== entry.id) put(form, entry.fields);
  replaces(form, entry.id);
  mark(form, entry.answer?.errors ?? {});
}

function clear(form) {
  for (const old of form.querySelectorAll("[data-mended]")) { old.parentElement.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid"); old.remove(); }
}

/** Say beside each field what is wrong with it {name: [sentence]}; the first has the focus. */
export function mark(form, errors) {
  clear(form);
  const homeless = [];
  let first = null;
  for (const [name, words] of Object.entries(errors)) {
    const [field, box] = spot(form, name);
    if (!box) { homeless.push(...words); continue; }
    field.setAttribute("aria-invalid", "true");
    box.append(note("field-error", words.join(" ")));
    for (let fold = box.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    first ??= field;
  }
  const heading = note("form-error", homeless.join(" ") || $("#form-error").content.querySelector("[data-said]").textContent);
  form.prepend(heading);
  form.dispatchEvent(new Event("change"));
  (first ?? heading).focus();
  (first ?? heading).scrollIntoView({ block: "center" });
}
