/* The three lines that answer a customer, laid out on the carried page: the question stands in it, the tracks lie in it, and
   what was tapped here and is not sent yet is asked of the worker. */
import { simplifier } from "../../../service_worker/search.js";
import { ask } from "./asking.js";
import { answers } from "./order.js";
import { percent, standing, total } from "./standing.js";
import { customers, own } from "./taps.js";

const NOBODY = "00000000-0000-4000-8000-000000000001";

function named(part, { id }) {
  const copy = part.content.firstElementChild.cloneNode(true);
  for (const link of copy.querySelectorAll("a")) link.setAttribute("href", link.getAttribute("href").replace(NOBODY, id));
  for (const form of copy.querySelectorAll("form")) form.setAttribute("action", form.getAttribute("action").replace(NOBODY, id));
  return copy;
}

function card(part, track, went, n, chosen) {
  const copy = named(part, track), group = copy.querySelector("[role=group]");
  copy.querySelector("a").textContent = track.line;
  group.setAttribute("aria-label", group.getAttribute("aria-label").replace("⟦n⟧", n + 1));
  for (const field of copy.querySelectorAll("[name=submission_id]")) field.value = crypto.randomUUID();
  for (const button of copy.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === chosen));
    total(went) ? (button.querySelector(".num").textContent = went[button.value]) : button.querySelector(".num").remove();
  }
  return copy;
}

function row(part, track, went) {
  const copy = named(part, track), record = copy.querySelector("[data-record]"), n = percent(went);
  copy.querySelector("a").textContent = track.title;
  copy.querySelector("p").textContent = track.line;
  n === null ? record.remove() : (record.lastElementChild.textContent = `${n}%`, record.classList.toggle("tag--door", n >= 50));
  if (!track.stale) copy.querySelector(".tag--brass").remove();
  return copy;
}

/** The page says whom it is for, and the box asks on for the same customer. */
function keep(form, { id, name }) {
  for (const whom of document.querySelectorAll("[data-whom]")) whom.textContent = name;
  if (form && !form.elements.customer) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "customer", value: id }));
}

export async function lay(part) {
  const $ = (id) => part.querySelector(`#${id}`), [entries, state, rows] = await Promise.all(["entries", "state", "rows"].map(ask));
  const tracks = [...part.querySelectorAll("[data-track]")].map((one) => JSON.parse(one.dataset.track));
  const known = customers(rows ?? [], entries ?? []), of = known.find(({ id }) => id === part.dataset.of), { taps, today } = own(entries ?? [], state?.pulled ?? 0, known, of?.id ?? "", Date.now());
  const { lines, also } = answers(tracks, part.dataset.said, of, taps, simplifier(part.dataset.simple)), went = ({ id, cells = [] }) => standing([...cells, ...(taps[id] ?? [])]);
  $("lines").replaceChildren(...lines.map((track, n) => card($("line"), track, went(track), n, today[track.id])));
  $("onward").querySelector("ul").replaceChildren(...also.map((track) => row($("row"), track, went(track))));
  for (const chip of part.querySelectorAll(".chip")) if (chip.textContent.trim() === part.dataset.said) chip.setAttribute("aria-current", "true");
  if (of) keep(document.querySelector(".dock--search"), of);
  $("lines").hidden = !lines.length;
  $("none").hidden = lines.length > 0;
  $("onward").hidden = !also.length;
}
