/**
 * The firewall's log of what it dropped. Packets of one protocol from one source to one port are one line with a count, and there
 * are only so many lines: a scan of every port cannot eat the memory, and says how many lines made room.
 */
import type { Micros } from '../../sim/clock.ts';

/** Packets of one protocol, source and port, when first and last, and how many. */
export interface DropLine {
  readonly protocol: 'tcp' | 'udp';
  readonly source: string;
  readonly port: number;
  readonly first: Micros;
  last: Micros;
  count: number;
}

/** Lines kept; beyond it the oldest goes. */
export const DROP_LINES_MAX = 1_000;

/** Lines by when they were last touched; the one that was quiet longest makes room. */
export class DropLog {
  readonly #lines = new Map<string, DropLine>();
  #madeRoom = 0;

  /** Returns true when this opened a new line, and no line ever had to make room. */
  add(protocol: 'tcp' | 'udp', source: string, port: number, time: Micros): boolean {
    const key = `${protocol} ${source} ${port}`;
    const line = this.#lines.get(key);
    if (line !== undefined) {
      line.last = time;
      line.count++;
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

  get lines(): readonly Readonly<DropLine>[] {
    return [...this.#lines.values()];
  }

  /** Lines that had to make room. */
  get madeRoom(): number {
    return this.#madeRoom;
  }
}
