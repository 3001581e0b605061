/**
 * How fast key agreement is: the algorithms themselves, past the memories, against the textbook in the same run. Ratios are
 * what counts: absolute times drift between runs and machines. The clock is handed in, because a bench is an edge.
 */
import { assert } from '../../sim/errors.ts';
import { equal, fromAscii, toInteger } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import { eccsiSign, verifySignature } from './eccsi.ts';
import { identifierOf } from './identifier.ts';
import { Kms } from './kms.ts';
import { parsePeriod } from './period.ts';
import { encapsulate, extract, ReceiverKey } from './sakke.ts';
import { canonicalNumber } from './tel-number.ts';
import { textbookDecapsulate, textbookEncapsulate } from './textbook.bench.ts';

/** Medians of interleaved runs; times in milliseconds. */
export interface SakkeFigures {
  readonly encapsulateMs: number;
  readonly encapsulateTextbookMs: number;
  readonly encapsulateVsTextbook: number;
  readonly decapsulateMs: number;
  readonly decapsulateTextbookMs: number;
  readonly decapsulateVsTextbook: number;
  readonly prepareReceiverMs: number;
  readonly extractPerUserMs: number;
  readonly eccsiSignsPerSecond: number;
  /** The signer's Y is known. */
  readonly eccsiVerifiesPerSecond: number;
}

/** Users in the batch whose extraction is measured. */
const BATCH = 16;
/** Messages that are sealed and opened before anything is measured. */
const WARM_UP = 30;
/** Signatures per measurement: one alone is too short for a clock. */
const SIGNATURES = 20;

/**
 * @param now milliseconds of a monotonic clock
 * @param rounds of each measurement, interleaved; the median is reported
 */
export function benchSakke(now: () => number, rounds = 15): SakkeFigures {
  const random = new SeededRandom('bench').stream('sakke');
  const kms = Kms.generate(random);
  const { kpak, z } = kms.public;
  const period = parsePeriod('2015-10');
  const keys = kms.issue(canonicalNumber('+447700900001'), period, random);
  const id = identifierOf(keys.number, keys.period);
  const batch = Array.from({ length: BATCH }, (_, i) =>
    identifierOf(canonicalNumber(`+4477009001${String(i).padStart(2, '0')}`), period),
  );
  const receiver = new ReceiverKey(keys.rsk, id, z);
  receiver.prepare();
  const message = fromAscii('benchmark');
  const zT = toInteger(kms.secrets.zT);
  // Makes the tables, and lets the engine compile what is hot.
  for (let round = 0; round < WARM_UP; round++) receiver.open(encapsulate(random.octets(16), id, z));

  const times = new Map<string, number[]>();
  const measure = <Result>(name: string, action: () => Result): Result => {
    const start = now();
    const result = action();
    const elapsed = now() - start;
    times.set(name, [...(times.get(name) ?? []), elapsed]);
    return result;
  };
  for (let round = 0; round < rounds; round++) {
    const ssv = random.octets(16);
    const data = measure('encapsulate', () => encapsulate(ssv, id, z));
    const plain = measure('textbook encapsulate', () => textbookEncapsulate(ssv, id, z));
    assert(equal(data, plain), 'both encapsulate to the same octets');
    const opened = measure('decapsulate', () => receiver.open(data));
    const plainOpened = measure('textbook decapsulate', () => textbookDecapsulate(data, id, z, keys.rsk));
    assert(
      opened instanceof Uint8Array &&
        plainOpened !== undefined &&
        equal(opened, ssv) &&
        equal(plainOpened, ssv),
      'both open to the SSV',
    );
    measure('prepare', () => new ReceiverKey(keys.rsk, id, z).prepare());
    measure('extract', () => extract(zT, batch));
    const signatures = measure('sign', () =>
      Array.from({ length: SIGNATURES }, () => eccsiSign(message, id, keys, kpak, random)),
    );
    const verified = measure('verify', () =>
      signatures.every((signature) => verifySignature(message, signature, id, kpak)),
    );
    assert(verified, 'every signature verifies');
  }
  return figuresOf(times);
}

/**
 * A function that takes one textbook decapsulation and tells its milliseconds: how fast this machine is just now. It is the yardstick
 * that absolute times of other machines and days are held against.
 */
export function textbookYardstick(now: () => number): () => number {
  const random = new SeededRandom('bench').stream('yardstick');
  const kms = Kms.generate(random);
  const keys = kms.issue(canonicalNumber('+447700900001'), parsePeriod('2015-10'), random);
  const id = identifierOf(keys.number, keys.period);
  const { z } = kms.public;
  const ssv = random.octets(16);
  const data = encapsulate(ssv, id, z);
  return () => {
    const begun = now();
    const opened = textbookDecapsulate(data, id, z, keys.rsk);
    const elapsed = now() - begun;
    assert(opened !== undefined && equal(opened, ssv), 'it opens to the SSV');
    return elapsed;
  };
}

function figuresOf(times: ReadonlyMap<string, readonly number[]>): SakkeFigures {
  const timesOf = (name: string): readonly number[] => times.get(name) ?? [];
  const median = (name: string): number => middle(timesOf(name));
  // Ratios are taken within a round, so that a busy machine slows both sides.
  const ratio = (name: string): number =>
    middle(timesOf(`textbook ${name}`).map((time, round) => time / (timesOf(name)[round] ?? Number.NaN)));
  return {
    encapsulateMs: median('encapsulate'),
    encapsulateTextbookMs: median('textbook encapsulate'),
    encapsulateVsTextbook: ratio('encapsulate'),
    decapsulateMs: median('decapsulate'),
    decapsulateTextbookMs: median('textbook decapsulate'),
    decapsulateVsTextbook: ratio('decapsulate'),
    prepareReceiverMs: median('prepare'),
    extractPerUserMs: median('extract') / BATCH,
    eccsiSignsPerSecond: (1000 * SIGNATURES) / median('sign'),
    eccsiVerifiesPerSecond: (1000 * SIGNATURES) / median('verify'),
  };
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
