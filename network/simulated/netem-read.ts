/**
 * netem's own language for the parameters of a link (tc-netem(8)), read word by word, with `mtu`, `block` and `udp-checksum` beside it:
 *
 *     limit PACKETS
 *     delay TIME [ JITTER [ CORRELATION ]] [ distribution uniform | normal | pareto | paretonormal ]
 *     loss [ random ] PERCENT [ CORRELATION ]
 *     loss state P13 [ P31 [ P32 [ P23 [ P14 ]]]]
 *     loss gemodel P [ R [ 1-H [ 1-K ]]]
 *     duplicate PERCENT [ CORRELATION ]
 *     corrupt PERCENT [ CORRELATION ]
 *     reorder PERCENT [ CORRELATION ] [ gap DISTANCE ]
 *     rate RATE [ OVERHEAD [ CELLSIZE [ CELLOVERHEAD ]]]
 *     mtu OCTETS,  block udp | tcp | all,  udp-checksum on | off
 *
 * Each is `off` too. Other than `tc qdisc change`, what is not named stays as it was; what is named is set anew as a whole.
 */
import { networkError } from './errors.ts';
import { BLOCKED, checkLinkParameters, DISTRIBUTIONS, type LinkParameters } from './link-parameters.ts';

/** The words that begin a setting, for completion. */
export const NETEM_WORDS = [
  'delay',
  'loss',
  'duplicate',
  'corrupt',
  'reorder',
  'rate',
  'limit',
  'mtu',
  'block',
  'udp-checksum',
  'distribution',
  'gap',
  'clear',
] as const;

type Mutable = { -readonly [Name in keyof LinkParameters]: LinkParameters[Name] };

/** Reads settings over `base`; `clear` begins with none. Errors: NETWORK_NETEM_SYNTAX, NETWORK_LINK_PARAMETER. */
export function readNetem(text: string, base: LinkParameters = {}): LinkParameters {
  const words = new Words(text);
  const read: Mutable = { ...base };
  const lossModels = new Set<string>();
  const named = new Set<string>();
  while (!words.atEnd) {
    const name = words.oneOf(NETEM_WORDS, 'a setting');
    named.add(name);
    READERS[name](words, read, lossModels);
  }
  if (named.has('distribution') && (read.jitterMs ?? 0) === 0)
    throw words.mistake('a distribution needs a delay with jitter: delay 100ms 20ms distribution normal');
  if (named.has('reorder') && read.reorder !== undefined && (read.delayMs ?? 0) === 0)
    throw words.mistake('reorder needs a delay: a packet that overtakes is one that does not wait');
  checkLinkParameters('settings', read);
  return read;
}

type WordReader = (words: Words, read: Mutable, lossModels: Set<string>) => void;

const READERS: Readonly<Record<(typeof NETEM_WORDS)[number], WordReader>> = {
  clear: (_, read) => forget(read, ...(Object.keys(read) as (keyof LinkParameters)[])),
  delay: (words, read) => {
    forget(read, 'delayMs', 'jitterMs', 'delayCorrelation', 'distribution');
    if (words.isOff()) return;
    read.delayMs = words.time('a delay such as 100ms');
    const jitter = words.optional(timeOf);
    if (jitter === undefined) return;
    read.jitterMs = jitter;
    const correlation = words.optional(percentOf);
    if (correlation !== undefined) read.delayCorrelation = correlation;
  },
  distribution: (words, read) => {
    read.distribution = words.oneOf(DISTRIBUTIONS, 'a distribution');
  },
  loss: (words, read, lossModels) => {
    // What the words name adds up; what was on before does not.
    const isOff = words.isOff();
    if (isOff || lossModels.size === 0)
      forget(read, 'lossRandom', 'lossCorrelation', 'lossState', 'lossGemodel');
    if (isOff) return;
    const model = words.maybe('random', 'state', 'gemodel') ?? 'random';
    lossModels.add(model);
    if (model === 'random') {
      forget(read, 'lossCorrelation');
      const [probability, correlation] = words.likely('a loss such as 5%');
      read.lossRandom = probability;
      if (correlation !== undefined) read.lossCorrelation = correlation;
    } else if (model === 'state') {
      const [p13, ...others] = words.percents(5, 'p13, the probability of a burst');
      const names = ['p31', 'p32', 'p23', 'p14'];
      read.lossState = { p13, ...Object.fromEntries(others.map((each, at) => [names[at], each])) };
    } else {
      const [p, r = 1 - p, oneMinusH, oneMinusK] = words.percents(4, 'p, the probability of a burst');
      read.lossGemodel = {
        p,
        r,
        ...(oneMinusH === undefined ? {} : { oneMinusH }),
        ...(oneMinusK === undefined ? {} : { oneMinusK }),
      };
    }
  },
  duplicate: (words, read) => {
    forget(read, 'duplicate', 'duplicateCorrelation');
    if (words.isOff()) return;
    const [probability, correlation] = words.likely('a probability such as 1%');
    read.duplicate = probability;
    if (correlation !== undefined) read.duplicateCorrelation = correlation;
  },
  corrupt: (words, read) => {
    forget(read, 'corrupt', 'corruptCorrelation');
    if (words.isOff()) return;
    const [probability, correlation] = words.likely('a probability such as 0.1%');
    read.corrupt = probability;
    if (correlation !== undefined) read.corruptCorrelation = correlation;
  },
  reorder: (words, read) => {
    forget(read, 'reorder');
    if (words.isOff()) return;
    const [probability, correlation] = words.likely('a probability such as 25%');
    read.reorder = { probability, ...(correlation === undefined ? {} : { correlation }) };
  },
  gap: (words, read) => {
    if (read.reorder === undefined) throw words.mistake('gap needs reorder: reorder 25% gap 5');
    read.reorder = { ...read.reorder, gap: words.integer('a distance in packets') };
  },
  rate: (words, read) => {
    forget(read, 'rate');
    if (words.isOff()) return;
    const bitsPerSecond = words.one(rateOf, 'a rate such as 2mbit (mbps are megabytes, as in tc)');
    const names = ['overheadOctets', 'cellOctets', 'cellOverheadOctets'];
    const extra = names.flatMap((name) => {
      const octets = words.optional(integerOf);
      return octets === undefined ? [] : [[name, octets] as const];
    });
    read.rate = { bitsPerSecond, ...Object.fromEntries(extra) };
  },
  limit: (words, read) => {
    forget(read, 'limitPackets');
    if (!words.isOff()) read.limitPackets = words.integer('a number of packets');
  },
  mtu: (words, read) => {
    forget(read, 'mtuOctets');
    if (!words.isOff()) read.mtuOctets = words.integer('a number of octets');
  },
  block: (words, read) => {
    forget(read, 'block');
    if (!words.isOff()) read.block = words.oneOf(BLOCKED, 'what is blocked');
  },
  'udp-checksum': (words, read) => {
    forget(read, 'udpChecksum');
    if (words.oneOf(['on', 'off'], 'on or off') === 'off') read.udpChecksum = false;
  },
};

