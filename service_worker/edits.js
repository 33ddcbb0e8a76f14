/* A page that has changed, told by what has changed of it (docs/protocol.md, "Edits"): which parts of it stay, and the new
   ones. A part is a line of its own, or a run of lines that all pages share. */

/** A page as it is read: its own text, and in their places the lines that all pages share. */
const lay = (part, lines) => (typeof part === "string" ? part : lines.slice(part[0], part[0] + part[1]).join("\n"));
export const whole = (pressed, { lines }) => (typeof pressed === "string" ? [pressed] : pressed).map((part) => lay(part, lines)).join("\n");

/** The page that comes of `former`. */
export function edited(edits, former) {
  const held = former.flatMap((part) => (typeof part === "string" ? part.split("\n") : [part]));
  return edits.flatMap((part) => (part[0] < 0 ? held.slice(-1 - part[0], -1 - part[0] + part[1]) : [part]));
}

/** What is known with what has changed of it; null says that there is none any more. */
export const renewed = (known, changed) => Object.fromEntries(Object.entries({ ...known, ...changed }).filter(([, value]) => value !== null));
