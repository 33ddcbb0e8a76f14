/* One window writes a form at a time: whoever came first, until he goes or another says "here". By the browser's own
   locks, or where it has none by a note that he renews. */

const BEAT = 3000, STALE = 10_000, BRIEF = 400;
const held = new Map(); // form → how to let go

function sweep() {
  for (const [form, letGo] of held) if (!form.isConnected) { held.delete(form); letGo(); }
}
document.addEventListener("htmx:after:swap", sweep);

/** `mine()` when this window may write, `lost()` when another does. Returns how to take it over. */
export function hold(form, name, turns) {
  sweep();
  const { take, letGo } = (navigator.locks ? byLock : byNote)(`doorstep-draft ${name}`, turns);
  held.set(form, letGo);
  return take;
}

function byLock(name, { mine, lost }) {
  let release, waiting = new AbortController();
  const keep = () => { clearTimeout(timer); mine(); return new Promise((done) => { release = done; }); };
  const request = (options) => navigator.locks.request(name, options, keep).catch((error) => { if (error.name === "AbortError" && !options.signal?.aborted) { lost(); wait(); } });
  const wait = () => { waiting = new AbortController(); request({ signal: waiting.signal }); };
  const timer = setTimeout(lost, BRIEF); // the window that is just closing lets go in less
  wait();
  return {
    take: () => { waiting.abort(); request({ steal: true }); },
    letGo: () => { clearTimeout(timer); waiting.abort(); release?.(); },
  };
}

function byNote(name, { mine, lost }) {
  const me = Math.random();
  let has = null;
  const write = () => localStorage.setItem(name, JSON.stringify({ me, at: Date.now() }));
  const turn = (is) => { if (is !== has) (is ? mine : lost)(); has = is; if (is) write(); };
  const look = () => {
    const holder = JSON.parse(localStorage.getItem(name) ?? "null");
    turn(!holder || holder.me === me || holder.at + STALE < Date.now());
  };
  const hear = ({ key }) => { if (key === name) look(); }, timer = setInterval(look, BEAT);
  addEventListener("storage", hear);
  look();
  return {
    take: () => { write(); turn(true); },
    letGo: () => { clearInterval(timer); removeEventListener("storage", hear); if (has) localStorage.removeItem(name); },
  };
}
