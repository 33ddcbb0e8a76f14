/* A form that lacks what it cannot do without, or in which stands a number that must not be kept, does not leave the page:
   it says so beside the field. Without a signal nobody else would for hours, and the phone would say that it is kept. */
import { words } from "../app.js";
import { mark } from "./mend.js";
import { secretIn } from "./secret.js";

/** Whether this form has to stay; if so, it has said why. */
export function refuses(form) {
  const errors = {}, said = new FormData(form);
  for (const { name, id, type, value, dataset } of form.elements) {
    const kind = name && type.startsWith("te") && secretIn(value), missing = dataset.missing;
    if (kind) errors[name] = [words()[kind]];
    else if (missing && ![name || id, dataset.or].some((one) => said.get(one)?.trim())) errors[name || id] = [missing];
  }
  if (!Object.keys(errors).length) return false;
  mark(form, errors);
  return true;
}
