/* What another app hands over is kept as a draft, beside what was handed over before, and its author asked for whom it is.
   Without room for it, or without anybody signed in, the server answers. */

export async function takeShared(phone, request) {
  const mine = await phone.mine(), untouched = request.clone(); // nobody: as if there were no room
  try {
    const said = await request.formData(), { text: before, files = [] } = (await mine.store.drafts.get("shared")) ?? {}, known = files.length;
    for (const file of said.getAll("photos").filter(({ size }) => size)) files.push({ input: "photos", name: file.name, type: file.type, bytes: await file.arrayBuffer() });
    const words = ["title", "text", "url"].map((name) => said.get(name)).filter(Boolean), text = [before, ...words].filter(Boolean).join("\n");
    if (words.length || files.length > known) await mine.store.drafts.put({ key: "shared", at: phone.now(), text, files });
  } catch {
    return fetch(untouched);
  }
  return Response.redirect(new URL("/new-report", location.origin), 303);
}
