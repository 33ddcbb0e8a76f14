/* What a set of addresses is, whatever their order, in one number (webapp/field_pack/holding.py): the sum of a number made of each. */
const TABLE = Int32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

export function sumOf(urls) {
  let sum = 0;
  for (const url of urls) {
    let crc = -1;
    for (let n = 0; n < url.length; n += 1) crc = TABLE[(crc ^ url.charCodeAt(n)) & 255] ^ (crc >>> 8);
    crc = ~crc;
    sum += Math.imul(crc ^ (crc >>> 15), crc | 1) >>> 0;
  }
  return sum;
}
