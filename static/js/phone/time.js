/** A moment as its reader's clock shows it; on another day with the date. */
export function at(time) {
  const timeZone = document.body.dataset.zone || undefined, day = (moment) => new Intl.DateTimeFormat("sv-SE", { timeZone }).format(new Date(moment));
  const date = day(time) === day(Date.now()) ? {} : { month: "numeric", day: "numeric" };
  return new Intl.DateTimeFormat(document.documentElement.lang, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...date }).format(new Date(time));
}
