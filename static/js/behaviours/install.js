/* To the home screen: offered when a report has just been filed, on an iPhone before the first one is written, and not
   again for thirty days to whoever says later. With the same occasion the browser is asked to keep what is stored. */
import { part } from "../phone/parts.js";
import { held } from "../phone/prompt.js";

const MONTH = 30 * 864e5;
const rests = (what) => Number(localStorage.getItem(what)) > Date.now();
const rest = (what) => localStorage.setItem(what, Date.now() + MONTH);
const ways = (card) => { for (const way of card.querySelectorAll("[data-install-now]")) way.hidden = !held.prompt || isIphone(); };

export const isApp = () => navigator.standalone === true || matchMedia("(display-mode: standalone), (display-mode: minimal-ui)").matches;
export const isIphone = () => navigator.standalone === false; // a word that only Safari on iOS knows

export async function offer() {
  if (isApp() || rests("install later") || !(held.prompt || isIphone()) || document.querySelector("[data-install], [data-behaviour~=install]")) return;
  const card = await part("/install", "install-card");
  if (!card || document.querySelector("[data-install]")) return;
  ways(card);
  card.querySelector(`[data-way=${isIphone() ? "iphone" : "prompt"}]`).hidden = false;
  card.querySelector("[data-install-how]").hidden = !isIphone();
  document.querySelector("#main").prepend(card);
}

/** Ask the browser not to clear what is stored; some ask back, so not more than once a month. */
export async function keepForGood() {
  if (!navigator.storage?.persist || rests("asked to keep") || (await navigator.storage.persisted())) return;
  rest("asked to keep");
  await navigator.storage.persist();
}

async function install() {
  const { prompt } = held;
  held.prompt = null;
  prompt.prompt();
  if ((await prompt.userChoice)?.outcome !== "accepted") rest("install later");
  document.querySelector("[data-install]")?.remove();
  document.querySelectorAll("[data-install-now]").forEach((button) => { button.hidden = true; });
}

document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-install-now]") && held.prompt) install();
  if (!target.closest?.("[data-install-later]")) return;
  rest("install later");
  document.querySelector("[data-install]").remove();
});

export function refresh(page) {
  ways(page);
  page.querySelector("[data-not-yet]").hidden = isApp();
  page.querySelector("[data-installed]").hidden = !isApp();
}
