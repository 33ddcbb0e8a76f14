/* Ready for tomorrow? Each line is looked up, none is believed: the pack is whole and fresh, the browser keeps it, fifty
   photos were really written (and taken out again), one is signed in, nothing waits. */
import { ask } from "../phone/ask.js";
import { room } from "../phone/room.js";
import { isApp } from "./install.js";

const FRESH = 864e5 / 2;

/** Nobody is asked here: it is granted already, or would be without a question, or there is nothing to ask and it is installed. */
async function lasting() {
  const { storage, permissions } = navigator;
  if (!storage?.persist) return isApp();
  if (await storage.persisted()) return true;
  const asked = await permissions?.query({ name: "persistent-storage" }).catch(() => null);
  return asked?.state === "granted" && storage.persist();
}

async function show(part) {
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: document.body.dataset.zone || undefined }).format(new Date());
  const state = part.dataset.day === today ? await ask("state") : null;
  if (!state?.user) return;
  const facts = {
    pack: state.whole && !state.over && Date.now() - state.pulled < FRESH, lasting: await lasting(), room: await room(),
    in: !state.out, sent: !state.waiting && !state.stuck && !state.files,
  };
  for (const line of part.querySelectorAll("li[data-fact]")) {
    const is = facts[line.dataset.fact];
    line.classList.toggle("is-open", !is);
    line.querySelectorAll(".yes").forEach((part) => part.toggleAttribute("hidden", !is));
    line.querySelectorAll(".no").forEach((part) => part.toggleAttribute("hidden", is));
  }
  const all = Object.values(facts).every(Boolean);
  part.classList.toggle("card--brass", !all);
  part.querySelector("[data-ready]").hidden = !all;
  part.querySelector("[data-open]").hidden = all;
  part.hidden = false;
}

export function start(part) {
  document.addEventListener("phone", () => part.isConnected && show(part));
}

export const refresh = show;
