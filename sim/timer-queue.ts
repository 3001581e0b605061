/**
 * The queue of timers: a binary heap over typed arrays, ordered by (time, id). It knows times and ids only, so there is no object per
 * timer in it.
 */

const INITIAL_CAPACITY = 64;

/** Ids of timers with their times (virtual, microseconds); the earliest comes out first, and of equal times the lowest id. */
export class TimerQueue {
  #size = 0;
  #times = new Float64Array(INITIAL_CAPACITY);
  #ids = new Float64Array(INITIAL_CAPACITY);

  get size(): number {
    return this.#size;
  }

  /** Time of the first; of no meaning in an empty queue. */
  get firstTime(): number {
    return this.#times[0] as number;
  }

  /** Id of the first; of no meaning in an empty queue. */
  get firstId(): number {
    return this.#ids[0] as number;
  }

  /** Everything in it, in no order. */
  forEach(action: (time: number, id: number) => void): void {
    for (let at = 0; at < this.#size; at++) action(this.#times[at] as number, this.#ids[at] as number);
  }

  push(time: number, id: number): void {
    if (this.#size === this.#times.length) this.#grow();
    const times = this.#times;
    const ids = this.#ids;
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentTime = times[parent] as number;
      const parentId = ids[parent] as number;
      if (parentTime < time || (parentTime === time && parentId < id)) break;
      times[at] = parentTime;
      ids[at] = parentId;
      at = parent;
    }
    times[at] = time;
    ids[at] = id;
  }

  /** Takes the first out. */
  pop(): void {
    const times = this.#times;
    const ids = this.#ids;
    const size = --this.#size;
    if (size === 0) return;
    const time = times[size] as number;
    const id = ids[size] as number;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      const right = child + 1;
      if (right < size && this.#before(right, child)) child = right;
      const childTime = times[child] as number;
      if (time < childTime || (time === childTime && id < (ids[child] as number))) break;
      times[at] = childTime;
      ids[at] = ids[child] as number;
      at = child;
    }
    times[at] = time;
    ids[at] = id;
  }

  /** Drops all others. Linear in what it holds, but for the order of what stays. */
  keepOnly(stays: (id: number) => boolean): void {
    const size = this.#size;
    this.#size = 0;
    for (let at = 0; at < size; at++) {
      const id = this.#ids[at] as number;
      if (stays(id)) this.push(this.#times[at] as number, id);
    }
  }

  #before(a: number, b: number): boolean {
    const difference = (this.#times[a] as number) - (this.#times[b] as number);
    return difference < 0 || (difference === 0 && (this.#ids[a] as number) < (this.#ids[b] as number));
  }

  #grow(): void {
    const times = new Float64Array(this.#times.length * 2);
    const ids = new Float64Array(times.length);
    times.set(this.#times);
    ids.set(this.#ids);
    this.#times = times;
    this.#ids = ids;
  }
}
