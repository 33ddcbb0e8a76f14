export const LATE = Symbol("late");

/** What the promise gives if it does so in time (ms), else LATE; its failure is LATE too. */
export function within(ms, promise) {
  let timer;
  const late = new Promise((done) => { timer = setTimeout(done, ms, LATE); });
  return Promise.race([Promise.resolve(promise).catch(() => LATE), late]).finally(() => clearTimeout(timer));
}
