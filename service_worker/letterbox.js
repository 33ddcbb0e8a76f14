/* A form on its way: stored first, then sent while its author waits three seconds at most, then he is led on: to where
   the server says, to the mending of what it refused, or to a page that this phone carries. */
import { page } from "./carried.js";
import { SECOND, hasArrived, isStuck, placeOf, scopeOf } from "./names.js";
import { within } from "./within.js";

const PATIENCE = 3 * SECOND, LITTLE = 0.7 * SECOND, LATELY = 10 * SECOND;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const REPLACES = "_replaces"; // a field that only this phone reads: the refused entry that this form mends

const to = (path) => Response.redirect(new URL(path, location.origin), 303);

/** Answer a form's post; `later(promise)` keeps the worker awake. */
export async function post(phone, request, later) {
  const mine = await phone.mine(), form = mine && (await read(request.clone()));
  if (!form) return pass(phone, request, later);
  let entry;
  try {
    entry = await mine.outbox.capture({ ...form, action: placeOf(request.url), form: placeOf(request.referrer || "/outbox") }, form.files);
  } catch {
    return pass(phone, request, later); // no room on this phone: the line is all that is left
  }
  later(mine.store.drafts.filed(form.id));
  const sending = phone.flush(true);
  later(sending.then(() => phone.askForSync?.()).catch(() => {}));
  await within(await patience(phone, mine), sending);
  return answer(phone, mine, (await mine.store.entry(entry.id)) ?? entry, later);
}

/** What is not ours to keep goes its own way; what it changed on the server is looked up behind it. */
export async function pass(phone, request, later) {
  const response = await fetch(request);
  later(phone.mine().then((mine) => mine?.store.setFacts({ distrust: true })).then(() => phone.look(true)));
  return response;
}

/** A line that has just been good is worth waiting for; in a black hole nobody stands before an hourglass. */
async function patience({ now }, { store }) {
  const { failures, last = 0 } = (await store.fact("line")) ?? {}, heard = Math.max(last, (await store.fact("pulled")) ?? 0);
  return failures || heard + LATELY < now() ? LITTLE : PATIENCE;
}

async function read(request) {
  try {
    const data = await request.formData(), fields = [], files = [];
    for (const [name, value] of data) {
      if (typeof value === "string") fields.push([name, value]);
      else if (value.size) files.push({ name, filename: value.name, type: value.type, bytes: await value.arrayBuffer() });
    }
    const get = (wanted) => fields.find(([name]) => name === wanted)?.[1] ?? "";
    if (!UUID.test(get("submission_id"))) return null;
    const own = ["submission_id", REPLACES];
    return { id: get("submission_id"), replaces: get(REPLACES), fields: fields.filter(([name]) => !own.includes(name)), files };
  } catch {
    return null;
  }
}

async function answer(phone, mine, entry, later) {
  const say = (kind) => mine.store.setFacts({ notice: { kind, entry: entry.id, at: phone.now() } });
  if (hasArrived(entry)) {
    await say("sent");
    await within(SECOND, phone.look(true));
    return to(entry.answer.location || (await wayOn(phone, mine, entry)));
  }
  if (!isStuck(entry)) {
    await say("kept");
    return to(await wayOn(phone, mine, entry));
  }
  await say("mend");
  if (entry.answer.result !== "rejected" || !entry.form) return to("/outbox");
  const html = await page(phone, mine, entry.form);
  return html ? phone.show(html, 422) : to(entry.form); // not carried; but who refused can be reached
}

/** Where the server would probably lead, among the pages that this phone carries. */
async function wayOn(phone, mine, { id, action, form, fields }) {
  const path = action.split("?")[0], scope = scopeOf(path, id), day = /^\/days\/[\d-]+/.exec(path)?.[0];
  if (path.endsWith("/check-ins") && (await page(phone, mine, `/customers/${scope}/reports/new`))) {
    const stop = fields.find(([name, value]) => name === "stop" && value)?.[1];
    return `/customers/${scope}/reports/new?${new URLSearchParams({ check_in: id, ...(stop ? { stop } : {}) })}`;
  }
  const then = fields.find(([name]) => name === "then")?.[1]; // what its page says comes next
  for (const likely of [then, scope && `/customers/${scope}`, day, form]) if (likely && (await page(phone, mine, likely))) return likely;
  return "/outbox";
}
