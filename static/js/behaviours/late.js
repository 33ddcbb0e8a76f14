/* What few pages need is a file of its own, fetched when such a page is there: data-script names it. */
import { say, words } from "../say.js";

export const start = async (part) => (await import(part.dataset.script)).start(part, { say, words });
export const refresh = async (part) => (await import(part.dataset.script)).refresh?.(part);
