/* What is wrong with a form stands beside each field, in the server's words, from the parts that the server wrote. */

const $ = (selector) => document.querySelector(selector);
const note = (name, text) => {
  const part = $(`#${name}`).content.firstElementChild.cloneNode(true);
  part.querySelector("[data-said]").textContent = text;
  return part;
};

/** Where a mistake is to be mended: the field, or what stands for a group of them. */
function spot(form, name) {
  const found = form.elements[name], field = found?.tagName ? found : found?.[0];
  return field && field.type !== "hidden" ? field : form.querySelector(`[id="${name}"]`);
}

/** What is wrong with a field stands beside it; no words take away what stood there. Returns where it stands. */
export function beside(field, said) {
  const box = field.form ? field.closest(".field, fieldset") ?? field.parentElement : field, old = box.querySelector(":scope > :is([data-mended], [id$='-error'])");
  if (!said) return old && (field.removeAttribute("aria-invalid"), old.remove());
  const part = old ?? box.appendChild(note("field-error", ""));
  field.setAttribute("aria-invalid", "true");
  part.querySelector("span").textContent = said;
  return part;
}

/** Nothing is wrong with it any more. */
export function clear(form) {
  for (const old of form.querySelectorAll("[data-mended]")) { old.parentElement.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid"); old.remove(); }
}

/** Say beside each field what is wrong with it {name: [sentence]}; the first has the focus. */
export function mark(form, errors) {
  clear(form);
  const homeless = [];
  let first = null, where = null;
  for (const [name, words] of Object.entries(errors)) {
    const field = spot(form, name);
    if (!field) { homeless.push(...words); continue; }
    const said = beside(field, words.join(" "));
    for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    first ??= field;
    where ??= said;
  }
  const heading = note("form-error", homeless.join(" ") || $("#form-error").content.querySelector("[data-said]").textContent);
  form.prepend(heading);
  form.dispatchEvent(new Event("change"));
  (first ?? heading).focus();
  (where ?? heading).scrollIntoView({ block: "center" });
}
