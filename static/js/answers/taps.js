/* What this phone has noted of lines and the pages that it carries do not count yet. */
const USE = /^\/playbook\/([^/]+)\/uses$/, THERE = ["delivered", "quarantined"], WORDS = ["worked", "half", "flat"];

const day = (time) => new Date(time).toDateString();

function said(entry) {
  const told = Object.fromEntries(entry.fields), track = USE.exec(entry.action)?.[1] ?? told.track_id, outcome = told.outcome ?? told.track_outcome;
  const customer = told.customer ?? (USE.test(entry.action) ? "" : entry.scope);
  return track && WORDS.includes(outcome) ? { track, outcome, customer, key: [track, customer, day(entry.made_at)].join() } : null;
}

/** {taps, today}: track id → cells to be added to what is carried; track id → what was said of it today with this customer.
 *  A later word of a day takes the place of the one before, also where that is counted on the server already. `of`: the customer
 *  at hand; of the others one knows here no kind, so they count among all. */
export function own(entries, pulled, of, now) {
  const taps = {}, today = {}, last = new Map();
  const add = ({ track, customer, outcome }, n) => {
    const kind = of && customer === of.id ? [of.level ?? "", (of.industry ?? "").trim(), of.role ?? ""] : ["", "", ""];
    (taps[track] ??= []).push([...kind, ...WORDS.map((word) => (word === outcome ? n : 0))]);
  };
  for (const entry of [...entries].sort((a, b) => a.seq - b.seq)) {
    const one = said(entry);
    if (!one) continue;
    if (!THERE.includes(entry.state) || entry.answer.at > pulled) {
      add(one, 1);
      if (last.has(one.key)) add(last.get(one.key), -1);
    }
    last.set(one.key, one);
    if (one.customer === (of?.id ?? "") && day(entry.made_at) === day(now)) today[one.track] = one.outcome;
  }
  return { taps, today };
}
