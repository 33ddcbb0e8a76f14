/* A draft's second place, in the phone's own store, where it survives a browser that is killed; photos and voice go here
   too, since the first place holds text only. */

const PAUSE = 400;
const timers = new Map();
const ask = async (...question) => (navigator.serviceWorker ? (await import("../phone.js")).ask(...question) : null);
const inputs = (form) => [...form.querySelectorAll("input[type=file]")];

async function files(form) {
  const all = inputs(form).flatMap((input) => [...input.files].map((file) => ({ input: input.name, file })));
  return Promise.all(all.map(async ({ input, file }) => ({ input, name: file.name, type: file.type, bytes: await file.arrayBuffer() })));
}

export function lay(form, key, at, entries) {
  clearTimeout(timers.get(key));
  timers.set(key, setTimeout(async () => ask("putDraft", { draft: { key, at, entries, files: await files(form) } }), PAUSE));
}

export function drop(key) {
  clearTimeout(timers.get(key));
  ask("dropDraft", { key });
}

/** What is kept there goes to `words(draft)` first, then its files into the form, where none has been chosen yet. */
export async function recall(form, key, words) {
  const draft = await ask("draft", { key });
  if (draft) words(draft);
  for (const input of draft ? inputs(form) : []) {
    const kept = draft.files.filter((file) => file.input === input.name);
    if (!kept.length || input.files.length) continue;
    const bag = new DataTransfer();
    for (const { bytes, name, type } of kept) bag.items.add(new File([bytes], name, { type }));
    input.files = bag.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
