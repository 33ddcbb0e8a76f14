import { ask } from "../phone.js";
import { takeOut } from "./take-out.js";
import { at } from "./time.js";

const user = () => document.body.dataset.user;

/** A form that was begun, and the way back to it. */
export function unfinished(section, { key, title, href, at: when }, show) {
  const part = section.querySelector("template[data-draft]").content.firstElementChild.cloneNode(true);
  Object.assign(part.querySelector("a"), { href, textContent: title });
  part.querySelector("time").textContent = at(when);
  part.querySelector("[data-drop]").addEventListener("click", async () => {
    const gone = await ask("draft", { user: user(), key });
    await ask("dropDraft", { user: user(), key });
    takeOut(section, gone, async () => {
      for (const draft of [{ ...gone, parts: undefined }, ...gone.parts]) await ask("putDraft", { user: user(), draft });
      show();
    });
    show();
  });
  return part;
}
