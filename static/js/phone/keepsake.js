/* Where a draft lies: in its author's own drawer on this phone, at every keystroke; photos and slices of a voice note each
   for itself, once. Without a worker the words alone stay in the browser's small store. */

import { ask as tell } from "./ask.js";

const ask = async (kind, more) => (navigator.serviceWorker?.controller ? tell(kind, { user: document.body.dataset.user, ...more }) : undefined);
const inputs = (form) => [...form.querySelectorAll("input[type=file]")];
const mark = (file) => `${file.name} ${file.size} ${file.lastModified}`;
const small = (work) => { try { return work(localStorage); } catch { return null; } };
let order = 0;

const part = async (key, input, file) => ({
  key: `${key}\n${input}\n${mark(file)}`, input, name: file.name, type: file.type, at: file.lastModified, n: Date.now() + (order += 1), bytes: await file.arrayBuffer(),
});

/** Keep the words of a draft {key, …}; true once they are kept. */
export async function keepWords(draft) {
  const kept = await ask("putDraft", { draft });
  if (kept !== undefined) return Boolean(kept);
  return small((store) => { store.setItem(draft.key, JSON.stringify(draft)); return true; });
}

/** Keep the files that are chosen now, and no others; what is being taped is left alone. False if there was no room: the next keystroke tries again. */
export async function keepFiles(form, key, known) {
  let all = true;
  for (const input of inputs(form)) {
    const files = [...input.files], marks = files.map(mark).join("\n");
    if (input.dataset.taping || (known.get(input) ?? "") === marks) continue;
    known.set(input, marks);
    const kept = await ask("keepFiles", { key: `${key}\n${input.name}\n`, keep: files.map((file) => `${key}\n${input.name}\n${mark(file)}`), parts: await Promise.all(files.map((file) => part(key, input.name, file))) });
    if (kept === null) { all = false; known.delete(input); }
  }
  return all;
}

/** One slice of a voice note that is still being said. */
export async function keepSlice(key, input, began, n, slice) {
  return ask("putDraft", { draft: { key: `${key}\n${input}\n${began} ${String(n).padStart(4, "0")}`, input, slice: began, type: slice.type, n, bytes: await slice.arrayBuffer() } });
}

export function drop(key) {
  small((store) => store.removeItem(key));
  return ask("dropDraft", { key });
}

/** The draft {entries, at, parts} that is kept under this key, or null. */
export async function recall(key) {
  const words = small((store) => JSON.parse(store.getItem(key))), kept = await ask("draft", { key });
  return words && !(kept?.at > words.at) ? { ...words, parts: kept?.parts ?? [] } : kept;
}
