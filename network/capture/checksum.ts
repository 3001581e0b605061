/**
 * The Internet checksum (RFC 1071), which IPv4, UDP and TCP share: the one's complement of the one's complement sum of all 16-bit
 * words, an odd last octet being followed by a zero.
 */

/**
 * Adds the words of `octets[start..end)` to `sum`, which is 0 or what an earlier call gave. Only the last stretch of a checksum
 * may have an odd length.
 */
export function addWords(octets: Uint8Array, start: number, end: number, sum = 0): number {
  let total = sum;
  const even = end - ((end - start) % 2);
  for (let at = start; at < even; at += 2)
    total += ((octets[at] as number) << 8) | (octets[at + 1] as number);
  if (even < end) total += (octets[even] as number) << 8;
  return total;
}

/** The checksum of a sum, 0..0xffff. A stretch that contains its own right checksum gives 0. */
export function checksumOf(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded % 0x10000) + Math.floor(folded / 0x10000);
  return ~folded & 0xffff;
}
