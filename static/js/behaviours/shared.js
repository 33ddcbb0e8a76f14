/* What another app has handed over, shown until a report takes it in or nobody wants it. */
import { drop, waiting } from "../phone/shared.js";

export async function refresh(card) {
  const shared = await waiting();
  card.hidden = !shared;
  if (!shared) return;
  localStorage.setItem("shared", shared.at);
  card.querySelector("[data-shots]").replaceChildren(...shared.files.map(({ bytes, type }) => {
    const image = Object.assign(new Image(), { src: URL.createObjectURL(new Blob([bytes], { type })), alt: "", className: "shot" });
    image.onload = () => URL.revokeObjectURL(image.src);
    return image;
  }));
  const words = card.querySelector("[data-text]");
  words.textContent = shared.text;
  words.hidden = !shared.text;
}

export function start(card) {
  card.querySelector("[data-drop]").addEventListener("click", () => drop().then(() => { card.hidden = true; }));
}
