/* The search box without a signal: the rules of webapp/foundation/pinyin.py, of which rules 1, 2, 4 and 5 are told here a
   second time; the keys of rule 3 and the readings come from the server. tests/foundation/search_table.json holds both. */

const PIECE = 32, MAX_UNITS = 48, MAX_ALTERNATES = 8, MAX_NEEDLES = 8;
const COUNTRY = /(?:\+|(?<![\p{L}\p{N}_])00)86[\s-]*|(?<![\p{L}\p{N}_])86(?=1\p{Nd}{10}(?![\p{L}\p{N}_]))/gu;
const WORD = /^[\p{Ll}\p{Nd}]/u, ALONE = /^[\p{L}\p{N}\p{So}]/u, NUMBER = /^\p{Nd}{4,}$/u;

const cut = (text) => [...text].slice(0, PIECE).join("");
const isWord = (char) => WORD.test(char);

/** The traditional 汉字 of `simple` (each with its simplified one behind it), to be looked up. */
export function simplifier(simple) {
  if (last.simple !== simple) {
    const chars = [...simple], known = new Map();
    for (let n = 0; n < chars.length; n += 2) known.set(chars[n], chars[n + 1]);
    last = { simple, look: (char) => known.get(char) ?? char };
  }
  return last.look;
}

let last = {};

function spreadOut(text) {
  const bare = text.normalize("NFKD").toLowerCase().replace(/\p{Mn}/gu, "");
  return bare.normalize("NFC").replace(COUNTRY, "");
}

/** Rule 2: the chunks of a text, each a list of { text, word }. */
function* chunks(text) {
  let units = [], joined = false;
  for (const char of text) {
    const word = isWord(char);
    if (!word && !ALONE.test(char)) { joined = false; continue; }
    const last = units.at(-1);
    if (word && last?.word && joined) last.text += char;
    else {
      if (word && last?.word) { yield units; units = []; }
      units.push({ text: char, word });
    }
    joined = true;
  }
  if (units.length) yield units;
}

/** Rule 4: the runs of each chunk of a question; a number of four digits and more is a chunk of its own. */
function questions(query, simplified) {
  const found = [];
  for (const text of spreadOut(query).split(/\s+/u).filter(Boolean)) for (const units of chunks(text)) {
    const runs = [];
    for (const { text: part, word } of units) {
      if (word) runs.push({ text: cut(part), word });
      else if (runs.length && !runs.at(-1).word) runs.at(-1).text += simplified(part);
      else runs.push({ text: simplified(part), word });
    }
    const texts = runs.map((run) => run.text);
    found.push(...texts.filter((run) => NUMBER.test(run)).map((run) => [run]));
    const rest = texts.filter((run) => !NUMBER.test(run));
    if (rest.length) found.push(rest);
  }
  return found;
}

const needle = (run) => (isWord(run) && !NUMBER.test(run) ? ` ${run}` : run);
const needlesOf = (asked) => [...new Set(asked.flat().map(needle))].slice(0, MAX_NEEDLES);

/** The needles of a question: each must lie in the key. */
export const conditions = (query, simplified) => needlesOf(questions(query, simplified));

/** A chunk as the server spells it (foundation/aloud.py) → its units. */
const unitsOf = (chunk) => chunk.split(" ").map((unit) => {
  const [first] = unit;
  return isWord(first) ? { text: unit, word: true, readings: [unit] } : { text: first, word: false, readings: unit.slice(first.length).split(",") };
});

/** The readings of a chunk, then those with one alternate each. */
function* ways(units) {
  const readings = units.map((unit) => unit.readings[0]);
  yield readings;
  let left = MAX_ALTERNATES;
  for (const [place, unit] of units.entries()) for (const other of unit.word ? [] : unit.readings.slice(1, 1 + left)) {
    left -= 1;
    yield readings.with(place, other);
  }
}

function follows(units, readings, start, [run, ...others]) {
  if (run === undefined) return true;
  if (!isWord(run)) {
    const end = start + [...run].length;
    return units.slice(start, end).map((unit) => unit.text).join("") === run && follows(units, readings, end, others);
  }
  const spoken = readings.slice(start), initials = spoken.map((reading, n) => (units[start + n].word ? reading : reading.slice(0, 1)));
  for (const parts of [spoken, initials]) {
    if (!others.length && parts.join("").startsWith(run)) return true;
    let said = "";
    for (const [n, part] of parts.entries()) {
      said += part;
      if (others.length && said === run && follows(units, readings, start + n + 1, others)) return true;
    }
  }
  return false;
}

function holds(units, runs) {
  if (NUMBER.test(runs[0])) return units.some((unit) => unit.word && unit.text.includes(runs[0]));
  for (const readings of ways(units.slice(0, MAX_UNITS))) {
    for (let start = 0; start < units.length; start += 1) if (follows(units, readings, start, runs)) return true;
  }
  return false;
}

const held = (asked, said) => {
  const known = said.map(unitsOf);
  return asked.every((runs) => known.some((units) => holds(units, runs)));
};

/** Rules 4 and 5, exactly, on the chunks of a customer's texts. */
export const matches = (query, said, simplified) => held(questions(query, simplified), said);

/** Whether a text that answers a question begins with it. */
export function begins(query, [first], simplified) {
  const [[run] = []] = questions(query, simplified), units = first ? unitsOf(first).slice(0, MAX_UNITS) : [];
  const parts = (readings) => [readings, readings.map((reading, n) => (units[n].word ? reading : reading.slice(0, 1)))];
  return [...ways(units)].flatMap(parts).some((spoken) => spoken.join("").startsWith(run));
}

function rank(needles, key) {
  const head = `${key.split(" | ", 1)[0]} `, first = ` ${(needles[0] ?? "").trim()}`;
  if (!needles.length || !head.includes(first)) return 2;
  return needles.length === 1 && head.includes(`${first} `) ? 0 : 1;
}

/** 0: the name is what was asked, 1: it begins so, 2: it is found elsewhere, 3: not at all. */
export function score(query, key, simplified) {
  const needles = conditions(query, simplified);
  return needles.every((one) => key.includes(one)) ? rank(needles, key) : 3;
}

const earlier = (a, b) => (a < b ? -1 : Number(a > b));

/** The rows (`{ id, key, sort, said, … }`) that answer a question, best first, in the order of the server's list. */
export function search(query, rows, simplified) {
  const asked = questions(query, simplified), needles = needlesOf(asked), mixed = asked.some((runs) => runs.length > 1);
  const found = [];
  for (const row of rows) {
    if (needles.every((one) => row.key.includes(one)) && (!mixed || held(asked, row.said))) found.push([rank(needles, row.key), row]);
  }
  found.sort(([a, one], [b, other]) => a - b || earlier(one.sort, other.sort) || earlier(one.id, other.id));
  return found.map(([, row]) => row);
}
