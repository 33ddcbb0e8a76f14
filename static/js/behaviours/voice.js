/* A voice note: one tap records, the next stops, five minutes at most; what was said becomes the file that the form
   sends. Where the browser cannot record, or may not, the plain file input stays. */
import { say, words } from "../app.js";

const LONGEST = 300;

export function start(field) {
  const recorder = field.querySelector("[data-recorder]"), input = field.querySelector("input[type=file]");
  const button = recorder.querySelector("button"), clock = recorder.querySelector("output"), audio = field.querySelector("audio");
  if (!window.MediaRecorder || !navigator.mediaDevices?.getUserMedia) return;
  recorder.hidden = false;
  input.classList.add("sr");
  input.tabIndex = -1;
  let tape = null, timer;

  function show(recording) {
    button.setAttribute("aria-pressed", recording);
    button.querySelector("span").textContent = recording ? words().recording : words().record;
  }

  function keep(chunks, type) {
    const bag = new DataTransfer(), ending = type.includes("mp4") ? "m4a" : type.includes("ogg") ? "ogg" : "webm";
    bag.items.add(new File(chunks, `voice.${ending}`, { type: type.split(";")[0] }));
    input.files = bag.files;
    audio.src = URL.createObjectURL(bag.files[0]);
    audio.hidden = false;
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
    record().catch(() => { say("trouble", words().noMicrophone); recorder.hidden = true; input.classList.remove("sr"); input.tabIndex = 0; });
  });
}
