/* Going out with something unsent: it stays sealed on this phone, and one should know. */
import { words } from "../app.js";
import { ask } from "../phone.js";

export function start(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.known) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask("state").then((state) => {
      const n = (state?.waiting ?? 0) + (state?.stuck ?? 0) + (state?.files ?? 0);
      if (n && !confirm(words().signOut.replace("{}", n))) return;
      for (const key of Object.keys(localStorage)) if (key.startsWith(`draft ${document.body.dataset.user} `)) localStorage.removeItem(key);
      form.dataset.known = "yes";
      form.requestSubmit();
    });
  }, true);
}
