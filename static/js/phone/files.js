/* Kept bytes as files again, and files in their inputs. */

const ending = (type) => (type.includes("mp4") ? "m4a" : type.includes("ogg") ? "ogg" : "webm");

/** Put files into an input as if somebody had chosen them. */
export function choose(input, files, word = "change") {
  const bag = new DataTransfer();
  for (const file of files) bag.items.add(file);
  input.files = bag.files;
  input.dispatchEvent(new Event(word, { bubbles: true }));
}

/** Slices as one file that plays everywhere its kind does. */
export const joined = (slices, type) => new File(slices, `voice.${ending(type)}`, { type: type.split(";")[0] });

/** The kept parts of one input as files: photos as they were, the slices of the last tape as one. */
function filesOf(parts, input) {
  const own = parts.filter((part) => part.input === input).sort((a, b) => a.n - b.n), tapes = own.map(({ slice }) => slice ?? 0), last = Math.max(0, ...tapes);
  if (!last) return own.map(({ bytes, name, type, at }) => new File([bytes], name, { type, lastModified: at }));
  const slices = own.filter(({ slice }) => slice === last);
  return [joined(slices.map(({ bytes }) => bytes), slices[0].type)];
}

/** The kept parts of a form into its inputs, where none has been chosen yet. */
export function putFiles(form, parts) {
  for (const input of form.querySelectorAll("input[type=file]")) {
    const files = filesOf(parts, input.name);
    if (files.length && !input.files.length) choose(input, files);
  }
}
