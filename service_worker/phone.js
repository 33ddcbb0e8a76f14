/* Whose turn it is on this phone. Everything that is kept belongs to one person; the next one opens another drawer.
   The pages say who is signed in; a session that is over changes nobody's turn, only signing in and out do. */
import { NOTHING } from "./lease.js";
import { Outbox } from "./outbox.js";
import { Pack } from "./pack.js";
import { SECOND } from "./names.js";
import { Store } from "./store.js";

const REST = 5 * SECOND; // between two looks at whether something has changed
const NOTICE = 20 * SECOND;

export class Phone {
  #drawer = null; #looking = null;

  /** indexedDB, IDBKeyRange, fetch, now, ids, random, locks, build, compress, tell, ready. */
  constructor(means) {
    Object.assign(this, means);
    this.means = means;
    this.desk = new Store({ ...means, user: "" });
  }

  /** The drawer of the person whose turn it is {user, store, outbox, pack}, or null. */
  async mine() {
    const user = await this.desk.fact("user");
    if (!user) return (this.#drawer = null);
    if (this.#drawer?.user !== user) {
      const store = new Store({ ...this.means, user }), means = { ...this.means, store };
      const outbox = new Outbox(means), pack = new Pack({ ...means, epochSeen: (epoch) => outbox.epochSeen(epoch), told: () => outbox.told() });
      this.#drawer = { user, store, outbox, pack };
    }
    return this.#drawer;
  }

  /** A page from the server has said who is signed in. */
  async learn(user) {
    if (!user || (await this.desk.fact("owed"))) return;
    const before = await this.desk.fact("user"), last = before || (await this.desk.fact("left"));
    if (last && last !== user) await this.#clear(last);
    if (before !== user) await this.desk.setFacts({ user, left: null });
    const mine = await this.mine();
    await mine.store.setFacts({ out: null });
    if (before && before !== user) this.tell({ kind: "somebody else" });
    await mine.outbox.unpark();
  }

  /** Pages of somebody whose turn it is no more: nobody keeps them true, or takes them back when they are no longer his. */
  async #clear(user) {
    const store = new Store({ ...this.means, user });
    await store.forgetPages(NOTHING);
    store.close();
  }

  /** Nobody's turn: somebody is signing in. */
  async leave() {
    const user = await this.desk.fact("user");
    if (user) await this.desk.setFacts({ user: null, left: user });
  }

  /** Signed out by hand: what this person could read is gone, what is unsent stays sealed. `owed`: the server does not know yet. */
  async close(owed) {
    const mine = await this.mine();
    if (mine) await mine.store.forgetReading({ ...NOTHING, notice: null });
    await this.desk.setFacts({ user: null, left: null, owed: owed || null });
  }

  /** A sign-out that the server has not heard of comes before anything else that it is asked. False: it cannot be told. */
  async settle() {
    if (!(await this.desk.fact("owed"))) return true;
    try {
      const answer = await this.fetch("/sign-out", { method: "POST", credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(3 * SECOND) });
      if (answer.type !== "opaqueredirect" && !answer.ok) return false;
    } catch {
      return false;
    }
    await this.desk.setFacts({ owed: null });
    return true;
  }

  /** Look whether the server has something new; at most every few seconds unless it is `urgent`. */
  async look(urgent = false) {
    const mine = await this.mine();
    if (!mine || !(await this.settle())) return "no";
    if (!urgent && Math.abs(((await mine.store.fact("looked")) ?? 0) - this.now()) < REST) return "rest"; // a look of a time to come: the clock was wrong then
    this.#looking ??= this.#look(mine).finally(() => { this.#looking = null; });
    return this.#looking;
  }

  async #look({ store, pack, outbox }) {
    await store.setFacts({ looked: this.now() });
    const result = await pack.pull();
    if (result === "fresh") {
      await store.setFacts({ out: null, distrust: null });
      await outbox.prune(await store.fact("durable"));
      if ((await outbox.sum()).parked) {
        await outbox.unpark();
        outbox.flush();
      }
      await this.learnHome(store);
    }
    if (result === "signed out") await store.setFacts({ out: this.now() });
    if (result === "not ours") await this.learn(pack.other);
    this.tell({ kind: "looked", result });
    return result;
  }

  /** Where "/" leads differs from person to person: asked once for every edition of the pack. */
  async learnHome(store) {
    const edition = await store.fact("edition");
    if ((await store.fact("home of")) === edition) return;
    try {
      const { ok, redirected, url } = await this.fetch("/", { credentials: "same-origin", signal: AbortSignal.timeout(10 * SECOND) });
      const { pathname } = new URL(url);
      if (ok && redirected) await store.setFacts({ "home of": edition, home: pathname.startsWith("/days/") ? "/days/{today}" : pathname });
    } catch { /* asked again with the next look */ }
  }

  async flush(now) {
    const mine = await this.mine();
    if (mine && (await this.settle())) await mine.outbox.flush({ now });
  }

  /** What the pages show of this phone, computed from what is stored. */
  async state() {
    const mine = await this.mine();
    if (!mine) return { user: "" };
    const { user, store, outbox, pack } = mine, over = await pack.isOver(), pulling = pack.isPulling, sum = await outbox.sum();
    const facts = await store.facts("set", "looked", "out", "pulled"), deaf = !pulling && !facts.out && facts.looked > facts.pulled; // nobody answered the last look
    return { user, over, pulling, whole: Boolean(facts.set), ...facts, ...sum, failures: sum.failures + deaf };
  }

  /** The word for the next page that asks: kept, sent, or to be mended. It is said once, and soon. */
  async takeNotice() {
    const mine = await this.mine();
    let notice = null;
    await mine?.store.changeFact("notice", (known) => {
      if (known && known.at + NOTICE > this.now()) notice = known;
      return known ? false : undefined;
    });
    return notice;
  }
}
