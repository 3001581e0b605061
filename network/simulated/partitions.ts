/**
 * Partitions by host: who cannot reach whom, whatever links lie between them. They go by the addresses of a packet, so a host in the
 * place of another one (`Link.divert`) is cut off as that one. A link that is cut by itself is `Link.partition`.
 */
import type { Kept } from '../../sim/kept.ts';
import { networkError } from './errors.ts';

interface Separation {
  readonly from: ReadonlySet<string>;
  /** Absent: everybody else. */
  readonly to?: ReadonlySet<string>;
}

/** Who is kept apart, as a plain value; without `to` it is from everybody else. */
export type PartitionsState = readonly {
  readonly from: readonly string[];
  readonly to: readonly string[] | undefined;
}[];

/** Which hosts are kept apart from which at the moment, whatever links join them. */
export class Partitions implements Kept<PartitionsState> {
  readonly #separations: Separation[];
  /** Hosts by those of their addresses that are not their names. */
  readonly #hosts = new Map<string, string>();

  constructor(kept: PartitionsState = []) {
    this.#separations = kept.map(({ from, to }) => ({
      from: new Set(from),
      ...(to === undefined ? {} : { to: new Set(to) }),
    }));
  }

  /** Which address is whose is not kept: whoever is taken up says so again. */
  save(): PartitionsState {
    return this.#separations.map(({ from, to }) => ({ from: [...from], to: to && [...to] }));
  }

  /** Whether there are none: asked for each packet. */
  get isEmpty(): boolean {
    return this.#separations.length === 0;
  }

  /** Lets nothing pass between the groups; `oneWay`: nothing from a group to one named after it. Errors: NETWORK_PARTITION. */
  split(groups: readonly (readonly string[])[], oneWay: boolean): void {
    const all = groups.flat();
    if (groups.length < 2 || groups.some(({ length }) => length === 0))
      throw networkError('NETWORK_PARTITION', 'a partition needs two groups of hosts or more');
    if (new Set(all).size < all.length)
      throw networkError('NETWORK_PARTITION', 'a host stands in a partition twice');
    groups.forEach((group, index) => {
      const from = new Set(group);
      const others = groups.filter((_, each) => (oneWay ? each > index : each !== index)).flat();
      if (others.length > 0) this.#separations.push({ from, to: new Set(others) });
    });
  }

  /** Lets nothing pass between a host and everybody else. */
  isolate(host: string): void {
    this.#separations.push({ from: new Set([host]) });
  }

  heal(): void {
    this.#separations.length = 0;
  }

  /** Makes an address one of a host's: it is cut off as that host is. */
  addAddress(address: string, host: string): void {
    this.#hosts.set(address, host);
  }

  separate(fromAddress: string, toAddress: string): boolean {
    const from = this.#hosts.get(fromAddress) ?? fromAddress;
    const to = this.#hosts.get(toAddress) ?? toAddress;
    return this.#separations.some((each) =>
      each.to === undefined
        ? each.from.has(from) !== each.from.has(to)
        : each.from.has(from) && each.to.has(to),
    );
  }
}
