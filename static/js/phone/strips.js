/* Standing facts across the top of the page, each from its <template>: signed out, the lease is over, the pack on its way,
   a new version waits. */
import { say } from "../say.js";
import { ask } from "./ask.js";
import { isWriting } from "./writing.js";

const container = navigator.serviceWorker, BETWEEN = 2000;
let progress = null, waiting = null, before = 0;

function stand(name, is) {
  const there = document.querySelector(`[data-strip=${name}]`);
  if (!is) return there?.remove();
  if (there) return there;
  document.querySelector("#main").prepend(document.querySelector(`#strip-${name}`).content.cloneNode(true));
  return document.querySelector(`[data-strip=${name}]`);
}

function show(state) {
  if (!document.querySelector("#strip-out")) return;
  stand("out", (state.out || state.parked) && !state.over);
  stand("over", state.over);
  stand("new", waiting);
  const bar = stand("pack", state.pulling && progress && progress.done < progress.total);
  if (!bar) return;
  const { customers, of, done, total } = progress, counts = customers < of; // the bar says what the words say: customers, then the rest
  if (counts) before = done;
  const words = bar.querySelector("span"), said = counts ? words.dataset.words : words.dataset.rest;
  words.textContent = said.replace("{total}", of).replace("{done}", customers);
  Object.assign(bar.querySelector("progress"), counts ? { max: of, value: customers } : { max: total - before, value: done - before });
}

document.addEventListener("phone", ({ detail }) => show(detail));
document.addEventListener("phone:progress", ({ detail }) => { progress = detail; });

/* a new worker waits until somebody asks for it */
container.ready.then((registration) => {
  const look = () => { waiting = registration.waiting; };
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
});

/* a page that is asked for between two workers gets lost in Chromium: for that moment nothing can be tapped */
const between = (is) => { document.body.inert = is; };
container.addEventListener("controllerchange", () => between(false));

document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-take-over]");
  if (!button || !waiting) return;
  button.setAttribute("data-taking-over", "");
  between(true);
  setTimeout(between, BETWEEN, false);
  const answer = isWriting() ? "writing" : (await ask("state"))?.busy ? "sending" : await ask("takeOver", {}, waiting);
  if (answer !== "done") { between(false); button.removeAttribute("data-taking-over"); say(answer === "writing" ? "not-while-writing" : "not-while-sending"); }
});
