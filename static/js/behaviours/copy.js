/* data-copy="#id": the text of that element goes to the clipboard, and the screen says so. */
import { say, words } from "../say.js";

function byHand(element) {
  getSelection().selectAllChildren(element);
  if (!document.execCommand("copy")) throw new Error("copy");
  getSelection().removeAllRanges();
}

export function start(button) {
  const source = document.querySelector(button.dataset.copy);
  button.addEventListener("click", async () => {
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(source.textContent.trim());
      else byHand(source);
      say("done", words().copied);
    } catch { getSelection().selectAllChildren(source); }
  });
}
