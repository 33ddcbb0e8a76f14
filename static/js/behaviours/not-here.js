/* The page that stands in: it names what this phone carries, why the rest is not to be had, and goes on by itself when
   the page that was asked for arrives after all. */
import { ask } from "../phone/ask.js";

export async function refresh(part) {
  const links = [...part.querySelectorAll("a[data-carried]")], state = await ask("state");
  for (const link of links) {
    const today = new Intl.DateTimeFormat("sv-SE", { timeZone: document.body.dataset.zone || undefined }).format(new Date());
    const url = new URL(link.href).pathname, asked = url === "/" ? `/days/${today}` : url;
    link.closest("li").hidden = !(await ask("carried", { urls: [asked] }))?.length;
  }
  part.querySelector("[data-have]").hidden = links.every((link) => link.closest("li").hidden);
  const path = location.pathname + location.search, isWhole = state?.whole && !state.over;
  const reason = [...part.querySelectorAll("[data-for]")].find((one) => (isWhole || !("ifWhole" in one.dataset)) && new RegExp(one.dataset.for).test(path));
  part.querySelectorAll("[data-for], [data-else]").forEach((one) => { one.hidden = reason ? one !== reason : "for" in one.dataset; });
  const why = state?.over ? "over" : !state?.user || state.out ? "out" : isWhole ? "" : "part";
  part.querySelectorAll("[data-why]").forEach((one) => { one.hidden = one.dataset.why !== why; });
}

document.addEventListener("phone:arrived", ({ detail }) => {
  if (document.querySelector("[data-behaviour~=not-here]") && detail.url.split("#")[0] === location.href.split("#")[0]) location.reload();
});
