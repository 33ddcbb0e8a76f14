/* Photos: chosen ones are shown and can be taken out again; a second choice adds to the first. Each is drawn anew before
   it is kept (upright, longest side 1,600 px), which leaves its place and time of taking behind. */
import { words } from "../app.js";
import { before } from "../phone/before.js";
import { choose } from "../phone/files.js";
import { drawAnew } from "../phone/picture.js";

export function start(field) {
  const input = field.querySelector("input[type=file]");
  let kept = [], drawing = null;
  function put(files) {
    choose(input, (kept = files), "input"); // not a new choice, but the draft keeps it
    refresh(field);
  }
  async function add(files) {
    const drawn = [];
    for (const file of files) drawn.push(await drawAnew(file)); // one after the other: phones have little memory
    put([...kept, ...drawn]);
  }
  input.addEventListener("change", () => {
    const files = [...input.files], mine = Promise.resolve(drawing).then(() => add(files)).finally(() => { if (drawing === mine) drawing = null; });
    drawing = mine;
  });
  before(input.form, () => drawing);
  field.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-remove]");
    if (!button) return;
    put(kept.filter((_file, index) => index !== Number(button.dataset.remove)));
    input.focus();
  });
  input.form?.addEventListener("reset", () => { kept = []; setTimeout(refresh, 0, field); });
}

export function refresh(field) {
  const shots = field.querySelector("[data-shots]"), input = field.querySelector("input[type=file]");
  field.querySelector("[data-add]").hidden = false;
  input.classList.add("sr");
  shots.querySelectorAll("img").forEach((image) => URL.revokeObjectURL(image.src));
  shots.replaceChildren(...[...input.files].map((file, index) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "shot" });
    button.setAttribute("aria-label", words().remove.replace("{}", file.name));
    button.dataset.remove = index;
    button.append(Object.assign(new Image(), { src: URL.createObjectURL(file), alt: "" }));
    return button;
  }));
}
