/* A form's fields as pairs, and pairs as a form's fields; files are not among them. */

const NOT_WORDS = ["file", "password", "submit", "button"];
const ticks = ({ type }) => type === "radio" || type === "checkbox";
const fields = (form) => [...form.elements].filter((field) => field.name && !NOT_WORDS.includes(field.type));
const isChanged = (field) => (ticks(field) ? field.checked !== field.defaultChecked : field.type !== "hidden" && field.value !== field.defaultValue && field.type !== "select-one");

export const read = (form) => fields(form).filter((field) => !ticks(field) || field.checked).map(({ name, value }) => [name, value]);

/** The refused entry that this form mends goes with it, by its id. */
export function replaces(form, id) {
  const field = form.elements._replaces ?? Object.assign(document.createElement("input"), { type: "hidden", name: "_replaces" });
  if (!field.isConnected) form.prepend(field);
  field.value = id;
}

/** Put these pairs into the form; `but`: names that stay as they are. What is folded over something written is opened. */
export function put(form, pairs, but = new Set()) {
  const said = new Map();
  for (const [name, value] of pairs) said.set(name, [...(said.get(name) ?? []), value]);
  if (said.has("_replaces")) replaces(form, said.get("_replaces")[0]);
  for (const field of fields(form)) {
    const values = said.get(field.name) ?? [];
    if (but.has(field.name)) continue;
    if (ticks(field)) field.checked = values.includes(field.value);
    else if (values.length) field.value = values.shift();
  }
  for (const fold of form.querySelectorAll("details:not([open])")) fold.open = fields(form).some((field) => fold.contains(field) && isChanged(field));
}
