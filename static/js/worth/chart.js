/* Both bills over the years as two lines that climb in steps, by the measures of webapp/worth/chart.py. */

const LEFT = 6, WIDTH = 305, FLOOR = 168, HEIGHT = 140, LINES = 4, MARKS = 5, ROUND = "a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0";
const place = (at) => Math.floor(at * 10 + 0.5) / 10;

function stepOf(most) {
  for (let unit = 100; ; unit *= 10) for (const times of [1, 2, 2.5, 5]) if (unit * times * LINES >= most) return unit * times;
}

export function drawn({ ours, theirs, even }) {
  const span = ours.by_year.length - 1, step = stepOf(Math.max(ours.total, theirs.total)), apart = Math.ceil(span / MARKS);
  const x = (year) => place(LEFT + (WIDTH * year) / span), y = (cents) => place(FLOOR - (HEIGHT * cents) / (LINES * step));
  const path = ({ buy, by_year }) => `M${x(0)} ${y(buy)}${by_year.slice(1).map((cents, n) => `H${x(n + 1)}V${y(cents)}`).join("")}`;
  const years = Array.from({ length: Math.floor(span / apart) }, (_, n) => apart * (n + 1)), mine = y(ours.total), his = y(theirs.total);
  const low = Math.max(mine, his) < 146 ? 20 : -6, [ours_at, theirs_at] = mine > his ? [mine + low, his - 8] : [mine - 8, his + low];
  const dot = even ? `M${place(x(even) - 5.5)} ${y(ours.by_year[even])}${ROUND}` : "";
  return { step, years, ours: path(ours), theirs: path(theirs), dot, ours_at: place(ours_at), theirs_at: place(theirs_at), years_at: years.map(x) };
}
