/* What another app has handed over waits as a draft of its own until a report takes it in. */
import { ask } from "./ask.js";
import { part } from "./parts.js";

const mine = () => ({ user: document.body.dataset.user, key: "shared" });

export const waiting = () => ask("draft", mine());
export function drop() {
  localStorage.removeItem("shared");
  return ask("dropDraft", mine());
}

/** On a report's form: may it be put in here? */
export async function offer() {
  const input = document.querySelector("form[method=post] input[type=file][name=photos]"), there = () => document.querySelector("[data-strip=shared]");
  if (!input || there()) return;
  const shared = await waiting(), words = input.form.elements.needs;
  if (!shared) return localStorage.removeItem("shared");
  if (shared.text && !words) return;
  const strip = await part("/new-report", "strip-shared");
  if (!strip || there()) return;
  strip.querySelector("[data-pour]").addEventListener("click", async () => {
    await pour(shared, input, words);
    strip.remove();
  });
  document.querySelector("#main").prepend(strip);
}

async function pour({ files, text }, input, words) {
  const bag = new DataTransfer();
  for (const { bytes, name, type } of files) bag.items.add(new File([bytes], name, { type }));
  if (text) {
    words.value = [words.value, text].filter(Boolean).join("\n");
    words.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (files.length) {
    input.files = bag.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  await drop();
}
