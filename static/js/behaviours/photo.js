/* Photos: chosen ones are shown and can be taken out again; a second choice adds to the first. Each is drawn anew before
   it is kept (upright, longest side 1,600 px), which leaves its place and time of taking behind. What the server would not take
   is left out, and the field says so (static/js/files.js). */
import { words } from "../say.js";
import { before } from "../phone/before.js";
import { choose } from "../phone/files.js";
import { beside } from "../phone/beside.js";

export function start(field) {
  const input = field.querySelector("input[type=file]");
  let kept = [], drawing = null;
  function put(files, said) {
    choose(input, (kept = files), "input"); // not a new choice, but the draft keeps it
    refresh(field);
    beside(input, said);
  }
  async function add(chosen) {
    const { files, said } = await import(field.dataset.script).then(({ photos }) => photos(kept.length, chosen, field.dataset), () => ({ files: chosen }));
    put([...kept, ...files], said);
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
