/**
 * The E-model (ITU-T G.107, clause 7): the transmission rating R of a call from its delay and loss, and the mean opinion score (MOS)
 * that R stands for (Annex B).
 *
 * Everything about telephones, rooms and circuits has the default values of G.107 table 2, so a call without delay and
 * loss is rated 93.2. What a call adds is its mouth-to-ear delay, with echo as loud as the defaults have it, and what the codec loses.
 * The formulas are those of the Recommendation, in its order and with its names, on arithmetic that is the same everywhere
 * (`elementary.ts`). R is rounded to a tenth: the model is not more exact than that, and no machine rounds another way.
 */
import { decimalLogarithm, exponential, power } from './elementary.ts';

/** How a codec takes loss (ITU-T G.113 Appendix I). */
export interface Codec {
  /** Equipment impairment factor without loss. */
  readonly ie: number;
  /** Packet loss robustness factor. */
  readonly bpl: number;
}

/** G.711, with the concealment of its Appendix I and without any. */
export const G711_CONCEALED: Codec = { ie: 0, bpl: 25.1 };
/** G.711 whose lost frames are left silent. */
export const G711_PLAIN: Codec = { ie: 0, bpl: 4.3 };

/** What a connection does to speech: delay, loss, and the codec's own share. */
export interface Transmission {
  /** From mouth to ear, one way. */
  readonly delayMs: number;
  /** Of the packets, 0 to 1. */
  readonly loss: number;
  /** Mean length of gaps over that of gaps at random: 1 when lost at random, more when in bursts. */
  readonly burstRatio: number;
  readonly codec: Codec;
}

/** How good a call is by the E-model: R from 0 to 100, and the mean opinion score that follows from it (G.107). */
export interface Rating {
  /** Rounded to a tenth; 0 at the least. */
  readonly r: number;
  /** Of that R, rounded to a hundredth: 1 to 4.5. */
  readonly mos: number;
}

/** G.107 table 2. Decibels, but for Ta, T and Tr, which are those of the call. */
const DEFAULTS = {
  slr: 8,
  rlr: 2,
  stmr: 15,
  ds: 3,
  dr: 3,
  telr: 65,
  wepl: 110,
  /** Quantizing distortion units. */
  qdu: 1,
  /** dBm0p. */
  nc: -70,
  /** dBmp. */
  nfor: -64,
  /** dB(A), both rooms. */
  ps: 35,
  pr: 35,
} as const;

const { slr, rlr, stmr, ds, dr, telr, wepl, qdu, nc, nfor, ps, pr } = DEFAULTS;
const OLR = slr + rlr;

/** Noise and basic signal-to-noise ratio (clause 7.2): they do not depend on the call. */
const NO = noise();
const RO = 15 - 1.5 * (slr + NO);

/** R and MOS of a call in one direction. */
export function ratingOf(transmission: Transmission): Rating {
  const { delayMs, loss, burstRatio, codec } = transmission;
  const exact =
    RO - simultaneousImpairment(delayMs) - delayImpairment(delayMs) - lossImpairment(loss, burstRatio, codec);
  // The scale ends at 0; the sum of impairments does not.
  const r = Math.max(0, Math.round(exact * 10) / 10);
  return { r, mos: opinionOf(r) };
}

/** Mean opinion score of a rating (Annex B), rounded to a hundredth. */
export function opinionOf(r: number): number {
  if (r <= 0) return 1;
  if (r >= 100) return 4.5;
  // Below 6.5 the cubic falls short of 1, the lowest score there is.
  return Math.max(1, Math.round(100 * (1 + 0.035 * r + (r * (r - 60) * (100 - r) * 7) / 1_000_000)) / 100);
}

/** Id (clause 7.4): echo at the talker, echo at the listener, and delay as such, with T = Ta and Tr = 2 Ta. */
export function delayImpairment(delayMs: number): number {
  return talkerEcho(delayMs) + listenerEcho(2 * delayMs) + pureDelay(delayMs);
}

/** Ie,eff (clause 7.5). `loss` 0 to 1. A burst ratio below 1 counts as 1: the model does not know losses evener than chance. */
export function lossImpairment(loss: number, burstRatio: number, { ie, bpl }: Codec): number {
  const percent = 100 * loss;
  return ie + ((95 - ie) * percent) / (percent / Math.max(1, burstRatio) + bpl);
}

function noise(): number {
  const nfo = nfor + rlr;
  const lstr = stmr + dr;
  const pre = pr + 10 * decimalLogarithm(1 + ratio(10 - lstr));
  const nor = rlr - 121 + pre + 0.008 * (pre - 35) * (pre - 35);
  const above = ps - OLR - ds - 14;
  const nos = ps - slr - ds - 100 + 0.004 * above * above;
  return 10 * decimalLogarithm(ratio(nc) + ratio(nos) + ratio(nor) + ratio(nfo));
}

/** Is (clause 7.3): too loud, sidetone, quantizing. */
function simultaneousImpairment(delayMs: number): number {
  const xolr = (OLR + 0.2 * (64 + NO - rlr)) / 8;
  const iolr = 20 * (root(1 + whole(xolr, 8), 8) - xolr);

  const stmro = -10 * decimalLogarithm(ratio(-stmr) + decay(delayMs / 4) * ratio(-telr));
  const ist =
    12 * root(1 + whole((stmro - 13) / 6, 8), 8) -
    28 * root(1 + whole((stmro + 1) / 19.4, 35), 35) -
    13 * root(1 + whole((stmro - 3) / 33, 13), 13) +
    29;

  const q = 37 - 15 * decimalLogarithm(qdu);
  const g = 1.07 + 0.258 * q + 0.0602 * q * q;
  const y = (RO - 100) / 15 + 46 / 8.4 - g / 9;
  const z = 46 / 30 - g / 40;
  const iq = 15 * decimalLogarithm(1 + power(10, y) + power(10, z));
  return iolr + ist + iq;
}

/** Idte, for a sidetone (STMR) of 9 to 20 dB. */
function talkerEcho(t: number): number {
  const terv = telr - 40 * decimalLogarithm((1 + t / 10) / (1 + t / 150)) + 6 * decay(0.3 * t * t);
  const roe = -1.5 * (NO - rlr);
  const re = 80 + 2.5 * (terv - 14);
  const half = (roe - re) / 2;
  return (half + root(half * half + 100, 2) - 1) * (1 - decay(t));
}

function listenerEcho(tr: number): number {
  const rle = 10.5 * (wepl + 7) * power(tr + 1, -0.25);
  const half = (RO - rle) / 2;
  return half + root(half * half + 169, 2);
}

function pureDelay(ta: number): number {
  if (ta <= 100) return 0;
  const x = decimalLogarithm(ta / 100) / decimalLogarithm(2);
  return 25 * (root(1 + whole(x, 6), 6) - 3 * root(1 + whole(x / 3, 6), 6) + 2);
}

function ratio(decibels: number): number {
  return power(10, decibels / 10);
}

/** e^-x; what is below e^-700 is nothing. */
function decay(x: number): number {
  return x > 700 ? 0 : exponential(-x);
}

function root(x: number, degree: number): number {
  return power(x, 1 / degree);
}

/** A whole power, by multiplication: the base may be negative. */
function whole(base: number, exponent: number): number {
  let result = 1;
  for (let n = 0; n < exponent; n++) result *= base;
  return result;
}
