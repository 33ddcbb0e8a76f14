/* What its reader has opened is told to the house, with the next word that gets through: how long ago that was, and how long
   ago the page was known to be the newest. */
import { SECOND } from "./names.js";
import { within } from "./within.js";

const OPENED = "opened";

/** A page says that it has been opened: heard at once, so that nothing waits for the line. */
export async function opened(phone, request, later) {
  const mine = await phone.mine(), path = new URL(request.url).pathname;
  if (!mine) return phone.fetch(request);
  const note = async () => {
    const now = phone.now(), fresh = (await mine.store.fact("pulled")) ?? now;
    await mine.store.changeFact(OPENED, (all) => ({ ...all, [path]: [all?.[path]?.[0] ?? now, fresh] }));
  };
  await note();
  later(phone.look().then((result) => result === "fresh" && note()).then(() => tellOpened(phone)));
  return new Response(null, { status: 204 });
}

/** Twice is as good as once. */
export async function tellOpened(phone) {
  const mine = await phone.mine(), ago = (moment) => Math.max(0, Math.round((phone.now() - moment) / SECOND));
  for (const [path, [at, fresh]] of Object.entries((await mine?.store.fact(OPENED)) ?? {})) {
    if (!(await phone.settle())) return;
    const body = new URLSearchParams({ ago: ago(at), fresh: ago(fresh) });
    const { status } = await within(10 * SECOND, phone.fetch(path, { method: "POST", redirect: "manual", body }));
    if (status !== 204 && status !== 404) return; // not heard, or not by the house
    await mine.store.changeFact(OPENED, ({ [path]: told, ...others } = {}) => (told?.[1] === fresh ? others : undefined));
  }
}
