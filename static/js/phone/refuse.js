/* A form in which stands a number that must not be kept does not leave the page: it says so beside the field. */
import { words } from "../app.js";
import { mark } from "./mend.js";
import { secretIn } from "./secret.js";

/** Whether this form has to stay; if so, it has said why. */
export function refuses(form) {
  const errors = {};
  for (const { name, type, value } of form.elements) {
    const kind = name && type.startsWith("te") && secretIn(value);
    if (kind) errors[name] = [words()[kind]];
  }
  const stays = Object.keys(errors).length > 0;
  if (stays) mark(form, errors);
  return stays;
}
