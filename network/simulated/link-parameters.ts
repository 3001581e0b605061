/**
 * What a link does to packets, under the names that netem gives (tc-netem(8)). Each parameter is off unless given. `mtuOctets`,
 * `block` and `udpChecksum` are not netem's: on Linux other tools do that. docs/network.md defines each one.
 */
import { networkError } from './errors.ts';
import type { FourState, GilbertElliott } from './loss-models.ts';
import type { Rate } from './rate.ts';

/** Sends a packet at once, overtaking those that wait out their delay (netem `reorder`). Needs a delay to mean anything. */
export type Reordering = {
  readonly probability: number;
  /** See `correlated-number.ts`. Default 0. */
  readonly correlation?: number;
  /** At least `gap - 1` packets are delayed between two that are not. Default 1. */
  readonly gap?: number;
};

/** How packets fare on one direction of a link, in netem's terms. What is not given is as on a perfect wire. */
export type LinkParameters = {
  /** One way. Default 0. */
  readonly delayMs?: number;
  /**
   * Half the width (`uniform`) or the standard deviation (`normal`) of the delay; for `pareto` and `paretonormal` see
   * `delay-tables.ts`. Default 0. As in netem, jitter larger than the spacing of packets reorders them (not when there is a
   * `rate`), and a delay that would be negative is 0.
   */
  readonly jitterMs?: number;
  /** How much the number that a packet's jitter is made of is that of the one before; the jitter hardly follows. Default 0. */
  readonly delayCorrelation?: number;
  /** Default `uniform`. */
  readonly distribution?: Distribution;
  /** Probability that a packet is lost; independently of others, unless there is a correlation. */
  readonly lossRandom?: number;
  readonly lossCorrelation?: number;
  readonly lossState?: FourState;
  readonly lossGemodel?: GilbertElliott;
  /** Probability that a packet goes twice, each of the two with loss, corruption and delay of its own; lost once, it goes once. */
  readonly duplicate?: number;
  readonly duplicateCorrelation?: number;
  /** Probability that one bit of a packet flips. A checksum finds it, so the receiver drops the packet: see `corruption.ts`. */
  readonly corrupt?: number;
  readonly corruptCorrelation?: number;
  readonly reorder?: Reordering;
  readonly rate?: Rate;
  /** Packets that may be under way at once; one that finds as many is dropped. */
  readonly limitPackets?: number;
  /** Longest IP packet, octets. A longer one is dropped: fragmentation is refused, and no ICMP message says so. */
  readonly mtuOctets?: number;
  /** What does not get through at all. */
  readonly block?: Blocked;
  /** False: datagrams are sent without a checksum (RFC 768 allows it), so that a flipped bit reaches the application. Default true. */
  readonly udpChecksum?: boolean;
};

/** The shapes that jitter may have around its delay, by netem's names (tc-netem(8), `distribution`). */
export const DISTRIBUTIONS = ['uniform', 'normal', 'pareto', 'paretonormal'] as const;
/** A name out of {@link DISTRIBUTIONS}; netem's own default is uniform. */
export type Distribution = (typeof DISTRIBUTIONS)[number];

/** The protocols that somebody on the way may let nothing pass of. */
export const BLOCKED = ['udp', 'tcp', 'all'] as const;
/** Which traffic is dropped without a word, as a firewall of a hotel does. */
export type Blocked = (typeof BLOCKED)[number];

/** The longest delay and jitter that tc takes, in whole seconds: it counts 64 ns in 32 bits. Milliseconds. */
export const DELAY_MS_MAX = 274_000;
/** 1 Tbit/s. */
const RATE_BITS_MAX = 1e12;
/** As many as netem takes: an unsigned number of 32 bits. */
const LIMIT_PACKETS_MAX = 4_294_967_295;
/** Every IPv4 host takes 576 octets (RFC 1122 3.3.3), but a link may carry as little as 68 (RFC 791 3.2). */
const MTU_OCTETS_MIN = 68;
const MTU_OCTETS_MAX = 65_535;
const OVERHEAD_OCTETS_MAX = 65_535;
const GAP_MAX = 4_294_967_295;

/** Refuses what has no meaning, in the words that links are set with. Errors: NETWORK_LINK_PARAMETER. */
export function checkLinkParameters(link: string, parameters: LinkParameters): void {
  const refuse = (words: string, value: string): never => {
    throw networkError('NETWORK_LINK_PARAMETER', `link ${link}: ${words} is ${value}`);
  };
  const within = (words: string, value: number | undefined, most: number, least = 0, unit = ''): void => {
    if (value !== undefined && !(value >= least && value <= most)) refuse(words, `${value}${unit}`);
  };
  const share = (words: string, value: number | undefined): void => {
    if (value !== undefined && !(value >= 0 && value <= 1)) refuse(words, `${value * 100} %`);
  };
  const whole = (words: string, value: number | undefined, most: number, least: number): void => {
    within(words, value, most, least);
    if (value !== undefined && !Number.isSafeInteger(value)) refuse(words, String(value));
  };
  within('delay', parameters.delayMs, DELAY_MS_MAX, 0, ' ms');
  within('delay jitter', parameters.jitterMs, DELAY_MS_MAX, 0, ' ms');
  for (const [name, words] of SHARES) share(words, parameters[name]);
  const { lossGemodel, lossState, reorder, rate } = parameters;
  for (const [name, value] of Object.entries(lossGemodel ?? {}))
    share(`loss gemodel ${GEMODEL_WORDS[name] ?? name}`, value);
  for (const [name, value] of Object.entries(lossState ?? {})) share(`loss state ${name}`, value);
  if (lossState !== undefined) {
    const { p13, p31 = 1 - p13, p32 = 0, p14 = 0 } = lossState;
    share('loss state p13 + p14', p13 + p14);
    share('loss state p31 + p32', p31 + p32);
  }
  share('reorder', reorder?.probability);
  share('reorder correlation', reorder?.correlation);
  whole('reorder gap', reorder?.gap, GAP_MAX, 1);
  within('rate', rate?.bitsPerSecond, RATE_BITS_MAX, 1, ' bit/s');
  whole('rate overhead', rate?.overheadOctets, OVERHEAD_OCTETS_MAX, -OVERHEAD_OCTETS_MAX);
  whole('rate cell size', rate?.cellOctets, OVERHEAD_OCTETS_MAX, 0);
  whole('rate cell overhead', rate?.cellOverheadOctets, OVERHEAD_OCTETS_MAX, -OVERHEAD_OCTETS_MAX);
  whole('limit', parameters.limitPackets, LIMIT_PACKETS_MAX, 1);
  whole('mtu', parameters.mtuOctets, MTU_OCTETS_MAX, MTU_OCTETS_MIN);
}

const SHARES = [
  ['delayCorrelation', 'delay correlation'],
  ['lossRandom', 'loss random'],
  ['lossCorrelation', 'loss correlation'],
  ['duplicate', 'duplicate'],
  ['duplicateCorrelation', 'duplicate correlation'],
  ['corrupt', 'corrupt'],
  ['corruptCorrelation', 'corrupt correlation'],
] as const;

const GEMODEL_WORDS: Readonly<Record<string, string>> = { oneMinusH: '1-h', oneMinusK: '1-k' };
