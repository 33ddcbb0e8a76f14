/* Ready for tomorrow? Each line is looked up, none is believed: the pack is whole and fresh, the browser keeps it, fifty
   photos were really written (and taken out again), one is signed in, nothing waits. */
import { ask } from "../phone.js";

const DAY = 864e5, PHOTO = 400_000, CHUNK = 65_536;
const FRESH = DAY / 2;

function noise(size) {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += CHUNK) crypto.getRandomValues(bytes.subarray(at, Math.min(at + CHUNK, size)));
  return bytes.buffer;
}

async function room() {
  const known = Number(localStorage.getItem("room for photos"));
  if (known + DAY > Date.now()) return true;
  for (let n = 0; n < 5; n += 1) if (!(await ask("room", { bytes: Array.from({ length: 10 }, () => noise(PHOTO)) }))) return false;
  localStorage.setItem("room for photos", Date.now());
  return true;
}

async function lasting() {
  if (!navigator.storage?.persist) return true; // nothing to ask for here
  return (await navigator.storage.persisted()) || navigator.storage.persist();
}

async function show(part) {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: document.body.dataset.zone || undefined }).format(new Date());
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