function forget(read: Mutable, ...names: readonly (keyof LinkParameters)[]): void {
  for (const name of names) delete read[name];
}

class Words {
  readonly #words: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#words = text.split(/\s+/).filter((word) => word !== '');
  }

  get atEnd(): boolean {
    return this.#at >= this.#words.length;
  }

  mistake(detail: string): Error {
    return networkError('NETWORK_NETEM_SYNTAX', detail);
  }

  /** The next word when `read` takes it. */
  optional<Value>(read: (word: string) => Value | undefined): Value | undefined {
    const value = this.atEnd ? undefined : read(this.#words[this.#at] ?? '');
    if (value !== undefined) this.#at++;
    return value;
  }

  one<Value>(read: (word: string) => Value | undefined, wanted: string): Value {
    const value = this.optional(read);
    if (value !== undefined) return value;
    const [before, found] = [this.#words[this.#at - 1], this.#words[this.#at]];
    const place = before === undefined ? '' : ` after '${before}'`;
    throw this.mistake(`expected ${wanted}${place}, found ${found === undefined ? 'nothing' : `'${found}'`}`);
  }

  maybe<const Word extends string>(...known: readonly Word[]): Word | undefined {
    return this.optional((word) => known.find((each) => each === word));
  }

  oneOf<const Word extends string>(known: readonly Word[], what: string): Word {
    return this.one((word) => known.find((each) => each === word), `${what} (${known.join(', ')})`);
  }

  isOff(): boolean {
    return this.maybe('off') !== undefined;
  }

  time(wanted: string): number {
    return this.one(timeOf, wanted);
  }

  integer(wanted: string): number {
    return this.one(integerOf, wanted);
  }

  /** A probability and perhaps a correlation. */
  likely(wanted: string): [probability: number, correlation: number | undefined] {
    return [this.one(percentOf, wanted), this.optional(percentOf)];
  }

  /** One percentage at least, and `most` at the most. */
  percents(most: number, wanted: string): [number, ...number[]] {
    const read: [number, ...number[]] = [this.one(percentOf, wanted)];
    while (read.length < most) {
      const next = this.optional(percentOf);
      if (next === undefined) break;
      read.push(next);
    }
    return read;
  }
}

const NUMBER = /^\d{1,15}(?:\.\d{1,15})?/;

function split(word: string): { readonly digits: string; readonly unit: string } | undefined {
  const digits = NUMBER.exec(word)?.[0];
  return digits === undefined ? undefined : { digits, unit: word.slice(digits.length) };
}

/** Milliseconds. A bare number would be microseconds to tc and milliseconds to most readers, so it needs a unit. */
function timeOf(word: string): number | undefined {
  const parts = split(word);
  const exponent = parts === undefined ? undefined : TIME_EXPONENTS.get(parts.unit);
  if (parts !== undefined && Number(parts.digits) === 0 && parts.unit === '') return 0;
  return parts === undefined || exponent === undefined ? undefined : Number(`${parts.digits}e${exponent}`);
}

/** A percentage; as in tc the sign may be left out. */
function percentOf(word: string): number | undefined {
  const parts = split(word);
  return parts === undefined || (parts.unit !== '%' && parts.unit !== '')
    ? undefined
    : Number(`${parts.digits}e-2`);
}

/** Bits per second; a bare number is bits. */
function rateOf(word: string): number | undefined {
  const parts = split(word);
  const factor = parts === undefined ? undefined : RATE_FACTORS.get(parts.unit.toLowerCase());
  return parts === undefined || factor === undefined ? undefined : Number(parts.digits) * factor;
}

function integerOf(word: string): number | undefined {
  return /^-?\d{1,10}$/.test(word) ? Number(word) : undefined;
}

const TIME_EXPONENTS: ReadonlyMap<string, number> = new Map([
  ['s', 3],
  ['sec', 3],
  ['secs', 3],
  ['ms', 0],
  ['msec', 0],
  ['msecs', 0],
  ['us', -3],
  ['usec', -3],
  ['usecs', -3],
]);

const RATE_FACTORS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['bit', 1],
  ['kbit', 1e3],
  ['mbit', 1e6],
  ['gbit', 1e9],
  ['tbit', 1e12],
  ['kibit', 1024],
  ['mibit', 1024 ** 2],
  ['gibit', 1024 ** 3],
  ['bps', 8],
  ['kbps', 8e3],
  ['mbps', 8e6],
  ['gbps', 8e9],
]);
