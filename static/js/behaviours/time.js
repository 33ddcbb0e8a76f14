/* <time datetime data-relative="day|due|ago">: the page holds the date, this says how far it is from now.
   The words are the browser's own for its language, and #words for «due» and «overdue». */
import { words } from "../say.js";

const lang = document.documentElement.lang;
const near = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
const days = (n) => new Intl.NumberFormat(lang, { style: "unit", unit: "day", unitDisplay: "long" }).format(n);
const written = new WeakMap();

const dayNumber = (iso) => Date.parse(iso.slice(0, 10)) / 864e5;

function today() {
  const timeZone = document.body.dataset.zone || undefined;
  return dayNumber(new Intl.DateTimeFormat("sv-SE", { timeZone }).format(new Date()));
}

const say = {
  day: (date, text) => (Math.abs(date) <= 2 ? near.format(date, "day") : text),
  due: (date, text) => (date < 0 ? words().overdue.replace("{}", days(-date)) : words().due.replace("{}", say.day(date, text))),
};

function ago(iso, text) {
  const minutes = Math.round((Date.now() - Date.parse(iso)) / 6e4);
  if (minutes < 1) return words().now;
  if (minutes < 60) return near.format(-minutes, "minute");
  if (minutes < 1440) return near.format(-Math.floor(minutes / 60), "hour");
  return text;
}

export function refresh(time) {
  let page = written.get(time);
  if (page?.said !== time.textContent) written.set(time, (page = { text: time.textContent }));
  const { relative } = time.dataset, iso = time.dateTime;
  time.textContent = page.said = relative === "ago" ? ago(iso, page.text) : say[relative](dayNumber(iso) - today(), page.text);
}

const all = () => document.querySelectorAll("time[data-relative]").forEach(refresh);
setInterval(() => document.hidden || all(), 60_000);
document.addEventListener("visibilitychange", () => document.hidden || all());
