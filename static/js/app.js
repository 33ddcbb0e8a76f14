/* The manners of the front house. Everything works without this file; with it pages change in place.
   - A behaviour is a small module that wakes on [data-behaviour~="its-name"], and again after each swap.
   - A page that comes back to where one is (a form that was answered, a filter) is morphed and keeps its place;
     any other page replaces this one, begins at its top and at its heading.
   - What is sent and refused, or never arrives, changes nothing on the screen and says so in the words of #words. */

import { refuses } from "./phone/refuse.js";
import { say, words } from "./say.js";

const awake = new WeakMap();
const doc = document;
const on = (name, listen) => doc.addEventListener(name, listen);
const $ = (selector, root = doc) => root.querySelector(selector);

const names = (element) => element.dataset.behaviour?.split(/\s+/) ?? [];
const known = (element) => awake.get(element) ?? awake.set(element, new Set()).get(element);

function wake() {
  for (const element of doc.querySelectorAll("[data-behaviour]")) for (const name of names(element)) rouse(element, name);
}

async function rouse(element, name) {
  const { start, refresh } = await import(`./behaviours/${name}.js`);
  if (!known(element).has(name)) start?.(element);
  refresh?.(element);
  known(element).add(name);
}

/* ---- going from page to page ---- */

let going = null;
const forPage = (ctx) => ctx?.target === doc.body;
const sends = (ctx) => ctx.request.method !== "GET";
const restores = (ctx) => Boolean(ctx.request.headers["HX-History-Restore-Request"]);
const place = (url) => url.pathname + url.search;

const busy = (form, is) => (is ? form?.setAttribute("aria-busy", "true") : form?.removeAttribute("aria-busy"));

/* no second tap while a form is on its way, and no way for one that holds what must not be kept */
doc.addEventListener("submit", (event) => {
  const { target } = event;
  if (target.getAttribute("aria-busy") !== "true" && !(target.method === "post" && refuses(target))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

on("htmx:before:request", ({ detail: { ctx } }) => {
  if (sends(ctx)) busy((ctx.sent = ctx.request.form), true);
  if (!forPage(ctx)) return;
  if (going && !sends(going)) going.request.abort?.();
  going = ctx;
});

on("htmx:finally:request", ({ detail: { ctx } }) => busy(ctx.sent, false));

on("htmx:before:response", (event) => {
  const { ctx } = event.detail, type = ctx.response.headers.get("content-type");
  if (!type || type.startsWith("text/html")) return;
  event.preventDefault();
  if (sends(ctx)) say("trouble"); else location.assign(ctx.response.raw.url);
});

on("htmx:before:swap", (event) => {
  const { ctx, tasks } = event.detail, main = tasks.find((task) => task.type === "main");
  if (!main) return;
  const stay = (...notice) => { event.preventDefault(); if (notice.length) say(...notice); };
  if (!forPage(ctx)) {
    ctx.title = "";
    return ctx.select && !main.fragment.childElementCount ? stay("trouble") : null;
  }
  if (ctx !== going) return stay();

  const next = main.fragment.firstElementChild, { status, raw } = ctx.response;
  if (!next?.matches("body[data-edition]")) return stay("trouble");
  const refusal = $("[data-error]", next), answered = raw.redirected || status < 400;
  if (sends(ctx) && refusal && !answered) return stay("trouble", refusal.dataset.say, $("[data-way-on]", refusal));
  ctx.taken = sends(ctx) && answered && (refusal || next.dataset.user === doc.body.dataset.user);
  if (ctx.taken) ctx.sent?.dispatchEvent(new Event("taken"));

  const url = new URL(raw.url);
  if (next.dataset.edition !== doc.body.dataset.edition && status < 400) { stay(); return location.assign(url); }
  const here = place(url) === place(location), same = here || url.pathname === location.pathname;
  ctx.morphs = !restores(ctx) && (status === 422 || same);
  if (!ctx.morphs) return;
  ctx.parts = doc.querySelectorAll("[hx-trigger=load]");
  const said = (fold) => $("summary", fold).textContent, open = [...doc.querySelectorAll("details[open]:not(.confirm)")].map(said);
  for (const fold of next.querySelectorAll("details")) if (open.includes(said(fold))) fold.open = true; // what was unfolded stays so
  main.swapSpec.style = "outerMorph";
  if (status === 422 || here) main.swapSpec.show = "";
});

on("htmx:before:history:update", (event) => {
  const { history, response } = event.detail;
  const refused = response.raw.status >= 400 && !response.raw.redirected;
  if (refused && going && sends(going)) event.preventDefault();
  else if (history.path === place(location)) history.type = "replace";
});

on("htmx:after:swap", ({ detail: { ctx } }) => {
  wake();
  if (ctx !== going) return;
  for (const part of ctx.parts ?? []) htmx.process(part, true); // what was fetched into the page is fetched afresh
  if (ctx.taken && ctx.morphs && ctx.sent?.isConnected) ctx.sent.reset();
  if (ctx.response.status !== 422) for (const sheet of doc.querySelectorAll(":popover-open")) sheet.hidePopover();
  $("meta[data-theme]")?.setAttribute("content", doc.body.dataset.theme);
  const heading = ctx.response.status === 422 ? $("[data-errors]") : !ctx.morphs && $("h1");
  if (!heading || $("[autofocus]")) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: ctx.response.status !== 422 });
});

on("htmx:error", ({ detail: { ctx } }) => { if (ctx) say(ctx.response ? "trouble" : "no-signal", ctx.response || sends(ctx) ? "" : words().unopened); });

/* a mistake named in the summary leads to its field */
on("click", (event) => {
  const link = event.target.closest?.("[data-errors] a[href^='#']");
  if (link) { event.preventDefault(); doc.getElementById(link.hash.slice(1))?.focus(); }
});

/* sheets for browsers that do not know popovers */
if (!("popover" in HTMLElement.prototype)) on("click", (event) => {
  const button = event.target.closest?.("[popovertarget]");
  if (button) doc.getElementById(button.getAttribute("popovertarget")).showModal();
});

wake();
if (navigator.serviceWorker) import("./phone.js");
