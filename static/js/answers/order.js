/* Which lines answer what was said, best first: as webapp/playbook/answers.py has it. */
import { begins, matches } from "../../../service_worker/search.js";
import { standing, worth } from "./standing.js";
import { kindOf } from "./taps.js";

const LINES = 3, ALSO = 6, ELSEWHERE = 2, NOT = 3;

/** 0: customers say so. 1: only letters from its middle. 2: it stands in its title or line. 3: not at all. */
function tier(said, { heard = [], more = [] }, simplified) {
  const found = heard.filter((phrase) => matches(said, phrase, simplified));
  if (found.length) return /[^\x00-\x7f]/.test(said) || found.some((phrase) => begins(said, phrase, simplified)) ? 0 : 1;
  return matches(said, [...more, ...heard.flat()], simplified) ? ELSEWHERE : NOT;
}

const covers = (named, industry) => industry && (industry.includes(named) || named.includes(industry));
const fits = ({ stages, levels, trades }, { stage, level, industry = "" }) =>
  (!stages || stages.includes(stage)) && (!levels || levels.includes(level)) && (!trades || trades.some((named) => covers(named, industry.trim().toLowerCase())));

const before = (a, b) => { const n = a.findIndex((value, place) => value !== b[place]); return n < 0 ? 0 : a[n] - b[n]; };

/** {lines, also}: of the tracks those that answer `said` to the customer `of` (none: nobody named). `taps`: track id → cells of
 *  what this phone alone knows; `simplified`: a 汉字 → its simplified one. */
export function answers(tracks, said, of, taps, simplified) {
  const kind = of ? kindOf(of) : undefined;
  const found = tracks.map((track, place) => {
    const went = standing([...(track.cells ?? []), ...(taps[track.id] ?? [])], kind);
    return { track, by: [tier(said, track, simplified), Number(Boolean(of) && !fits(track, of)), Number(Boolean(track.foreign)), -worth(went), place] };
  }).filter(({ by }) => by[0] < NOT).sort((a, b) => before(a.by, b.by)).map(({ track }) => track);
  const lines = found.slice(0, LINES), known = new Set(found.map(({ slug }) => slug));
  const onward = [...new Set(lines.flatMap(({ next = [] }) => next))].filter((slug) => !known.has(slug)).map((slug) => tracks.find((one) => one.slug === slug)).filter(Boolean);
  return { lines, also: [...found.slice(LINES), ...onward].slice(0, ALSO) };
}
