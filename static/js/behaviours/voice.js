/* A voice note: one tap records, the next stops, five minutes at most. What is said is kept every four seconds, so a
   phone that dies loses no more; at the end the slices become the one file that the form sends. Where the browser cannot record, or may not, the plain file input stays. */
import { say, words } from "../say.js";
import { before } from "../phone/before.js";
import { choose, joined } from "../phone/files.js";
import { keepSlice } from "../phone/keepsake.js";
import { beside } from "../phone/beside.js";
import { record } from "../phone/tape.js";

const LONGEST = 300;
let silent = !window.MediaRecorder || !navigator.mediaDevices?.getUserMedia;

export function start(field) {
  const input = field.querySelector("input[type=file]"), button = field.querySelector("[data-recorder] button"), clock = field.querySelector("[data-recorder] output");
  let tape = null;

  function show(recording) {
    button.setAttribute("aria-pressed", recording);
    button.querySelector("span").textContent = recording ? words().recording : words().record;
    input.toggleAttribute("data-taping", recording);
  }

  async function begin() {
    const began = Date.now(), draft = input.form?.dataset.draft;
    const mine = await record((slice, n) => draft && keepSlice(draft, input.name, began, n, slice));
    const timer = setInterval(() => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      clock.value = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (!field.isConnected || seconds >= LONGEST) mine.stop();
      if (seconds >= LONGEST) say("done", words().tooLong);
    }, 500);
    show(true);
    tape = { stop: mine.stop, ended: mine.ended.then(({ slices, type }) => {
      clearInterval(timer);
      tape = null;
      show(false);
      choose(input, slices.length ? [joined(slices, type)] : []); // from now on the draft has the whole, not the slices
    }) };
  }

  button.addEventListener("click", () => {
    if (tape) return tape.stop();
    begin().catch(() => { silent = true; refresh(field); say("trouble", words().noMicrophone); });
  });
  input.addEventListener("change", async () => {
    const [file] = input.files, said = file && (await import(field.dataset.script).then(({ sound }) => sound(file, field.dataset), () => ""));
    if (said) choose(input, []); else refresh(field);
    if (file) beside(input, said);
  });
  before(input.form, () => { tape?.stop(); return tape?.ended; });
}

export function refresh(field) {
  const input = field.querySelector("input[type=file]"), audio = field.querySelector("audio"), file = input.files[0];
  field.querySelector("[data-recorder]").hidden = silent;
  input.classList.toggle("sr", !silent);
  input.tabIndex = silent ? 0 : -1;
  audio.hidden = !file;
  if (audio.src) URL.revokeObjectURL(audio.src);
  if (file) audio.src = URL.createObjectURL(file); else audio.removeAttribute("src");
}
