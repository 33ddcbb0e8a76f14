/* What a calculation says, as words with holes are filled with it, and what of the page is to be seen: as
   webapp/worth/showing.py has it. Pure. */
import { rowWorth } from "./rules.js";
import { brief, money, number } from "./typed.js";

const KINDS = ["buy", "upkeep", "energy", "total"], cents = (typed) => (number(typed) === null ? null : Math.round(number(typed) * 100));

/** The sums that a form's fields hold; null as long as a price is missing or something is no number. */
export function sumsOf(field) {
  let fine = true;
  const read = (name, times = 1) => {
    const typed = field(name), value = number(typed);
    if (typed.trim() && !(value >= 0)) fine = false;
    return times === 1 ? value ?? 0 : Math.round((value ?? 0) * times);
  };
  const side = (who) => ({ price: read(`${who}_price`, 100), life: read(`${who}_life`), change: read(`${who}_change`, 100), stop: read(`${who}_stop`), energy: read(`${who}_energy`, 100) });
  const sums = { ours: side("ours"), theirs: side("theirs"), quantity: read("quantity"), hours: read("hours"), years: read("years"), stop_cost: read("stop_cost", 100), rate: read("rate"), renews: field("at_end") !== "repair" };
  const whole = [sums.quantity, sums.years].every((n) => Number.isInteger(n) && n >= 1) && sums.years <= 50;
  return fine && whole && field("ours_price").trim() && field("theirs_price").trim() ? sums : null;
}

function verdict({ ours, theirs, saved, even }) {
  const which = saved > 0 ? "saved" : saved < 0 ? "more" : "same", when = even === null ? "never" : even ? "even" : "at-once";
  return ["full", which, `${which}-${when}`, ...(even ? ["dot"] : []), ...["changes", "energy"].filter((kind) => ours[kind] || theirs[kind])];
}

function billSaid(name, bill, lang) {
  const sums = KINDS.map((kind) => [`${name}_${kind}`, money(bill[kind])]);
  return { ...Object.fromEntries(sums), [`${name}_changes`]: bill.changes.toLocaleString("en"), [`${name}_brief`]: brief(bill.total, lang) };
}

/** {said: hole → words, states} of a result and its chart; without them, of an empty page. `field(name)`: what is typed. */
export function saidOf(field, answer, chart, sums, lang, rows) {
  const said = { title: field("title"), rival: field("rival") }, states = new Set([answer ? "full" : "empty", said.rival ? "named" : "unnamed"]);
  if (answer) {
    Object.assign(said, { quantity: sums.quantity.toLocaleString("en"), years: String(sums.years), saved: money(Math.abs(answer.saved)), even: String(answer.even ?? 0) });
    Object.assign(said, billSaid("ours", answer.ours, lang), billSaid("theirs", answer.theirs, lang));
    for (const state of verdict(answer)) states.add(state);
    for (let n = 1; n <= 4; n += 1) said[`y${n}`] = brief(chart.step * n, lang);
    chart.years.forEach((year, n) => { said[`x${n + 1}`] = String(year); states.add(`x${n + 1}`); });
  }
  let total = null;
  for (let n = 0; n < rows; n += 1) {
    const at = (name) => field(`rows-${n}-${name}`).trim(), worth = rowWorth(number(at("ours")), number(at("theirs")), cents(at("worth")));
    for (const name of ["name", "unit", "ours", "theirs"]) said[`${name}${n}`] = at(name);
    said[`worth${n}`] = worth === null ? "" : money(worth);
    if (at("name")) { states.add(`row${n}`).add("rows"); if (worth !== null) total = (total ?? 0) + worth; }
  }
  said.worth = total === null ? "" : money(total);
  if (total !== null) states.add("worth");
  return { said, states };
}
