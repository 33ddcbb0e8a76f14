/* The door to what answers a customer's words without a line, and to what was said of a line: fetched on the pages that have it. */
import { lay } from "./answers/page.js";
import { press } from "./answers/press.js";

export const start = () => {}; // all is laid out whenever there is another question
export const refresh = (part) => (part.dataset.pressed ? press(part) : lay(part));
