/* The door to what becomes of photos and sound when they are chosen, which only reports need: fetched with the first of them.
   What the server would not take is left out, and it is said why, in the server's words. */
import { drawAnew } from "./phone/picture.js";

const MEGABYTE = 1024 * 1024, PHOTO = 16 * MEGABYTE, SOUND = 5 * MEGABYTE, NAMED = 3;
const GAP = document.documentElement.lang.startsWith("zh") ? "" : " ";
const weigh = ({ size }, most) => (size > most ? "heavy" : size ? "" : "empty");

/** Photos drawn anew as `files`, and what is to be said of the others. `there`: how many there are already; `words`: of the field. */
export async function photos(there, chosen, words) {
  const files = [], left = [], why = new Set();
  const leave = (file, reason) => { left.push(file.name); why.add(words[reason]); };
  for (const file of chosen) { // one after the other: phones have little memory
    const full = there + files.length >= words.most, drawn = !full && file.size ? await drawAnew(file) : file;
    const reason = full ? "many" : drawn ? weigh(drawn, PHOTO) : "unreadable";
    if (reason) leave(file, reason); else files.push(drawn);
  }
  const names = left.slice(0, NAMED).join(words.and) + (left.length > NAMED ? "…" : "");
  return { files, said: left.length ? [...why, words.left.replace("{}", names)].join(GAP) : "" };
}

/** What is to be said of a voice note that the server would not take; "" if it would (webapp/visits/pictures.py). */
export async function sound(file, words) {
  const head = String.fromCharCode(...new Uint8Array(await file.slice(0, 12).arrayBuffer())), known = [/^\x1aE\xdf\xa3/, /^.{4}ftyp/s, /^OggS/, /^RIFF.{4}WAVE/s].some((kind) => kind.test(head));
  return words[weigh(file, SOUND) || (known ? "" : "unreadable")] ?? "";
}
