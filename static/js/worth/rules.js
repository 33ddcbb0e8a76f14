/* What a thing costs over the years, by the rules of webapp/worth/rules.py, which say why; tests/worth/cases.json holds both
   to them. Pure; sums are whole cents. */

const rounded = (amount) => Math.floor(amount + 0.5);

function worn({ life }, { hours, years }, year) {
  const lives = (year * hours) / life;
  return life ? (year < years ? Math.floor(lives) : Math.max(0, Math.ceil(lives) - 1)) : 0;
}

function bill(side, sums) {
  const { price, change, stop, energy: runs } = side, { quantity, years, stop_cost, rate, renews } = sums;
  const each = (renews ? price : 0) + change + rounded(stop * stop_cost), buy = price * quantity, by_year = [buy];
  let upkeep = 0, energy = 0, share = 1;
  for (let year = 1; year <= years; year += 1) {
    share /= 1 + rate / 100;
    const work = (worn(side, sums, year) - worn(side, sums, year - 1)) * each * quantity;
    if (work + runs * quantity + by_year.at(-1) > Number.MAX_SAFE_INTEGER) return null;
    upkeep += rounded(work * share);
    energy += rounded(runs * quantity * share);
    by_year.push(buy + upkeep + energy);
  }
  return { buy, changes: worn(side, sums, years), upkeep, energy, total: by_year.at(-1), by_year };
}

/** The bills of both sides, what is saved, and in which year ours has paid for itself; null if the sums cannot be true. */
export function reckon(sums) {
  const ours = bill(sums.ours, sums), theirs = bill(sums.theirs, sums);
  if (!ours || !theirs) return null;
  const even = ours.by_year.findLastIndex((paid, year) => paid > theirs.by_year[year]) + 1;
  return { ours, theirs, saved: theirs.total - ours.total, even: even <= sums.years ? even : null };
}

/** What it means in money that ours has more of something; null where it is no matter of numbers. */
export const rowWorth = (ours, theirs, cents) => ([ours, theirs, cents].includes(null) ? null : rounded((ours - theirs) * cents));
