/* Photos and voice notes follow their text, one at a time, by pieces; a broken line goes on where it stopped. */
import { digest } from "./digest.js";
import { BACK_OFF, HEADER, PIECE, PROTOCOL, SECOND, hasArrived } from "./names.js";

export async function sendFiles(outbox) {
  for (const entry of await outbox.store.entries()) {
    if (!hasArrived(entry) || entry.author !== outbox.store.user) continue;
    for (const file of entry.attachments) {
      if (file.done || file.broken || file.next_try > outbox.now()) continue;
      if (!(await sendOne(outbox, entry.id, file))) return;
    }
  }
}

/** One file; false if the line is down, so that nothing else is tried. */
async function sendOne(outbox, entryId, file) {
  const note = (change) => outbox.store.changeEntries([entryId], (entry) => ({
    ...entry, attachments: entry.attachments.map((one) => (one.id === file.id ? { ...one, ...change } : one)),
  })).then(() => outbox.tell({ kind: "outbox" }));
  const later = () => note({ tries: file.tries + 1, next_try: outbox.now() + Math.min(BACK_OFF.most, BACK_OFF.least * 2 ** Math.min(file.tries + 1, 12)) });
  const kept = await outbox.store.file(file.id);
  if (!kept?.bytes?.byteLength || (await digest(kept.bytes)) !== file.sha256) return note({ broken: true }).then(() => true);
  try {
    let at = await ask(outbox, file, "HEAD", {});
    while (at.known && !at.complete) {
      const before = at.offset, piece = kept.bytes.slice(before, before + PIECE);
      at = await ask(outbox, file, "PATCH", { "Upload-Offset": String(at.offset), "Content-Type": "application/offset+octet-stream" }, piece);
      if (at.known && !at.complete && at.offset <= before) return later().then(() => true); // it did not fit, or did not arrive whole
      if (at.known) await note({ sent: at.offset });
    }
    if (!at.known) return later().then(() => !at.down);
    await note({ done: true, sent: file.size });
    return true;
  } catch {
    await later();
    return false;
  }
}

async function ask(outbox, file, method, headers, body) {
  const response = await outbox.fetch(`/attachments/${file.id}/pieces`, {
    method, headers, body, credentials: "same-origin", redirect: "error", cache: "no-store", signal: AbortSignal.timeout(60 * SECOND),
  });
  const ours = response.headers.get(HEADER) === String(PROTOCOL), offset = response.headers.get("Upload-Offset");
  const known = ours && offset !== null && (response.ok || response.status === 409);
  return { known, down: !ours && response.status !== 404, offset: Number(offset), complete: response.headers.get("Upload-Complete") === "?1" };
}
