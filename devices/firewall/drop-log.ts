/**
 * The firewall's log of what it dropped. Packets of one protocol from one source to one port are one line with a count, and there
 * are only so many lines: a scan of every port cannot eat the memory, and says how many lines made room.
 */
import type { Micros } from '../../sim/clock.ts';
import type { Kept } from '../../sim/kept.ts';

/** Packets of one protocol, source and port, when first and last, and how many. */
export type DropLine = {
  readonly protocol: 'tcp' | 'udp';
  readonly source: string;
  readonly port: number;
  readonly first: Micros;
  readonly last: Micros;
  readonly count: number;
};

/** A log as a plain value, the line that is there longest first. */
export type DropLogState = {
  readonly lines: readonly DropLine[];
  readonly madeRoom: number;
};

/** Lines kept; beyond it the oldest goes. */
export const DROP_LINES_MAX = 1_000;

/** Lines by when they were opened; the oldest makes room. */
export class DropLog implements Kept<DropLogState> {
  readonly #lines = new Map<string, DropLine>();
  #madeRoom: number;

  /** Empty, or as it was when `kept` was saved. */
  constructor(kept?: DropLogState) {
    this.#madeRoom = kept?.madeRoom ?? 0;
    for (const line of kept?.lines ?? []) this.#lines.set(keyOf(line), line);
  }

  /** Returns true when this opened a new line, and no line ever had to make room. */
  add(protocol: 'tcp' | 'udp', source: string, port: number, time: Micros): boolean {
    const key = keyOf({ protocol, source, port });
    const line = this.#lines.get(key);
    if (line !== undefined) {
      this.#lines.set(key, { ...line, last: time, count: line.count + 1 });
      return false;
    }
    if (this.#lines.size >= DROP_LINES_MAX) {
      const [oldest] = this.#lines.keys();
      if (oldest !== undefined) this.#lines.delete(oldest);
      this.#madeRoom++;
    }
    this.#lines.set(key, { protocol, source, port, first: time, last: time, count: 1 });
    return this.#madeRoom === 0;
  }

  save(): DropLogState {
    return { lines: this.lines, madeRoom: this.#madeRoom };
  }

  get lines(): readonly DropLine[] {
    return [...this.#lines.values()];
  }

  /** Lines that had to make room. */
  get madeRoom(): number {
    return this.#madeRoom;
  }
}

function keyOf({ protocol, source, port }: Pick<DropLine, 'protocol' | 'source' | 'port'>): string {
  return `${protocol} ${source} ${port}`;
}
