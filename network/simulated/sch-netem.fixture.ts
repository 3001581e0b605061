/**
 * The judge of `netem.ts` and `direction.ts`: what the queueing discipline of Linux does to a packet, written anew from its published
 * algorithm (`net/sched/sch_netem.c`, and the scaling of `tc/q_netem.c`), step after step in its order, in nanoseconds and in 64-bit
 * integers. It is slow and plain, and shares only the tables of the distributions with what it judges. Numbers of its generator are
 * handed in, so that both meet the same luck.
 */
import type { LinkParameters } from './link-parameters.ts';
import { NORMAL_POSITIVE } from './normal-table.ts';
import type { PacketDraws } from './packet-draws.ts';
import { PARETO } from './pareto-table.ts';

const MAX = 0xffff_ffffn;
const DIST_SCALE = 8192n;

/** A packet that will leave: when, in nanoseconds, whether a bit of it flipped, and whether it is the second of two. */
export interface Leaving {
  readonly timeToSend: bigint;
  readonly corrupt: boolean;
  readonly second: boolean;
}

interface CorrelatedState {
  last: bigint;
  rho: bigint;
}

function share(value = 0): bigint {
  return BigInt(Math.round(value * 0xffff_ffff));
}

const normal = [...NORMAL_POSITIVE].toReversed().map((entry) => -entry);
normal.push(...NORMAL_POSITIVE);
const paretonormal = normal.map((entry, k) => Math.trunc((entry + 3 * (PARETO[k] ?? 0)) / 4));
const tables = { normal, pareto: [...PARETO], paretonormal };

/** One queueing discipline on one interface. */
export class SchNetem {
  readonly #parameters: LinkParameters;
  readonly #correlated: Record<'delay' | 'loss' | 'duplicate' | 'reorder' | 'corrupt', CorrelatedState>;
  #counter = 0n;
  #chain: 'good' | 'bad' = 'good';
  #state = 1;
  /** Times to send of what is queued, in no order. */
  #queue: bigint[] = [];

