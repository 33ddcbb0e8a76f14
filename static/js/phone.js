/* This page and the worker: the page says who it is for, asks how things stand, and tells all who listen («phone» on the
   document). Numbers are the outbox's own. Without a worker nothing here happens and every form goes straight to the server. */
import { ask } from "./phone/ask.js";
import { badge } from "./phone/badge.js";
import "./phone/bell.js";
import "./phone/fresh.js";
import { fill } from "./phone/mend.js";
import { afterwards, onGreeting, onPage } from "./phone/occasion.js";
import "./phone/prompt.js";
import "./phone/strips.js";
import { isWriting } from "./phone/writing.js";
import { say } from "./say.js";

const container = navigator.serviceWorker, MINUTE = 60_000;
let timer, greeted = null;

const tell = (kind, detail) => document.dispatchEvent(new CustomEvent(kind, { detail }));
const mine = () => document.body.dataset.user, send = () => ask("flush", { now: true });
const again = () => { clearTimeout(timer); timer = setTimeout(() => ask("state").then(show), 150); };

function show(state) {
  if (!state) return;
  if (state.user && mine() && state.user !== mine()) return location.reload();
  tell("phone", state);
  badge(state);
}

/** A page has come: who it is for, and what is to be said on it. */
export async function hello() {
  const state = await ask("hello", { user: mine(), path: location.pathname + location.search });
  show(state);
  const { kind, entry } = state?.notice ?? {}, hash = /^#entry=([0-9a-f-]{36})$/.exec(location.hash)?.[1];
  if (kind === "kept" || kind === "sent") { say(kind); afterwards(entry); }
  if (kind === "mend" || hash) await ask("entry", { id: hash ?? entry }).then((found) => found && fill(found));
  if (!state) return;
  if (greeted !== mine()) { greeted = mine(); send(); onGreeting(); } // also who has just signed in
  onPage();
}

container.addEventListener("message", ({ data }) => {
  if (data.kind === "somebody else") return location.reload();
  tell(`phone:${data.kind}`, data);
  again();
});
container.addEventListener("controllerchange", () => (document.querySelector("[data-taking-over]") && !isWriting() ? location.reload() : hello()));
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => { if (ctx.target === document.body || (location.hash && !document.querySelector("[data-mended]"))) hello(); }); // a form to be mended may be fetched into its page
addEventListener("pageshow", ({ persisted }) => { if (persisted) { hello(); send(); } });
addEventListener("online", send);
document.addEventListener("visibilitychange", () => { if (!document.hidden) { ask("look"); send(); } });
setInterval(() => { if (!document.hidden) { ask("flush"); ask("look"); } }, MINUTE);

container.register("/service-worker.js", { type: "module", updateViaCache: "imports" }).then(() => container.ready).then(hello, () => {});
