/* The calculator: reckoned anew while one types, begun from former figures, handed on as words or as a picture. */
import { drawn } from "./chart.js";
import { picture } from "./picture.js";
import { reckon } from "./rules.js";
import { saidOf, sumsOf } from "./said.js";

const ROWS = 8, HOLE = /\{(\w+)\}/g;

function paint(part, form) {
  const field = (name) => form.elements[name]?.value ?? "", sums = sumsOf(field), answer = sums && reckon(sums), chart = answer && drawn(answer);
  const { said, states } = saidOf(field, answer, chart, sums, document.documentElement.lang, ROWS);
  for (const one of part.querySelectorAll("[data-words]")) one.textContent = one.dataset.words.replace(HOLE, (_hole, name) => said[name] ?? "");
  for (const one of document.querySelectorAll("[data-when]")) one.toggleAttribute("hidden", !states.has(one.dataset.when));
  if (!chart) return;
  for (const path of part.querySelectorAll("[data-path]")) path.setAttribute("d", chart[path.dataset.path]);
  for (const text of part.querySelectorAll("[data-end]")) text.setAttribute("y", chart[`${text.dataset.end}_at`]);
  for (const text of part.querySelectorAll("[data-x]")) text.setAttribute("x", chart.years_at[text.dataset.x - 1] ?? 0);
}

const inWords = (card) => [...card.querySelectorAll("[data-line], desc")].map((one) => (one.innerText ?? one.textContent).trim()).filter(Boolean).join("\n");

async function handOn(kind, card, { say, words }) {
  const title = document.title.replace(/ · [^·]*$/, "");
  if (kind === "text") {
    const text = inWords(card);
    if (navigator.share) return navigator.share({ text });
    await navigator.clipboard.writeText(text);
    return say("done", words().copied);
  }
  const file = new File([await picture(card)], `${title}.png`, { type: "image/png" });
  if (navigator.canShare?.({ files: [file] })) return navigator.share({ files: [file] });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: file.name });
  link.click();
  return setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export async function start(part, app) {
  const form = part.querySelector("#sums"), card = part.querySelector("#worth"), again = () => paint(part, form);
  for (const kind of ["input", "change", "reset"]) form.addEventListener(kind, () => setTimeout(again));
  if (form.method === "get") form.addEventListener("submit", (event) => event.preventDefault(), true);
  for (const button of part.querySelectorAll("[data-fill]")) button.addEventListener("click", (event) => {
    event.preventDefault();
    for (const [name, value] of Object.entries(JSON.parse(button.dataset.fill))) if (form.elements[name]) form.elements[name].value = value;
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
  for (const button of document.querySelectorAll("[data-share]")) button.addEventListener("click", () => {
    button.closest("[popover]").hidePopover();
    handOn(button.dataset.share, card, app).catch(() => {}); // put away, or not allowed
  });
  await form.brought;
  again();
}
