/* What another app hands over is kept as a draft, and its author asked for whom it is. Without room for it, or without
   anybody signed in, the server answers. */
const MOST = 10, LONGEST = 4000;

export async function takeShared(phone, request) {
  const mine = await phone.mine(), untouched = request.clone(); // nobody: as if there were no room
  try {
    const said = await request.formData(), files = [];
    for (const file of said.getAll("photos").filter(({ size }) => size).slice(0, MOST)) {
      files.push({ input: "photos", name: file.name, type: file.type, bytes: await file.arrayBuffer() });
    }
    const text = ["title", "text", "url"].map((name) => said.get(name)).filter(Boolean).join("\n").slice(0, LONGEST);
    if (text || files.length) await mine.store.drafts.put({ key: "shared", at: phone.now(), text, files });
  } catch {
    return fetch(untouched);
  }
  return Response.redirect(new URL("/new-report", location.origin), 303);
}
