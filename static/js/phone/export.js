/* Everything unsent as files for a colleague: sealed, with a code that is told another way. */
import { say } from "../say.js";
import { ask } from "./ask.js";
import { newCode, partsOf, seal } from "./seal.js";

export async function begin() {
  const sheet = document.querySelector("#export"), $ = (name) => sheet.querySelector(`[data-${name}]`);
  const unsent = await ask("unsent");
  if (!unsent?.entries.length) return say("done", sheet.dataset.none);
  const { user, device } = unsent, code = newCode(), parts = partsOf(unsent), made_at = new Date().toISOString(), files = [];
  $("ready").hidden = true;
  sheet.querySelector("[role=status]").hidden = false;
  if (sheet.showPopover) sheet.showPopover(); else sheet.showModal();
  for (const [n, part] of parts.entries()) {
    const blob = await seal({ protocol: 1, user, device, made_at, origin: location.origin, part: [n + 1, parts.length] }, part, code);
    files.push(new File([blob], `doorstep-${made_at.slice(0, 16).replace(/[-:T]/g, "")}${parts.length > 1 ? `-${n + 1}` : ""}.unsent`, { type: blob.type }));
  }
  $("code").textContent = code;
  $("count").textContent = $("count").dataset.words.replace("{}", unsent.entries.length);
  $("files").replaceChildren(...files.map((file) => link(file, $("link"))));
  $("share").hidden = !navigator.canShare?.({ files });
  $("share").onclick = () => navigator.share({ files }).catch(() => {});
  sheet.querySelector("[role=status]").hidden = true;
  $("ready").hidden = false;
}

function link(file, template) {
  const part = template.content.firstElementChild.cloneNode(true);
  Object.assign(part, { href: URL.createObjectURL(file), download: file.name });
  const words = part.querySelector("span");
  words.textContent = words.dataset.words.replace("{}", Math.ceil(file.size / 1024));
  return part;
}
