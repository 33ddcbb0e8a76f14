/* The number at the bell: of the carried inbox, less what was read since. */
import { ask } from "./ask.js";

document.addEventListener("phone", async () => {
  const bell = document.querySelector("[data-bell] .count"), state = bell && (await ask("unread"));
  if (!state?.here) return;
  bell.hidden = !state.n;
  bell.querySelector("[data-n]").textContent = state.n < 100 ? state.n : "99+";
});
