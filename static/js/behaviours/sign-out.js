/* Going out with something unsent: it stays sealed on this phone; with something half-written: it does not. One should know. */
import { words } from "../say.js";
import { ask } from "../phone/ask.js";

export function start(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.known) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    Promise.all([ask("state"), ask("drafts", { user: document.body.dataset.user })]).then(([state, drafts]) => {
      const n = (state?.waiting ?? 0) + (state?.stuck ?? 0) + (state?.files ?? 0), begun = drafts?.length;
      const said = [begun && words().signOutDrafts.replace("{}", begun), n && words().signOut.replace("{}", n)].filter(Boolean);
      if (said.length && !confirm(said.join(" "))) return;
      for (const key of Object.keys(localStorage)) if (key.startsWith(`draft ${document.body.dataset.user} `)) localStorage.removeItem(key);
      form.dataset.known = "yes";
      form.requestSubmit();
    });
  }, true);
}
