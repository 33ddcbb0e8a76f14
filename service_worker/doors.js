/* Coming in and going out: the server decides who is who, and this phone opens and closes its drawers after it. */
import { userOf } from "./compose.js";
import { SECOND } from "./names.js";
import { forget } from "./push.js";
import { LATE, within } from "./within.js";

const opened = (response) => response.type === "opaqueredirect" || response.redirected;

export async function signIn(phone, request) {
  const settled = await phone.settle(), response = await fetch(request);
  if (settled && opened(response)) {
    await phone.leave();
    if (response.redirected) await phone.learn(userOf(await response.clone().text()));
  }
  return response;
}

/** Without a line too: what could be read is gone at once, and the server is told as soon as it can be. */
export async function signOut(phone, request) {
  const response = await within(3 * SECOND, fetch(request)), told = response !== LATE && (opened(response) || response.ok);
  await Promise.all([phone.close(!told), forget()]);
  return told ? response : Response.redirect(new URL("/offline", location.origin), 303);
}
