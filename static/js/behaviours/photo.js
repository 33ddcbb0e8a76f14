/* Photos: chosen ones are shown and can be taken out again; a second choice adds to the first. Each is made small
   before it travels (longest side 1,600 px), which also leaves its place and time of taking behind. */
import { words } from "../app.js";

const LONGEST = 1600, SMALL = 400_000;

async function shrink(file) {
  if (file.size < SMALL || !file.type.startsWith("image/")) return file;
  try {
    const picture = await createImageBitmap(file), scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: picture.width * scale, height: picture.height * scale });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
  } catch { return file; }
}

function put(input, files) {
  const bag = new DataTransfer();
  files.forEach((file) => bag.items.add(file));
  input.files = bag.files;
}

export function start(field) {
  const input = field.querySelector("input[type=file]");
  let kept = [];
  input.addEventListener("change", async () => {
    kept = [...kept, ...(await Promise.all([...input.files].map(shrink)))];
    put(input, kept);
    refresh(field);
  });
  field.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove]");
    if (!button) return;
    kept = kept.filter((_file, index) => index !== Number(button.dataset.remove));
    put(input, kept);
    refresh(field);
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
