/* The only user of Cache Storage: the shell is what every page links, and the page that stands in for one that cannot
   be reached. A shell that is not whole is no shell: if one piece fails to come, the install fails. */

const NAME = "shell-";
export const OFFLINE = "/offline";

export async function keepShell(build, shell) {
  const cache = await caches.open(NAME + build);
  await cache.addAll([...shell, new Request(OFFLINE, { cache: "reload" })]);
}

export async function forgetOtherShells(build) {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(NAME) && name !== NAME + build).map((name) => caches.delete(name)));
}

export const fromShell = (request) => caches.match(request);
