/* The card that offers to say when something comes, and says how that stands. */
import * as remind from "../phone/remind.js";

const isApple = () => /iPhone|iPad/.test(navigator.userAgent) && !navigator.standalone;

function show(card, name) {
  for (const part of ["ask", "told", "denied", "install", "failed"]) card.querySelector(`[data-${part}]`).hidden = part !== name;
  card.hidden = !name;
}

async function look(card) {
  if (!navigator.serviceWorker?.controller) return show(card, isApple() ? "install" : "");
  if (!remind.possible()) return show(card, isApple() ? "install" : "");
  if (Notification.permission === "denied") return show(card, "denied");
  return show(card, (await remind.check(card.dataset.key)) ? "told" : "ask");
}

export function start(card) {
  const button = card.querySelector("[data-yes]");
  button.addEventListener("click", async () => {
    button.setAttribute("aria-busy", "true");
    const answer = await Notification.requestPermission();
    const told = answer === "granted" && (await remind.subscribe(card.dataset.key).catch(() => false));
    button.removeAttribute("aria-busy");
    show(card, told ? "told" : answer === "granted" ? "failed" : answer === "denied" ? "denied" : "ask");
  });
  card.querySelector("[data-no]").addEventListener("click", () => remind.stop().then(() => show(card, "ask")));
  document.addEventListener("phone", () => card.isConnected && card.hidden && look(card));
}

export const refresh = look;
