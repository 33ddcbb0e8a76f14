/* Letting this phone say when something comes. Never asked for by itself: somebody presses a button that says what for.
   What was granted is looked at again at each start, and said to the server once a day. */
import { say } from "../say.js";

const DAY = 864e5, PATIENCE = 15_000;
const key = () => `push ${document.body.dataset.user}`;
const kept = () => JSON.parse(localStorage.getItem(key()) ?? "null");
const manager = async () => (await navigator.serviceWorker.ready).pushManager;
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const same = (buffer, text) => buffer && String(new Uint8Array(buffer)) === String(bytes(text));
const within = (promise) => Promise.race([promise, new Promise((_done, fail) => setTimeout(fail, PATIENCE, new Error("late")))]);

export const possible = () => "PushManager" in window && "Notification" in window;
export const granted = () => possible() && Notification.permission === "granted";

async function post(path, subscription) {
  const { endpoint, keys: { p256dh, auth } = {} } = subscription.toJSON();
  return fetch(path, { method: "POST", body: new URLSearchParams({ endpoint, p256dh: p256dh ?? "", auth: auth ?? "" }) });
}

/** Whether this phone is told from now on. */
export async function subscribe(publicKey) {
  const push = await manager();
  let subscription = await push.getSubscription();
  if (subscription && !same(subscription.options.applicationServerKey, publicKey)) { await subscription.unsubscribe(); subscription = null; }
  subscription ??= await within(push.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(publicKey) }));
  const { ok } = await post("/push/subscriptions", subscription);
  if (ok) localStorage.setItem(key(), JSON.stringify({ publicKey, endpoint: subscription.endpoint, at: Date.now() }));
  return ok;
}

export async function stop() {
  const subscription = await (await manager()).getSubscription();
  localStorage.removeItem(key());
  if (subscription) { await post("/push/subscriptions/removal", subscription).catch(() => {}); await subscription.unsubscribe(); }
}

/** Said once, at a good moment: that one could be told. */
export function offer() {
  if (!possible() || Notification.permission !== "default" || localStorage.getItem("push offered") || !document.querySelector("#offer-push")) return;
  localStorage.setItem("push offered", "yes");
  setTimeout(say, 4000, "offer-push");
}

/** At each start: what this person was granted here is still there, or is set up again. */
export async function check(publicKey = kept()?.publicKey) {
  const before = kept();
  if (!before || !granted()) return false;
  const { endpoint } = (await (await manager()).getSubscription()) ?? {};
  if (endpoint && endpoint === before.endpoint && publicKey === before.publicKey && Date.now() - before.at < DAY) return true;
  return subscribe(publicKey).catch(() => false);
}
