import test from 'ava';
import { type CompandingLaw, decodeG711, encodeG711, SILENCE } from './g711.ts';

/**
 * The recommendation itself (ITU-T G.711 tables 1 and 2), in its own units, positive half: decision values x1..x129, where value n
 * (from 1) is coded when a sample lies between x(n) and x(n+1), and is decoded to their middle; in the mu-law, value 1 is decoded to 0.
 */
interface Law {
  readonly law: CompandingLaw;
  /** 16-bit units in one unit of the table: 4 (14 bits) or 8 (13 bits). */
  readonly unit: number;
  readonly decisions: readonly number[];
  /** The octet of positive value n, counted from 0. */
  readonly octet: (n: number) => number;
  readonly output: (n: number) => number;
}

/** 16 steps in each segment of these step sizes. */
function decisionsOf(first: number, steps: readonly number[]): number[] {
  const decisions = [0];
  let value = 0;
  for (const [segment, step] of steps.entries()) {
    for (let n = 0; n < 16; n++) {
      value += segment === 0 && n === 0 ? first : step;
      decisions.push(value);
    }
  }
  return decisions;
}

const middle = (decisions: readonly number[], n: number): number =>
  ((decisions[n] ?? NaN) + (decisions[n + 1] ?? NaN)) / 2;

const muDecisions = decisionsOf(1, [2, 4, 8, 16, 32, 64, 128, 256]);
const aDecisions = decisionsOf(2, [2, 2, 4, 8, 16, 32, 64, 128]);

const LAWS: readonly Law[] = [
  {
    law: 'mu-law',
    unit: 4,
    decisions: muDecisions,
    octet: (n) => 0xff - n,
    output: (n) => (n === 0 ? 0 : middle(muDecisions, n)),
  },
  {
    law: 'A-law',
    unit: 8,
    decisions: aDecisions,
    octet: (n) => (0x80 + n) ^ 0x55,
    output: (n) => middle(aDecisions, n),
  },
];

for (const { law, unit, decisions, octet, output } of LAWS) {
  test(`${law}: the table of decision values ends where the recommendation's does`, (t) => {
    t.is(decisions.length, 129);
    t.is(decisions.at(-1), law === 'mu-law' ? 8159 : 4096);
  });

  test(`${law}: all 256 octets are decoded to the values of the table`, (t) => {
    for (let n = 0; n < 128; n++) {
      const [positive, negative] = decodeG711(Uint8Array.of(octet(n), octet(n) ^ 0x80), law);
      t.is(positive, unit * output(n), `+${n}`);
      t.is(negative, unit * output(n) === 0 ? 0 : -unit * output(n), `-${n}`);
    }
  });

  test(`${law}: each of the 65,536 samples is coded into the interval it lies in`, (t) => {
    const samples = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768);
    const octets = encodeG711(samples, law);
    let wrong = 0;
    let n = 127;
    // From -32768 up to -1 the interval falls from 127 to 0; a sample on a decision value may be coded either way.
    for (const [i, sample] of samples.entries()) {
      const magnitude = Math.abs(sample) / unit;
      const inside = (n: number): boolean =>
        magnitude >= (decisions[n] ?? NaN) && (n === 127 || magnitude <= (decisions[n + 1] ?? NaN));
      if (sample < 0) while (n > 0 && octets[i] !== (octet(n) ^ 0x80)) n--;
      else while (n < 127 && octets[i] !== octet(n)) n++;
      if (!inside(n) || octets[i] !== (sample < 0 ? octet(n) ^ 0x80 : octet(n))) wrong++;
    }
    t.is(wrong, 0);
  });

  test(`${law}: every octet survives being decoded and encoded, but for the negative zero`, (t) => {
    for (let value = 0; value < 256; value++) {
      const again = encodeG711(decodeG711(Uint8Array.of(value), law), law)[0];
      t.is(again, law === 'mu-law' && value === 0x7f ? 0xff : value);
    }
  });

  test(`${law}: silence is coded as silence`, (t) => {
    t.is(encodeG711(new Int16Array(1), law)[0], SILENCE[law]);
    t.is(decodeG711(Uint8Array.of(SILENCE[law]), law)[0], law === 'mu-law' ? 0 : 8);
  });
}

test('the mu-law is the default', (t) => {
  t.is(encodeG711(Int16Array.of(0))[0], 0xff);
  t.is(decodeG711(Uint8Array.of(0x80))[0], 32_124);
});
