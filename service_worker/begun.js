/* Who starts the app again after it died under a half-written form comes back to that form; who had left it does not. */
import { page } from "./carried.js";
import { MINUTE } from "./names.js";

const JUST_NOW = 30 * MINUTE;

/** The address of that form, or nothing. A start is a request that comes from nowhere, in a window of its own. */
export async function begun(phone, mine, { referrer }) {
  const path = await mine.store.fact("shown"), [draft] = await mine.store.drafts.all();
  const goesOn = !referrer && draft && draft.href === path && draft.at + JUST_NOW >= phone.now();
  return goesOn && (await phone.isAlone()) && (await page(phone, mine, path)) && path;
}

/** Which page stands before somebody's eyes. */
export const shown = (mine, path) => mine?.store.changeFact("shown", (before) => (path === before ? undefined : path));
