/* Who answers what: an ordered list of { match, answer }. A request that no rule knows goes its own way. */

import { OFFLINE, fromShell } from "./shell.js";

const rules = [
  { match: ({ method, url }) => method === "GET" && new URL(url).pathname.startsWith("/assets/"), answer: shellFirst },
  { match: ({ method, mode }) => method === "GET" && mode === "navigate", answer: networkOrOffline },
];

/** The answer of the first rule that fits, or undefined. */
export function answer(request) {
  return rules.find((rule) => rule.match(request))?.answer(request);
}

async function shellFirst(request) {
  return (await fromShell(request)) ?? fetch(request);
}

async function networkOrOffline(request) {
  try {
    return await fetch(request);
  } catch (reason) {
    return (await fromShell(OFFLINE)) ?? Promise.reject(reason);
  }
}
