/* A refused entry comes back into its form as it was written, with the server's words beside each field. */
import { say } from "../app.js";

const $ = (selector) => document.querySelector(selector);
const place = (url) => { const { pathname, search } = new URL(url, location); return pathname + search; };
const note = (name, text) => {
  const part = $(`#${name}`).content.firstElementChild.cloneNode(true);
  part.querySelector("[data-said]").textContent = text;
  return part;
};

function put(form, fields) {
  const said = new Map();
  for (const [name, value] of fields) said.set(name, [...(said.get(name) ?? []), value]);
  for (const field of form.elements) {
    const values = said.get(field.name);
    if (field.type === "radio" || field.type === "checkbox") field.checked = Boolean(values?.includes(field.value));
    else if (values?.length && field.type !== "file" && field.name !== "submission_id") field.value = values.shift();
  }
}

/** The server's words beside their fields; those that have none are given back. */
function explain(form, errors) {
  const homeless = [];
  for (const [name, words] of Object.entries(errors)) {
    const found = form.elements[name], field = found?.tagName ? found : found?.[0];
    if (!field || field.type === "hidden") { homeless.push(...[words].flat(3)); continue; }
    field.setAttribute("aria-invalid", "true");
    (field.closest(".field, fieldset") ?? field.parentElement).append(note("field-error", [words].flat(3).join(" ")));
  }
  return homeless;
}

export function fill(entry) {
  const form = [...document.forms].find(({ method, action }) => method === "post" && place(action) === entry.action);
  if (!form) return say("mend");
  form.querySelectorAll("[data-mended]").forEach((old) => old.remove());
  put(form, entry.fields);
  const replaces = Object.assign(document.createElement("input"), { type: "hidden", name: "_replaces", value: entry.id });
  replaces.dataset.mended = "";
  const homeless = explain(form, entry.answer?.errors ?? {});
  const heading = note("form-error", homeless.join(" ") || $("#form-error").content.querySelector("[data-said]").textContent);
  form.prepend(replaces, heading);
  form.dispatchEvent(new Event("change"));
  heading.focus();
  heading.scrollIntoView({ block: "center" });
}
