import { say } from "../say.js";

/** Something was taken out of a list: say so, and offer the way back for a while. */
export function takeOut(section, back) {
  const undo = Object.assign(document.createElement("button"), { type: "button", textContent: section.dataset.undo });
  undo.addEventListener("click", () => { undo.closest(".toast")?.remove(); back(); });
  say("done", section.dataset.discarded, undo);
}
