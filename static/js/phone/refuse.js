/* A form that lacks what it cannot do without, or in which stands too much, or a number that must not be kept, does not leave
   the page: it says so beside the field. Without a signal nobody else would for hours, and the phone would say that it is kept. */
import { words } from "../say.js";
import { beside, mark } from "./beside.js";
import { secretIn } from "./secret.js";

/** What a field says in which stands too much; nothing otherwise. Counted are the signs that the server counts, or those that it names. */
function over({ value, dataset }) {
  const { most, signs = words().signs, long = words().long } = dataset, n = most && (value.normalize().trim().match(new RegExp(signs, "gu")) ?? []).length;
  return n > most ? (dataset.over = long.replace("{most}", most).replace("{n}", n)) : "";
}

/* what is too long says so while it is written */
document.addEventListener("input", ({ target }) => {
  const said = over(target);
  if (!said && !target.dataset.over) return;
  beside(target, said);
  target.dataset.over = said;
});

/** Whether this form has to stay; if so, it has said why. */
export function refuses(form) {
  const errors = {}, said = new FormData(form);
  for (const field of form.elements) {
    const { name, id, type, value, dataset } = field, kind = name && type.startsWith("te") && secretIn(value), missing = dataset.missing;
    const wrong = kind ? words()[kind] : missing && ![name || id, dataset.or].some((one) => said.get(one)?.trim()) ? missing : over(field);
    if (wrong) errors[name || id] = [wrong];
  }
  if (!Object.keys(errors).length) return false;
  mark(form, errors);
  return true;
}
