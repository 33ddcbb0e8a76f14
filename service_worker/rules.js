/* Who answers what: an ordered list. A request that no rule knows goes its own way. */
import { signIn, signOut } from "./doors.js";
import { pass, post } from "./letterbox.js";
import { isServersOnly } from "./names.js";
import { opened } from "./opened.js";
import { answerPage, answerPart, standIn } from "./pages.js";
import { takeShared } from "./shared.js";
import { shellFirst } from "./shell.js";

const path = ({ url }) => new URL(url).pathname;
const isForm = ({ method, headers }) => method === "POST" && /^(application\/x-www-form-urlencoded|multipart\/form-data)/.test(headers.get("Content-Type") ?? "");
const isPage = ({ method, mode, headers }) => method === "GET" && (mode === "navigate" || headers.has("HX-Request") || headers.has("HX-Request-Type")); // on the way back htmx says the latter only
const isPart = ({ headers }) => headers.has("HX-Request") && !headers.has("HX-Boosted") && !headers.get("HX-Target")?.startsWith("body");

export const rules = [
  { match: (request) => request.method === "GET" && path(request).startsWith("/assets/"), answer: (_phone, request) => shellFirst(request) },
  { match: (request) => request.method === "POST" && path(request) === "/sign-in", answer: signIn },
  { match: (request) => request.method === "POST" && path(request) === "/sign-out", answer: signOut },
  { match: (request) => request.method === "POST" && path(request).endsWith("/opening"), answer: opened },
  { match: (request) => isForm(request) && path(request) === "/new-report", answer: takeShared },
  { match: (request) => isForm(request) && isServersOnly(path(request)), answer: pass },
  { match: isForm, answer: post },
  { match: isPart, answer: answerPart },
  { match: isPage, answer: answerPage },
];

/** The answer of the first rule that fits, or undefined. A whole page that cannot come is stood in for, whatever was wanted. */
export function answer(phone, request, later) {
  const ours = new URL(request.url).origin === location.origin, rule = rules.find(({ match }) => ours && match(request));
  return rule?.answer(phone, request, later).catch(() => (request.mode === "navigate" ? standIn(phone) : Response.error()));
}
