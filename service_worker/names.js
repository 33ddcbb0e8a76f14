/* What phone and server call things (docs/protocol.md), and the measures of both. Times in milliseconds, sizes in bytes. */

export const PROTOCOL = 1;
export const HEADER = "Doorstep-Protocol";
export const BLANK_ID = "00000000-0000-4000-8000-000000000000";
export const NOBODY = "00000000-0000-4000-8000-000000000001"; // the id of a stranger, in the pages that were rendered of one

export const SECOND = 1000, MINUTE = 60 * SECOND, DAY = 24 * 60 * MINUTE;
export const BATCH = { entries: 100, bytes: 240 * 1024 }; // the server takes 256 KiB; the envelope wants some of it
export const PIECE = 256 * 1024;
export const PAGES_AT_ONCE = 50;
export const QUICK = 5 * SECOND; // a line that has carried a batch in less may carry two at once
export const BACK_OFF = { least: 2 * SECOND, most: 15 * MINUTE };
export const LEASE = 90 * SECOND; // how long one that sends may be silent before another takes over
export const KEPT = 7 * DAY; // how long what is delivered stays where the server says nothing of backups
export const SLACK = 10 * MINUTE; // how far a clock may be set back before nobody believes it

/* Addresses that are the server's alone: who comes in, who administers, what decides for everybody, and files. */
const SERVER_ONLY = /^\/(sign-in|sign-out|language|settings|users|teams|devices|audit|customers\/import|customers\/reassignments|reviews\/quarantine|healthz|outbox|attachments|field-pack|push)(\/|$)|^\/playbook\/(products|files)(\/|$)|^\/playbook\/[^/]+\/(approval|remarks|coaching)$|\/(merge|owner|opening|reading|postponement)$|\/(sample|export|faults|visits|copy)\./;

export const isServersOnly = (pathname) => SERVER_ONLY.test(pathname);

/** Where an address of this house leads to: its path and its question. */
export const placeOf = (url) => { const { pathname, search } = new URL(url, location.origin); return pathname + search; };

const OF_A_CUSTOMER = /^\/customers\/([0-9a-f-]{36})(\/|$)/;

/** The customer that an entry is about: from its address, or the only one whom it plans; one that is new is its own. */
export function scopeOf(action, id, fields = []) {
  if (action === "/customers") return id;
  const planned = /^\/days\/[\d-]+\/stops$/.test(action) ? fields.filter(([name]) => name === "customer_id") : [];
  return OF_A_CUSTOMER.exec(action)?.[1] ?? (planned.length === 1 ? planned[0][1] : "");
}

/* How far an entry is. */
export const WAITING = "waiting", SENDING = "sending", DELIVERED = "delivered", QUARANTINED = "quarantined",
  REJECTED = "rejected", CONFLICT = "conflict";
export const isUnsent = ({ state }) => state === WAITING || state === SENDING;
export const isStuck = ({ state }) => state === REJECTED || state === CONFLICT;
export const hasArrived = ({ state }) => state === DELIVERED || state === QUARANTINED;
