/* What its reader has opened is told to the house, with the next word that gets through: how long ago that was, and how long
   ago the page was known to be the newest. */
import { SECOND } from "./names.js";
import { within } from "./within.js";

const OPENED = "opened", MOST = 200;
let telling = null;

/** A page says that it has been opened: heard at once, so that nothing waits for the line. */
export async function opened(phone, request, later) {
  const mine = await phone.mine(), path = new URL(request.url).pathname;
  if (!mine) return phone.fetch(request);
  const note = async () => {
    const now = phone.now(), fresh = (await mine.store.fact("pulled")) ?? now, other = ([known]) => known !== path;
    await mine.store.changeFact(OPENED, (all = []) => [...all.filter(other), [path, all.find((one) => !other(one))?.[1] ?? now, fresh]].slice(-MOST));
  };
  await note();
  later(phone.look().then((result) => result === "fresh" && note()).then(() => tellOpened(phone)));
  return new Response(null, { status: 204 });
}

export const tellOpened = (phone) => (telling ??= tellAll(phone).finally(() => { telling = null; }));

async function tellAll(phone) {
  const mine = await phone.mine(), ago = (moment) => Math.max(0, Math.round((phone.now() - moment) / SECOND));
  for (const [path, at, fresh] of (await mine?.store.fact(OPENED)) ?? []) {
    if (!(await phone.settle())) return;
    const said = new URLSearchParams({ ago: ago(at), fresh: ago(fresh) });
    const answer = await within(10 * SECOND, phone.fetch(path, { method: "POST", redirect: "manual", credentials: "same-origin", body: said }));
    if (answer.status !== 204 && answer.status !== 404) return; // not heard, or not by the house
    await mine.store.changeFact(OPENED, (all = []) => all.filter(([known, , seen]) => known !== path || seen !== fresh));
  }
}
