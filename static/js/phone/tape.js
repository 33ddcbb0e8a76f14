/* The microphone: what is said comes in slices of four seconds, in the kind that most phones can play. */

const SLICE = 4000;
const KINDS = ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus", ""];

/** Begin to record; throws if one may not. `heard(slice, n)` for each slice; `ended` gives all of them and their kind. */
export async function record(heard) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true }), slices = [];
  const machine = new MediaRecorder(stream, { mimeType: KINDS.find((kind) => !kind || MediaRecorder.isTypeSupported(kind)), audioBitsPerSecond: 32_000 });
  machine.ondataavailable = ({ data }) => { if (data.size) heard(data, slices.push(data)); };
  const ended = new Promise((done) => { machine.onstop = done; }).then(() => {
    stream.getTracks().forEach((track) => track.stop());
    return { slices, type: machine.mimeType };
  });
  machine.start(SLICE);
  return { stop: () => { if (machine.state !== "inactive") machine.stop(); }, ended };
}
