/**
 * G.711: speech at 8,000 samples a second, 8 bits each, companded by the mu-law or the A-law.
 *
 * Both ways go by table. The tables are filled from the arithmetic of ITU-T G.191 (its reference of G.711): a sample of 16 bits is
 * cut to the 14 (mu-law) or 13 (A-law) bits of the recommendation; a negative one is measured by its one's complement, so
 * that -1 is the negative zero.
 */

/** How samples are squeezed into an octet: as in North America and Japan, or as elsewhere (G.711). */
export type CompandingLaw = 'mu-law' | 'A-law';

/** Samples of G.711 in a second, and so octets. */
export const SAMPLES_PER_SECOND = 8_000;

/** The octet of a zero sample: +0 of the mu-law, the smallest positive value (8) of the A-law. */
export const SILENCE: Readonly<Record<CompandingLaw, number>> = { 'mu-law': 0xff, 'A-law': 0xd5 };

/** Bias, in 14-bit units, that makes the mu-law's segments powers of two. */
const MU_BIAS = 33;
const MU_MAGNITUDE_MAX = 0x1fff;

const muDecoded = Int16Array.from({ length: 256 }, (_, octet) => muLinear(octet));
const muEncoded = Uint8Array.from({ length: 1 << 14 }, (_, bits) => muOctet((bits << 18) >> 18));
const aDecoded = Int16Array.from({ length: 256 }, (_, octet) => aLinear(octet));
const aEncoded = Uint8Array.from({ length: 1 << 13 }, (_, bits) => aOctet((bits << 19) >> 19));

/** 16-bit samples to octets, one each. */
export function encodeG711(samples: Int16Array, law: CompandingLaw = 'mu-law'): Uint8Array {
  const octets = new Uint8Array(samples.length);
  const table = law === 'mu-law' ? muEncoded : aEncoded;
  const cut = law === 'mu-law' ? 2 : 3;
  const mask = table.length - 1;
  for (let i = 0; i < octets.length; i++) {
    octets[i] = table[((samples[i] as number) >> cut) & mask] as number;
  }
  return octets;
}

/** Octets to 16-bit samples, one each. */
export function decodeG711(octets: Uint8Array, law: CompandingLaw = 'mu-law'): Int16Array {
  const samples = new Int16Array(octets.length);
  const table = law === 'mu-law' ? muDecoded : aDecoded;
  for (let i = 0; i < samples.length; i++) samples[i] = table[octets[i] as number] as number;
  return samples;
}

/**
 * The octet of a 14-bit sample: sign, segment, step; sent inverted.
 *
 *      7   6 5 4   3 2 1 0
 *     +---+-------+---------+
 *     | S |segment|  step   |
 *     +---+-------+---------+
 */
function muOctet(sample: number): number {
  const magnitude = Math.min((sample < 0 ? ~sample : sample) + MU_BIAS, MU_MAGNITUDE_MAX);
  const segment = 26 - Math.clz32(magnitude);
  const step = (magnitude >> (segment + 1)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (segment << 4) | step) & 0xff;
}

function muLinear(octet: number): number {
  const bits = ~octet & 0xff;
  const segment = (bits >> 4) & 0x07;
  const magnitude = ((((bits & 0x0f) << 1) + MU_BIAS) << segment) - MU_BIAS;
  return 4 * ((bits & 0x80) === 0 ? magnitude : -magnitude);
}

/** The octet of a 13-bit sample: as for the mu-law, but the first two segments have one step size, and even bits are inverted. */
function aOctet(sample: number): number {
  const magnitude = (sample < 0 ? ~sample : sample) >> 1;
  const segment = Math.max(0, 28 - Math.clz32(magnitude));
  const step = (magnitude >> Math.max(0, segment - 1)) & 0x0f;
  return ((sample < 0 ? 0 : 0x80) | (segment << 4) | step) ^ 0x55;
}

function aLinear(octet: number): number {
  const bits = octet ^ 0x55;
  const segment = (bits >> 4) & 0x07;
  const step = ((bits & 0x0f) << 1) + 1;
  const magnitude = segment === 0 ? step : (step + 32) << (segment - 1);
  return 8 * ((bits & 0x80) === 0 ? -magnitude : magnitude);
}
