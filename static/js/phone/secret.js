/* Numbers that no free text may hold (identity cards, passports, bank cards) are seen before a form is kept, by the rules of
   webapp/foundation/privacy.py; tests/foundation/secret_numbers.json holds both to them. Nothing of the form is lost. */

const GAP = "[ \\t\\u00a0\\-\\u2013\\u2014_\\u00b7]{1,2}"; // not with a look behind: Safari learned that late
const ID_CARD = new RegExp(`(?:^|\\D)(\\d{6})(?:${GAP})?(\\d{8})(?:${GAP})?(\\d{3}[\\dXx])(?![\\dA-WYZa-wyz])`, "g");
const OLD_ID_CARD = /(?:^|[^\dA-Za-z])(\d{15})(?![\dA-Za-z])/g;
const PASSPORT = /(?:\u62a4\u7167|\u901a\u884c\u8bc1|passport)(?:[^\n]{0,11}[^\dA-Za-z\n])?[A-Za-z]{1,2}\d{7,8}(?![\dA-Za-z])/i;
const GROUPS = `\\d{4}(?:${GAP}\\d{4}){2,3}(?:${GAP}\\d{1,4})?|\\d{6}${GAP}\\d{7,13}|\\d{6}(?:${GAP}\\d{3,6}){2,3}`;
const BANK_CARD = new RegExp(`(?:^|[^\\dA-Za-z+])(\\d{13,19}|${GROUPS})(?![\\dA-Za-z])`, "g");
const PROVINCE = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const some = (text, pattern, is) => [...text.matchAll(pattern)].some(([, ...parts]) => is(parts.join("").replace(/[^\dXx]/g, "")));

/** "idCard", "passport", "bankCard" or "": what kind of number a text holds that must not be kept. */
export function secretIn(said) {
  const text = said.normalize("NFKC");
  if (some(text, ID_CARD, isIdCard) || some(text, OLD_ID_CARD, isIdCard)) return "idCard";
  return PASSPORT.test(text) ? "passport" : some(text, BANK_CARD, isBankCard) ? "bankCard" : "";
}

function isIdCard(number) {
  if (!PROVINCE.test(number)) return false;
  if (number.length === 15) return isBirthday(`19${number.slice(6, 12)}`);
  const total = WEIGHTS.reduce((sum, weight, n) => sum + weight * number[n], 0);
  return isBirthday(number.slice(6, 14)) && "10X98765432"[total % 11] === number[17].toUpperCase();
}

function isBankCard(number) {
  const sum = [...number].reverse().reduce((sum, digit, place) => sum + (place % 2 ? (digit * 2) % 9 || +digit : +digit), 0);
  return /^(?:4\d{12}|[3-69]\d{13,18}|2[2-7]\d{13,17})$/.test(number) && sum % 10 === 0;
}

function isBirthday(digits) {
  const day = digits.replace(/(....)(..)(..)/, "$1-$2-$3"), born = new Date(day);
  return !Number.isNaN(+born) && born.toISOString().startsWith(day) && day >= "1900" && day < "2101";
}
