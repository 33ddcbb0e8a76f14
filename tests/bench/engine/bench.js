/* The worker's own outbox, driven as the sync bench asks: the same code that runs in phones, in a page so that it can be timed. */

const gzip = (text) => new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
const PURPOSES = { 巡店: "service", 签约: "order", 收款: "collection", 投诉处理: "complaint", 新品推介: "new_customer" };
const RESULTS = { 成交: "ordered", 跟进中: "progress", 无意向: "refused", 待审批: "progress" };
const customer = (code) => `00000000-0000-4000-9000-${code.slice(1).padStart(12, "0")}`;
const fields = ({ purpose, result, notes, next_step }) => Object.entries({ purpose: PURPOSES[purpose], result: RESULTS[result], needs: notes, next_step, next_on: "pick", next_pick: about.next_on });
let about, store, outbox;

const save = (doc) => outbox.capture({ id: doc.id, action: `/customers/${customer(doc.customer_id)}/reports`, fields: fields(doc), form: "" });

window.bench = {
  async init() {
    about = await (await fetch("/_bench/about")).json();
    const [{ Outbox }, { Store }] = await Promise.all(["outbox", "store"].map((name) => import(`/static/service_worker/${name}.js`)));
    store = new Store({ indexedDB, IDBKeyRange, user: about.user });
    outbox = new Outbox({ store, fetch: (...asked) => fetch(...asked), now: () => Date.now(), ids: () => crypto.randomUUID(), random: Math.random, build: about.build, locks: navigator.locks, compress: gzip, tell: () => {} });
    await store.fact("epoch");
  },
  async writeEach(docs) {
    const began = performance.now();
    for (const doc of docs) await save(doc);
    return performance.now() - began;
  },
  async push() {
    const began = performance.now(), before = await outbox.sum();
    await outbox.flush({ now: true });
    const left = await outbox.sum();
    if (left.stuck) throw new Error(JSON.stringify((await store.entries()).find(({ state }) => state === "rejected").answer));
    return { ms: performance.now() - began, n: before.waiting - left.waiting };
  },
  count: async () => (await store.entries()).length,
};
