/* A push is a hint that something lies in the inbox: one notification each, in words from the carried inbox; the tap opens
   what it is about, also without a line. What has been read is told to the server when there is one. */
import { textIn } from "./compose.js";
import { SECOND } from "./names.js";
import { within } from "./within.js";

const INBOX = "/inbox", WORDS = "push words", READ = "read notices";
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const quiet = (promise) => Promise.resolve(promise).catch(() => {});
const word = (html, name) => textIn(new RegExp(`data-push="${name}">([^<]*)<`).exec(html ?? "")?.[1]);
const form = (fields) => ({ method: "POST", redirect: "manual", credentials: "same-origin", body: new URLSearchParams(fields), signal: AbortSignal.timeout(10 * SECOND) });

function said(data) {
  try { return { ...data.json() }; } catch { return {}; } // empty, broken, or anything at all
}

/** The words outlive the pack: a push may come when somebody has just signed out. */
async function keepWords({ desk }, html) {
  const words = /<template id="push-words">[^]*?<\/template>/.exec(html ?? "")?.[0];
  if (words && words !== (await desk.fact(WORDS))) await desk.setFacts({ [WORDS]: words });
}

async function look(phone, user) {
  try {
    const mine = await phone.mine(), html = mine && (await mine.pack.page(INBOX));
    await keepWords(phone, html);
    return { html: html || (await phone.desk.fact(WORDS)), ours: Boolean(mine && user === mine.user) };
  } catch { return { html: "", ours: false }; }
}

export async function show(phone, data) {
  const { id, kind, n, user } = said(data), { html, ours } = await look(phone, user);
  const known = ours && /^[a-z_]+$/.test(kind) && word(html, kind), tag = known ? kind : "any";
  const many = ours && Number.isInteger(n) && n > 1 && word(html, "many").replace("{n}", n);
  const actions = ours ? ["open", "later"].map((action) => ({ action, title: word(html, action) })) : [];
  await registration.showNotification(known || word(html, "any") || location.host, {
    body: many || word(html, "one"), tag, icon: `/assets/${phone.build}/icons/icon-192.png`, actions, data: { id, user },
  });
  if (ours) await quiet(phone.look(true));
}

async function pageOf(mine, id) {
  return ID.test(id ?? "") ? textIn(new RegExp(`<a href="([^"]+)" data-notice="${id}"`).exec((await mine.pack.page(INBOX)) ?? "")?.[1]) : "";
}

async function go(url) {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages.sort((a, b) => b.focused - a.focused)) {
    const there = await quiet(page.navigate(url));
    if (there) return quiet(there.focus());
  }
  return clients.openWindow(url);
}

export async function open(phone, { notification, action }) {
  notification.close();
  const { id, user } = notification.data ?? {}, mine = await phone.mine(), ours = mine && mine.user === user;
  if (action === "later") return ours && ID.test(id) && quiet(fetch(`${INBOX}/${id}/postponement`, form({})));
  if (!ours) return go("/");
  let url = await pageOf(mine, id);
  if (!url) { await within(3 * SECOND, quiet(phone.look(true))); url = await pageOf(mine, id); }
  await go(url || INBOX);
  return url && read(phone, [id]);
}

/** These have been read, whether there is a line or not. */
export async function read(phone, ids) {
  const { store } = (await phone.mine()) ?? {};
  await store?.changeFact(READ, (before = []) => [...new Set([...before, ...ids.filter((id) => ID.test(id))])].slice(-500));
  return tellRead(phone);
}

async function tellRead(phone) {
  const { store } = (await phone.mine()) ?? {}, ids = (await store?.fact(READ)) ?? [];
  if (!ids.length || !(await phone.settle())) return;
  const answer = await quiet(fetch(`${INBOX}/reading`, form(ids.map((id) => ["ids", id]))));
  if (answer?.type !== "opaqueredirect") return;
  await quiet(phone.look(true));
  await store.changeFact(READ, (now = []) => now.filter((id) => !ids.includes(id)));
}

const ask = {
  "notices read": (phone, { ids }) => read(phone, ids),
  async unread(phone) {
    const mine = await phone.mine(), html = (await mine?.pack.page(INBOX)) ?? "", known = new Set(await mine?.store.fact(READ));
    await keepWords(phone, html);
    return { here: Boolean(html), read: [...known], n: [...html.matchAll(/ data-unread="([^"]+)"/g)].filter(([, id]) => !known.has(id)).length };
  },
};

/** Signed out: nothing more is sent to this browser. */
export const forget = async () => quiet((await quiet(registration.pushManager?.getSubscription()))?.unsubscribe());

export function hear(phone) {
  addEventListener("push", (event) => event.waitUntil(show(phone, event.data)));
  addEventListener("notificationclick", (event) => event.waitUntil(open(phone, event)));
  addEventListener("message", (event) => {
    const { data, ports } = event;
    if (data?.kind === "hello") event.waitUntil(quiet(tellRead(phone)));
    if (ask[data?.kind]) event.waitUntil(quiet(ask[data.kind](phone, data).then((answer) => ports[0]?.postMessage(answer ?? null))));
  });
}
