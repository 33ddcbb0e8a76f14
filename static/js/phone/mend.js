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

function explain(form, errors) {
  for (const [name, words] of Object.entries(errors)) {
    const field = [form.elements[name]].flat()[0], first = field?.length && !field.matches ? field[0] : field;
    if (!first) continue;
    first.setAttribute("aria-invalid", "true");
    (first.closest(".field, fieldset") ?? first.parentElement).append(note("field-error", words.join(" ")));
  }
}

export function fill(entry) {
  const form = [...document.forms].find(({ method, action }) => method === "post" && place(action) === entry.action);
  if (!form) return say("mend");
  form.querySelectorAll("[data-mended]").forEach((old) => old.remove());
  put(form, entry.fields);
  const replaces = Object.assign(document.createElement("input"), { type: "hidden", name: "_replaces", value: entry.id });
  replaces.dataset.mended = "";
  const errors = entry.answer?.errors ?? {}, words = Object.values(errors).flat();
  form.prepend(replaces, note("form-error", words.length ? words.join(" ") : $("#form-error").content.querySelector("[data-said]").textContent));
  explain(form, errors);
  form.dispatchEvent(new Event("change"));
  const heading = form.querySelector("[role=alert]");
  heading.focus();
  heading.scrollIntoView({ block: "center" });
}
