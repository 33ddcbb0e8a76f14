/* How far a line has proved itself with customers like this one: the rule of webapp/playbook/standing.py, in the same words.
   Both are held to tests/playbook/standing_table.json. */
const ENOUGH = 5, UNTRIED = 0.2, Z2 = 1.96 ** 2, STEPS = [[0, 1, 2], [0, 1], [1], [0], []];

/** The uses {worked, half, flat} with the customers most like this one. `cells`: [level, industry, role, worked, half, flat],
 *  `kind`: [level, industry, role], "" for what is not known. */
export function standing(cells, kind = ["", "", ""]) {
  for (const step of STEPS.filter((one) => one.every((n) => kind[n]))) {
    const sum = { worked: 0, half: 0, flat: 0 };
    for (const [level, industry, role, worked, half, flat] of cells) {
      if (!step.every((n) => [level, industry, role][n] === kind[n])) continue;
      sum.worked += worked;
      sum.half += half;
      sum.flat += flat;
    }
    if (total(sum) >= ENOUGH || !step.length) return sum;
  }
  return undefined;
}

export const total = ({ worked, half, flat }) => worked + half + flat;

/** Of all its uses, how many in a hundred worked; null as long as they are too few to say. */
export const percent = (went) => (total(went) >= ENOUGH ? Math.round((100 * went.worked) / total(went)) : null);

/** By what lines are put in order, the best first: 0 … 1. */
export function worth(went) {
  const yes = went.worked + went.half / 2, n = total(went), hope = (yes + 1) / (n + 2), share = yes / n;
  if (n < ENOUGH) return hope < 0.5 ? 2 * UNTRIED * hope : UNTRIED + (hope - 0.5) / 10;
  return (share + Z2 / 2 / n - Math.sqrt((Z2 * (share * (1 - share) + Z2 / 4 / n)) / n)) / (1 + Z2 / n);
}
