/**
 * The fuzzer: deterministic mutation of valid inputs. A parser passes when every mutant is either read or refused with a
 * {@link CalldrillError}; any other throw is a defect. Which mutants are made depends on the seed and the parser's name only.
 */
import { CalldrillError } from './errors.ts';
import { SeededRandom, type RandomSource } from './random.ts';

/** A parser, with the inputs that are mutated to try it. */
export interface FuzzTarget {
  /** `mikey I_MESSAGE`, `SDP`, ... */
  readonly name: string;
  /** Valid inputs to mutate. At least one. */
  readonly samples: readonly Uint8Array[];
  /** Reads one input; throws a CalldrillError to refuse it. */
  parse(input: Uint8Array): unknown;
}

/** What came of all the mutants of one target; a defect is an exception that no user should see. */
export interface FuzzOutcome {
  readonly name: string;
  readonly inputs: number;
  readonly read: number;
  readonly refused: number;
  /** How often each error code was met. */
  readonly codes: ReadonlyMap<string, number>;
  /** Inputs that made the parser throw something else, with what it threw. */
  readonly defects: readonly FuzzDefect[];
}

/** A mutant that made a parser throw what it must not, and how to make it again. */
export interface FuzzDefect {
  /** Which of the mutants of this seed it was, from 0. */
  readonly index: number;
  readonly input: Uint8Array;
  readonly thrown: unknown;
}

/** Octets that parsers trip over: zeros, all ones, sign bits, separators. */
const TELLING = [0x00, 0xff, 0x7f, 0x80, 0x0d, 0x0a, 0x20, 0x3a];

/** Runs `inputs` mutants of the target's samples through its parser. */
export function fuzz(target: FuzzTarget, inputs: number, seed = 'fuzz'): FuzzOutcome {
  const random = new SeededRandom(seed).stream(`fuzz:${target.name}`);
  const codes = new Map<string, number>();
  const defects: FuzzDefect[] = [];
  let read = 0;
  for (let i = 0; i < inputs; i++) {
    const input = mutate(target.samples, random);
    try {
      target.parse(input);
      read++;
    } catch (thrown) {
      if (thrown instanceof CalldrillError) codes.set(thrown.code, (codes.get(thrown.code) ?? 0) + 1);
      else defects.push({ index: i, input, thrown });
    }
  }
  return { name: target.name, inputs, read, refused: inputs - read - defects.length, codes, defects };
}

/** One mutant: up to four random edits of a random sample. */
function mutate(samples: readonly Uint8Array[], random: RandomSource): Uint8Array {
  // A copy: `slice` of a Buffer would be the sample itself, and edits would pile up in it.
  let octets = new Uint8Array(pick(samples, random));
  for (let edits = 1 + random.below(4); edits > 0; edits--) {
    const at = random.below(octets.length + 1);
    switch (random.below(7)) {
      case 0: // truncate
        octets = octets.slice(0, at);
        break;
      case 1: // flip one bit
        if (at < octets.length) octets[at] = (octets[at] ?? 0) ^ (1 << random.below(8));
        break;
      case 2: // a telling octet
        if (at < octets.length) octets[at] = TELLING[random.below(TELLING.length)] ?? 0;
        break;
      case 3: // any octet
        if (at < octets.length) octets[at] = random.below(256);
        break;
      case 4: // insert
        octets = splice(octets, at, 0, random.octets(1 + random.below(8)));
        break;
      case 5: // remove
        octets = splice(octets, at, 1 + random.below(8), new Uint8Array(0));
        break;
      default: {
        // graft a piece of another sample
        const donor = pick(samples, random);
        const from = random.below(donor.length + 1);
        octets = splice(octets, at, random.below(16), donor.slice(from, from + random.below(64)));
      }
    }
  }
  return octets;
}

function pick(samples: readonly Uint8Array[], random: RandomSource): Uint8Array {
  return samples[random.below(samples.length)] ?? new Uint8Array(0);
}

function splice(octets: Uint8Array, at: number, remove: number, insert: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(
    Math.max(0, Math.min(octets.length, at) + insert.length + Math.max(0, octets.length - at - remove)),
  );
  out.set(octets.subarray(0, at));
  out.set(insert, at);
  out.set(octets.subarray(Math.min(octets.length, at + remove)), at + insert.length);
  return out;
}
