/* A file that only its code opens (docs/protocol.md, "The file of what is unsent"): PBKDF2-SHA256 and AES-256-GCM. */

const ITERATIONS = 600_000, SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", PART = 16 * 1024 * 1024;
const utf8 = (text) => new TextEncoder().encode(text);
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Twelve signs in three groups, sixty bits; none that could be heard or read as another. */
export function newCode() {
  const signs = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => SIGNS[byte % 32]).join("");
  return signs.match(/.{4}/g).join("-");
}

/** Parts that a server takes, each whole in itself: an entry whose files do not fit comes again with the rest of them. */
export function partsOf({ entries, files }) {
  const bytes = new Map(files.map((file) => [file.id, file])), parts = [];
  let size = Infinity;
  for (const entry of entries) {
    const own = entry.attachments.map(({ id }) => bytes.get(id)).filter(Boolean);
    for (const file of own.length ? own : [null]) {
      const more = file?.bytes.byteLength ?? 2000;
      if (size + more > PART) { parts.push({ entries: [], files: [] }); size = 0; }
      const part = parts.at(-1);
      if (!part.entries.includes(entry)) part.entries.push(entry);
      if (file) part.files.push(file);
      size += more;
    }
  }
  return parts;
}

/** One part as a Blob. */
export async function seal(about, { entries, files }, code) {
  const salt = crypto.getRandomValues(new Uint8Array(16)), iv = crypto.getRandomValues(new Uint8Array(12));
  const secret = await crypto.subtle.importKey("raw", utf8(code.replaceAll("-", "")), "PBKDF2", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ITERATIONS }, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const inner = utf8(`${JSON.stringify({ ...about, entries, files: files.map(({ id, bytes }) => ({ id, size: bytes.byteLength })) })}\n`);
  const plain = await new Blob([inner, ...files.map(({ bytes }) => bytes)]).arrayBuffer();
  const head = utf8(`DOORSTEP-UNSENT 1\n${JSON.stringify({ kdf: "PBKDF2-SHA256", iterations: ITERATIONS, salt: base64(salt), iv: base64(iv) })}\n`);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: head }, key, plain);
  return new Blob([head, `${hex(await crypto.subtle.digest("SHA-256", sealed))}\n`, sealed], { type: "application/octet-stream" });
}
