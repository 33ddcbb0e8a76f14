/* The page that is being read has changed on the phone: it is morphed in place, when nobody is writing or choosing. */
import { isWriting } from "./writing.js";

const PAUSE = 4000;
const place = () => location.pathname + location.search;
let timer;

const inHand = () => isWriting() || document.activeElement?.matches("input, textarea, select") || document.querySelector(":popover-open, dialog[open], details.confirm[open], [aria-busy='true']");

function change(from) {
  clearTimeout(timer);
  if (place() !== from || !window.htmx) return;
  if (inHand() || document.hidden) timer = setTimeout(change, PAUSE, from);
  else htmx.ajax("GET", from, { target: document.body, swap: "outerMorph show:none", replace: "true" });
}

document.addEventListener("phone:pages", ({ detail: { urls } }) => { if (urls.includes(place())) change(place()); });
