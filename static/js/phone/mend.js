/* A refused entry comes back into its form as it was written, with the server's words beside each field; the first of
   them has the focus. */
import { say } from "../say.js";
import { clear, mark } from "./beside.js";
import { put, replaces } from "./fields.js";

const place = (url) => { const { pathname, search } = new URL(url, location); return pathname + search; };

export async function fill(entry) {
  const form = [...document.forms].find(({ method, action }) => method === "post" && place(action) === entry.action);
  if (!form) return say("mend");
  await form.brought; // its draft may know better
  clear(form);
  if (form.elements._replaces?.value !== entry.id) put(form, entry.fields);
  replaces(form, entry.id);
  mark(form, entry.answer?.errors ?? {});
}
