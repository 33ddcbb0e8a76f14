/* What this phone has noted of lines and the pages that it carries do not count yet. */
const USE = /^\/playbook\/([^/]+)\/uses$/, THERE = ["delivered", "quarantined"], WORDS = ["worked", "half", "flat"];
const ROLES = ["decision_maker", "influencer", "user", "gatekeeper"]; // as webapp/playbook/standing.py has it

const day = (time) => new Date(time).toDateString();

/** Whether the pages that are carried do not count it yet. */
export const isNews = ({ state, answer }, pulled) => !THERE.includes(state) || answer.at > pulled;

/** What an entry says of a line: {track, outcome, customer, met, key}, or null. `met`: of a report, whom one met (ids; "": somebody new). */
export function said(entry) {
  const told = Object.fromEntries(entry.fields), track = USE.exec(entry.action)?.[1] ?? told.track_id, outcome = told.outcome ?? told.track_outcome;
  const customer = told.customer ?? (USE.test(entry.action) ? "" : entry.scope);
  const met = entry.fields.filter(([name, value]) => name === "met" || (name === "met_new" && value)).map(([name, value]) => (name === "met" ? value : ""));
  return track && WORDS.includes(outcome) ? { track, outcome, customer, met, key: [track, customer, day(entry.made_at)].join() } : null;
}

/** The customers whom this phone knows: those of the pack (`rows`), and those whom it has written down itself. */
export function customers(rows, entries) {
  const new_ = entries.filter(({ id, action }) => action === "/customers" && !rows.some((row) => row.id === id));
  return [...rows, ...new_.map(({ id, fields }) => {
    const { name, short_name: short, level, stage, industry } = Object.fromEntries(fields);
    return { id, name: short || name, level: level || "E", stage: stage || "search", industry };
  })];
}

/** What kind of customer this is, by those whom one met there (ids), else by all who work there: [level, industry, role]. */
export function kindOf(row, met = []) {
  if (!row) return ["", "", ""];
  const roles = met.map((id) => (id && row.roles ? row.roles[id.slice(-6)] : id && row.role)), role = met.length ? ROLES.find((one) => roles.includes(one)) : row.role;
  return [row.level ?? "", (row.industry ?? "").trim(), role ?? ""];
}

/** {taps, today}: track id → cells to be added to what is carried; track id → what was said of it today with this customer.
 *  A later word of a day takes the place of the one before, also where that is counted on the server already. `known`: the
 *  customers of this phone, `of`: the id of the one at hand. */
export function own(entries, pulled, known, of, now) {
  const taps = {}, today = {}, last = new Map();
  const add = ({ track, kind, outcome }, n) => (taps[track] ??= []).push([...kind, ...WORDS.map((word) => (word === outcome ? n : 0))]);
  for (const entry of [...entries].sort((a, b) => a.seq - b.seq)) {
    const one = said(entry);
    if (!one) continue;
    one.kind = kindOf(known.find(({ id }) => id === one.customer), one.met);
    if (isNews(entry, pulled)) {
      add(one, 1);
      if (last.has(one.key)) add(last.get(one.key), -1);
    }
    last.set(one.key, one);
    if (one.customer === of && day(entry.made_at) === day(now)) today[one.track] = one.outcome;
  }
  return { taps, today };
}
