/* Good moments: what needs asking, or putting in its place, is loaded when its moment has come. */
import { ask } from "./ask.js";

let asking = null; // the page that asks: a change behind it must not take the question away
const install = () => import("../behaviours/install.js");

/** Something has been kept or sent. A report filed is the moment for a place on the home screen, and to have it all kept for
 *  good; a plan or a day handed in, the moment to say that the answer can be told. */
export async function afterwards(id) {
  const entry = await ask("entry", { id });
  if (entry?.action.startsWith("/days/")) return (await import("./remind.js")).offer();
  if (!entry?.action.endsWith("/reports")) return;
  const { keepForGood, offer } = await install();
  asking = location.pathname;
  await offer();
  await keepForGood();
}

/** Somebody's first page in this window: who may be told of things is told. */
export async function onGreeting() {
  if (window.Notification?.permission === "granted") (await import("./remind.js")).check();
}

/** A page has come: on an iPhone's Safari (only there is `standalone` false) the day begins with the home screen. */
export async function onPage() {
  (await import("./resume.js")).offer();
  if (localStorage.getItem("shared")) (await import("./shared.js")).offer();
  if (asking === location.pathname || (navigator.standalone === false && location.pathname.startsWith("/days/"))) (await install()).offer();
}
