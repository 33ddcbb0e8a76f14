/* What is typed, as a number; and numbers as people read them, as webapp/foundation/words.py writes them. */

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, BESIDE = /[\s,\u00a5]|\u5143$|RMB|CNY/g, TENTHOUSAND = /\u4e07$/;

/** The number that was typed: full-width digits, thousands commas, a currency sign, ten thousands; null if it is none. */
export function number(text) {
  const all = text.normalize("NFKC").replace(BESIDE, ""), plain = all.replace(TENTHOUSAND, "");
  return PLAIN.test(plain) ? Number(plain) * (all === plain ? 1 : 10_000) : null;
}

/** A sum of cents as it stands in a page. */
export function money(cents) {
  const digits = cents % 100 ? 2 : 0, yuan = Math.abs(cents) / 100;
  return `${cents < 0 ? "-" : ""}\u00a5${yuan.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** The same on the chart, in few signs. */
export const brief = (cents, lang) => (cents / 100).toLocaleString(lang, { notation: "compact", maximumFractionDigits: 1 });