  /** `first` gives the random numbers that its memories are set to. */
  constructor(parameters: LinkParameters, first: (kind: string) => number) {
    this.#parameters = parameters;
    const state = (kind: string, correlation: number | undefined): CorrelatedState => {
      const rho = share(correlation);
      return { rho, last: rho === 0n ? 0n : BigInt(first(kind)) };
    };
    this.#correlated = {
      delay: state('jitter', parameters.delayCorrelation),
      loss: state('loss', parameters.lossCorrelation),
      duplicate: state('duplicate', parameters.duplicateCorrelation),
      reorder: state('reorder', parameters.reorder?.correlation),
      corrupt: state('corrupt', parameters.corruptCorrelation),
    };
  }

  /** A packet of `octets` comes at `now`; `clone` gives the numbers of its second, if it has one. What leaves, in the order it is queued. */
  enqueue(now: bigint, octets: number, numbers: PacketDraws, clone?: () => PacketDraws): readonly Leaving[] {
    this.#queue = this.#queue.filter((time) => time > now);
    const { duplicate, corrupt, limitPackets } = this.#parameters;
    let count = 1;
    // A second one is queued while the share of duplicates is set to 0.
    if (clone !== undefined && this.#hits(share(duplicate), 'duplicate', numbers.duplicate)) count++;
    if (this.#lossEvent(numbers)) count--;
    if (count === 0) return [];
    const leaving: Leaving[] = [];
    if (count > 1 && clone !== undefined)
      leaving.push(...this.enqueue(now, octets, clone()).map((each) => ({ ...each, second: true })));
    const isCorrupt = this.#hits(share(corrupt), 'corrupt', numbers.corrupt);
    if (limitPackets !== undefined && this.#queue.length >= limitPackets) return leaving;
    const timeToSend = this.#timeToSend(now, octets, numbers);
    this.#queue.push(timeToSend);
    return [...leaving, { timeToSend, corrupt: isCorrupt, second: false }];
  }

  #timeToSend(now: bigint, octets: number, numbers: PacketDraws): bigint {
    const { reorder, rate, delayMs = 0, jitterMs = 0 } = this.#parameters;
    const gap = BigInt(reorder === undefined ? 0 : (reorder.gap ?? 1));
    const waits =
      gap === 0n ||
      this.#counter < gap - 1n ||
      share(reorder?.probability) < this.#crandom('reorder', numbers.reorder);
    if (!waits) {
      this.#counter = 0n;
      return now;
    }
    let delay = this.#tabledist(nanosOf(delayMs), nanosOf(jitterMs), numbers.jitter);
    let from = now;
    if (rate !== undefined) {
      const last = this.#queue.reduce((a, b) => (a > b ? a : b), -1n);
      if (last > now) {
        delay -= last - now;
        if (delay < 0n) delay = 0n;
        from = last;
      }
      delay += BigInt(Math.floor((octets * 8 * 1e9) / rate.bitsPerSecond));
    }
    this.#counter++;
    return from + delay;
  }

  #tabledist(mu: bigint, sigma: bigint, fresh: number): bigint {
    if (sigma === 0n) return mu;
    const number = this.#crandom('delay', fresh);
    const { distribution = 'uniform' } = this.#parameters;
    if (distribution === 'uniform') return (number % (2n * sigma)) + mu - sigma;
    const table = tables[distribution];
    const t = BigInt(table[Number(number % BigInt(table.length))] ?? 0);
    let x = (sigma % DIST_SCALE) * t;
    x += x >= 0n ? DIST_SCALE / 2n : -DIST_SCALE / 2n;
    return x / DIST_SCALE + (sigma / DIST_SCALE) * t + mu;
  }

  #crandom(kind: 'delay' | 'loss' | 'duplicate' | 'reorder' | 'corrupt', fresh: number): bigint {
    const state = this.#correlated[kind];
    const value = BigInt(fresh);
    if (state.rho === 0n) return value;
    const rho = state.rho + 1n;
    state.last = (value * ((1n << 32n) - rho) + state.last * rho) >> 32n;
    return state.last;
  }

  #hits(threshold: bigint, kind: 'loss' | 'duplicate' | 'corrupt', fresh: number): boolean {
    return threshold !== 0n && threshold >= this.#crandom(kind, fresh);
  }

  #lossEvent(numbers: PacketDraws): boolean {
    const { lossRandom, lossState, lossGemodel } = this.#parameters;
    if (lossState !== undefined) return this.#fourStates(BigInt(numbers.lossState));
    if (lossGemodel !== undefined)
      return this.#gilbertElliott(BigInt(numbers.gemodelMove), BigInt(numbers.gemodelLoss));
    return this.#hits(share(lossRandom), 'loss', numbers.loss);
  }

  #gilbertElliott(move: bigint, loss: bigint): boolean {
    const { p = 0, r = 0, oneMinusH = 1, oneMinusK = 0 } = this.#parameters.lossGemodel ?? {};
    if (this.#chain === 'good') {
      if (move < share(p)) this.#chain = 'bad';
      return loss < share(oneMinusK);
    }
    if (move < share(r)) this.#chain = 'good';
    return loss > MAX - share(oneMinusH);
  }

  #fourStates(number: bigint): boolean {
    const { p13 = 0, p31 = 1 - p13, p32 = 0, p23 = 1, p14 = 0 } = this.#parameters.lossState ?? {};
    switch (this.#state) {
      case 1:
        if (number < share(p14)) this.#state = 4;
        else if (share(p14) < number && number < share(p13) + share(p14)) this.#state = 3;
        return this.#state !== 1;
      case 2:
        if (number >= share(p23)) return false;
        this.#state = 3;
        return true;
      case 3:
        if (number < share(p32)) this.#state = 2;
        else if (share(p32) < number && number < share(p31) + share(p32)) this.#state = 1;
        else return share(p31) + share(p32) < number;
        return false;
      default:
        this.#state = 1;
        return false;
    }
  }
}

function nanosOf(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds * 1e6));
}
