/* Where nobody is signed in: what is unsent can be taken out all the same. */
import { ask } from "../phone/ask.js";

export async function refresh(part) {
  const state = await ask("state"), n = state?.user ? state.waiting + state.stuck + state.files : 0, words = part.querySelector("[data-words]");
  words.textContent = words.dataset.words.replace("{}", n);
  part.hidden = !n;
}

export function start(part) {
  part.querySelector("[data-export]").addEventListener("click", async () => (await import("../phone/export.js")).begin());
  document.addEventListener("phone", () => part.isConnected && refresh(part));
}
