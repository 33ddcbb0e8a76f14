import { throwAway } from "./drafts.js";
import { takeOut } from "./take-out.js";
import { at } from "./time.js";

/** A form that was begun, and the way back to it. */
export function unfinished(section, { key, title, href, at: when }, show) {
  const part = section.querySelector("template[data-draft]").content.firstElementChild.cloneNode(true);
  Object.assign(part.querySelector("a"), { href, textContent: title });
  part.querySelector("time").textContent = at(when);
  part.querySelector("[data-drop]").addEventListener("click", async () => {
    const back = await throwAway(key);
    takeOut(section, () => back().then(show));
    show();
  });
  return part;
}
