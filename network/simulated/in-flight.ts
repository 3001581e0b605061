/**
 * The packets under way in one direction of a link, ordered by arrival; on a tie the one that set out first arrives first.
 *
 * The link schedules one clock event per packet, always the same function, which takes the earliest packet from here: no closure
 * per packet. Packets mostly arrive in the order they set out, so the queue is a ring that is searched from its end.
 */
import type { Micros } from '../../sim/clock.ts';

/** Most links carry a packet now and then, and there are many. */
const CAPACITY_MIN = 2;

/** A queue of items by the time they arrive, in a ring that grows: adding in order, which is the rule, moves nothing. */
export class InFlight<Item> {
  #times: number[] = [];
  #items: (Item | undefined)[] = [];
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(time: Micros, item: Item): void {
    if (this.#size === this.#items.length) this.#grow();
    const mask = this.#items.length - 1;
    let at = (this.#head + this.#size) & mask;
    for (let left = this.#size++; left > 0; left--) {
      const before = (at - 1) & mask;
      const beforeTime = this.#times[before] ?? 0;
      if (beforeTime <= time) break;
      this.#times[at] = beforeTime;
      this.#items[at] = this.#items[before];
      at = before;
    }
    this.#times[at] = time;
    this.#items[at] = item;
  }

  /** Takes the packet that arrives first. */
  shift(): Item | undefined {
    if (this.#size === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#items.length - 1);
    this.#size--;
    return item;
  }

  #grow(): void {
    const capacity = this.#items.length;
    const length = Math.max(CAPACITY_MIN, capacity * 2);
    const times: number[] = Array.from({ length }, () => 0);
    const items: (Item | undefined)[] = Array.from({ length });
    for (let i = 0; i < capacity; i++) {
      const at = (this.#head + i) & (capacity - 1);
      times[i] = this.#times[at] ?? 0;
      items[i] = this.#items[at];
    }
    this.#times = times;
    this.#items = items;
    this.#head = 0;
  }
}
