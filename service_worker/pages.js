/* How a page is answered: carried ones from the store at once, and what has changed is looked up behind them; others from
   the line, for a second at most, and then by the page that says what is there. What comes later is shown later. */
import { begun } from "./begun.js";
import { carried, ours, page } from "./carried.js";
import { today, userOf, zoneOf } from "./compose.js";
import { SECOND, isServersOnly, placeOf } from "./names.js";
import { OFFLINE, fromShell } from "./shell.js";
import { LATE, within } from "./within.js";

const SOON = 0.9 * SECOND, LONG = 20 * SECOND;
const arrived = new Map();

/** A page of the phone's own: as it was asked for, or by its address as we write it, under which its draft lies and it is kept true. */
const show = (phone, html, asked) => (ours(asked) === asked ? phone.show(html) : Response.redirect(new URL(ours(asked), location.origin), 302));

export async function answerPage(phone, request, later) {
  const url = new URL(request.url), mine = await phone.mine(), path = placeOf(request.url);
  if (url.pathname === "/" && mine) return home(phone, mine, request, later);
  const distrusted = mine && (await mine.store.fact("distrust"));
  const kept = mine && !distrusted && (await carried(phone, mine, ours(path)));
  if (kept) {
    later(phone.look());
    if (url.pathname === "/customers") later(mine.pack.list()); // whoever looks at the list is about to search it
    return show(phone, kept, path);
  }
  const late = arrived.get(path);
  arrived.delete(path);
  return late ? phone.show(late) : fromLine(phone, mine, request, later);
}

async function home(phone, { store, pack }, request, later) {
  if (!(await store.fact("home"))) await within(SOON, phone.learnHome(store));
  const form = await begun(phone, { store, pack }, request);
  if (form) return Response.redirect(new URL(form, location.origin), 302);
  const wanted = (await store.fact("home")) ?? "/days/{today}", zone = zoneOf((await pack.page("/customers")) ?? "");
  const path = wanted.replace("{today}", today(phone.now(), zone));
  if (await pack.page(path)) return Response.redirect(new URL(path, location.origin), 302);
  return fromLine(phone, { store, pack }, request, later);
}

async function fromLine(phone, mine, request, later) {
  const asking = phone.settle().then((settled) => (settled ? fetch(request) : Promise.reject(new Error("owed"))));
  const isServers = isServersOnly(new URL(request.url).pathname) && request.mode === "navigate";
  const response = await within(isServers ? LONG : SOON, asking);
  if (response !== LATE) {
    later(learn(phone, response));
    return response;
  }
  later(within(LONG, asking).then((slow) => keepForLater(phone, request, slow)));
  const path = placeOf(request.url), kept = mine && (await page(phone, mine, ours(path)));
  return kept ? show(phone, kept, path) : standIn(phone);
}

/** The page that says what is there instead. */
export async function standIn(phone) {
  const carried = await (await phone.mine())?.pack.page(OFFLINE);
  return carried ? phone.show(carried, 503) : ((await fromShell(OFFLINE)) ?? Response.error());
}

/** The pages say who is signed in. The text of this one; undefined if it is none. */
async function learn(phone, response) {
  if (!response.ok || !response.headers.get("Content-Type")?.startsWith("text/html")) return undefined;
  const html = await response.clone().text();
  await phone.learn(userOf(html));
  return html;
}

/** A page that came too late is not fetched again: whoever waits is told, and gets it when he asks. */
async function keepForLater(phone, request, response) {
  if (response === LATE) return;
  const html = await learn(phone, response);
  if (html) arrived.set(placeOf(request.url), html);
  phone.tell({ kind: "arrived", url: request.url });
}

/** A part of a page that this phone carries, else from the line, with more patience, since what is around it stands already. */
export async function answerPart(phone, request) {
  const mine = await phone.mine(), kept = mine && !(await mine.store.fact("distrust")) && (await carried(phone, mine, placeOf(request.url)));
  if (kept) return phone.show(kept);
  const response = await within(LONG / 2, fetch(request));
  if (response !== LATE) return response;
  const near = mine && (await page(phone, mine, placeOf(request.url)));
  if (near) return phone.show(near);
  return /^\/threads\/|\/phones$/.test(new URL(request.url).pathname) ? new Response(null, { status: 204 }) : Response.error(); // nobody tapped: what stands there stays
}
