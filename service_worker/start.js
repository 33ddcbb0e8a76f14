/* The worker's table of contents: who hears what, and with which means of this browser the rooms work. */
import { answerPageSide } from "./desk.js";
import { fill, today, zoneOf } from "./compose.js";
import { Phone } from "./phone.js";
import { hear } from "./push.js";
import { answer } from "./rules.js";
import { buildOf, forgetOtherShells, keepShell } from "./shell.js";
import { takeOver } from "./succession.js";

const gzip = "CompressionStream" in self && ((text) => new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer());

const windows = () => clients.matchAll({ includeUncontrolled: true, type: "window" });

async function tell(word) {
  for (const page of await windows()) page.postMessage(word);
}

function furnish({ build, shell, headers }) {
  const phone = new Phone({
    indexedDB, IDBKeyRange, build, tell, fetch: (...asked) => fetch(...asked), now: () => Date.now(), ids: () => crypto.randomUUID(),
    random: Math.random, locks: navigator.locks, compress: gzip || null, ready: ({ edition }) => keepShell(buildOf(edition), shell),
  });
  phone.show = (html, status = 200) => new Response(fill(html, { ids: phone.ids, day: today(phone.now(), zoneOf(html)) }), { status, headers });
  phone.isAlone = async () => !(await windows()).length;
  phone.askForSync = async () => {
    if ((await phone.state()).waiting) await registration.sync?.register(`outbox-${Date.now()}`); // a tag that failed once is left for minutes: a new one each time
  };
  return phone;
}

/** With no page open, nobody else tells the icon what still waits. */
async function badge(phone) {
  const { waiting = 0, stuck = 0, files = 0 } = await phone.state();
  await navigator.setAppBadge?.(waiting + stuck + files);
}

export function start(begin) {
  const phone = furnish(begin), { build, shell } = begin;
  const carriedBuild = async () => buildOf(await (await phone.mine())?.store.fact("edition"));
  addEventListener("install", (event) => event.waitUntil(keepShell(build, shell)));
  addEventListener("activate", (event) => event.waitUntil(carriedBuild().then((other) => forgetOtherShells(build, other)).then(() => clients.claim())));
  addEventListener("fetch", (event) => {
    const later = (promise) => event.waitUntil(Promise.resolve(promise).catch(() => {}));
    const answering = answer(phone, event.request, later);
    if (answering) event.respondWith(answering);
  });
  addEventListener("message", (event) => event.waitUntil(event.data?.kind === "takeOver" ? takeOver(event) : answerPageSide(phone, event)));
  hear(phone);
  addEventListener("sync", (event) => { if (event.tag.startsWith("outbox")) event.waitUntil(phone.flush(true).then(() => badge(phone)).catch(() => {})); });
}
