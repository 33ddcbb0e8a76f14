async ([cards]) => {
  const at = (name) => import(`/modules/${name}.js`), [{ Store }, { Pack }, { carried }] = await Promise.all(["store", "pack", "carried"].map(at));
  const reader = (await fetch("/field-pack")).body.getReader(), text = new TextDecoder();
  let head = "";
  while (!head.includes("\n")) head += text.decode((await reader.read()).value, { stream: true });
  reader.cancel();
  const { moulds, simple } = JSON.parse(head.split("\n")[0]), { rows } = await (await fetch("/customers/search-index")).json(), now = Date.now();
  const store = new Store({ indexedDB, IDBKeyRange, user: "bench" }), row = { html: '<li class="item"><h3><a href="⟦href⟧">x</a></h3>⟦mind⟧</li>', minds: [["", "m"]] };
  const pages = [{ url: "!moulds", html: { ...moulds, simple } }, { url: "/customers", html: '<html lang="zh-CN"><body data-zone="Asia/Shanghai">' }];
  await store.turnPages("s", [...pages, ...rows.map((index) => ({ url: `/customers/${index.id}`, html: "x".repeat(cards), row, index }))], [], { set: "s", lease: now + 1e9, seen: now, offset: 0, pulled: now });
  const phone = { now: () => Date.now() };
  window.bench = async (question, cold) => {
    if (cold || !window.pack) window.pack = new Pack({ store, now: () => Date.now() });
    const begun = performance.now(), html = await carried(phone, { store, pack: window.pack }, `/customers?q=${encodeURIComponent(question)}`);
    return [performance.now() - begun, html.split("<h3>").length - 1];
  };
  return rows.length;
}
