/* A voice note: one tap records, the next stops, five minutes at most; what was said becomes the file that the form
   sends. Where the browser cannot record, or may not, the plain file input stays. */
import { say, words } from "../app.js";

const LONGEST = 300;
let silent = !window.MediaRecorder || !navigator.mediaDevices?.getUserMedia;

export function start(field) {
  const recorder = field.querySelector("[data-recorder]"), input = field.querySelector("input[type=file]");
  const button = recorder.querySelector("button"), clock = recorder.querySelector("output");
  let tape = null, timer;

  function show(recording) {
    button.setAttribute("aria-pressed", recording);
    button.querySelector("span").textContent = recording ? words().recording : words().record;
  }

  function keep(chunks, type) {
    const bag = new DataTransfer(), ending = type.includes("mp4") ? "m4a" : type.includes("ogg") ? "ogg" : "webm";
    bag.items.add(new File(chunks, `voice.${ending}`, { type: type.split(";")[0] }));
    input.files = bag.files;
    refresh(field);
  }

  async function record() {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }), chunks = [], began = Date.now();
    tape = new MediaRecorder(stream, { audioBitsPerSecond: 32_000 });
    tape.ondataavailable = ({ data }) => chunks.push(data);
    tape.onstop = () => {
      clearInterval(timer);
      stream.getTracks().forEach((track) => track.stop());
      keep(chunks, tape.mimeType);
      tape = null;
      show(false);
    };
    tape.start();
    show(true);
    timer = setInterval(() => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      clock.value = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (seconds >= LONGEST) { tape?.stop(); say("done", words().tooLong); }
    }, 500);
  }

  button.addEventListener("click", () => {
    if (tape) return tape.stop();
    record().catch(() => { silent = true; refresh(field); say("trouble", words().noMicrophone); });
  });
}

export function refresh(field) {
  const input = field.querySelector("input[type=file]"), audio = field.querySelector("audio"), file = input.files[0];
  field.querySelector("[data-recorder]").hidden = silent;
  input.classList.toggle("sr", !silent);
  input.tabIndex = silent ? 0 : -1;
  audio.hidden = !file;
  if (file) audio.src = URL.createObjectURL(file);
}
