/* The worker's table of contents. It keeps the shell of this build and says in our own words when a page cannot be
   reached; what a phone carries beyond that, and what it sends later, moves in here room by room. */

import { answer } from "./rules.js";
import { keepShell, forgetOtherShells } from "./shell.js";

export function start({ build, shell }) {
  addEventListener("install", (event) => event.waitUntil(keepShell(build, shell)));
  addEventListener("activate", (event) => event.waitUntil(forgetOtherShells(build)));
  addEventListener("fetch", (event) => {
    const answering = answer(event.request);
    if (answering) event.respondWith(answering);
  });
}
