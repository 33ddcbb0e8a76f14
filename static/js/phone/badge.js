/* The number of things that wait, on the tab and on the icon of the app: the outbox's own count. */

export function badge({ waiting, stuck, files }) {
  const link = document.querySelector(".tabs a[href='/outbox']"), n = waiting + stuck + files;
  if (!link) return;
  link.querySelector("[data-here]")?.remove();
  if (n) link.append(document.querySelector("#count").content.cloneNode(true));
  const count = link.querySelector("[data-here] b");
  if (count) count.textContent = n < 100 ? n : "99+";
  navigator.setAppBadge?.(n).catch(() => {});
}
