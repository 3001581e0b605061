/**
 * The functions of passing timers, by the ids of their timers. Ids rise by one, and nearly all such timers fire soon, so a function is
 * kept at the place that the low bits of its id name: a ring, in which the ids that are pending lie side by side. One that is still
 * there when the ring has come round gives way to the newcomer and goes into a table.
 */

/** A power of two. */
const INITIAL_PLACES = 64;
/** Places at most; a power of two. A hundred calls have a thousand packets and frames to come. */
const PLACES_MAX = 4096;

/** Marks a place without a timer: no whole number, so whatever somebody cancels that was never set is not it. */
const NO_ID = 0.5;

/** What is done when its time has come, and all that is needed for it: smaller than a function with what it closes over. */
export interface Undertaking {
  run(): void;
}

/** What a passing timer does. */
export type PassingAction = (() => void) | Undertaking;

/** Functions by rising ids, which are above 0. */
export class PassingTimers {
  #size = 0;
  /** The id at each place. */
  #ids = new Float64Array(INITIAL_PLACES).fill(NO_ID);
  #actions: PassingAction[] = Array.from({ length: INITIAL_PLACES }, () => nothing);
  /** Those that outlasted a turn of the ring. */
  readonly #outlasting = new Map<number, PassingAction>();

  get size(): number {
    return this.#size;
  }

  has(id: number): boolean {
    return this.#ids[this.#placeOf(id)] === id || this.#outlasting.has(id);
  }

  /** Precondition: `id` is above all that were set before. */
  set(id: number, action: PassingAction): void {
    this.#size++;
    let place = this.#placeOf(id);
    if (this.#ids[place] !== NO_ID) {
      if (this.#ids.length < PLACES_MAX) {
        this.#grow();
        place = this.#placeOf(id);
      }
      const before = this.#ids[place] as number;
      if (before !== NO_ID) this.#outlasting.set(before, this.#actions[place] as PassingAction);
    }
    this.#ids[place] = id;
    this.#actions[place] = action;
  }

  /** Takes out the function of `id`; undefined when it has none. */
  take(id: number): PassingAction | undefined {
    const place = this.#placeOf(id);
    if (this.#ids[place] === id) {
      const action = this.#actions[place];
      this.#ids[place] = NO_ID;
      this.#actions[place] = nothing;
      this.#size--;
      return action;
    }
    if (this.#outlasting.size === 0) return undefined;
    const action = this.#outlasting.get(id);
    if (action !== undefined) {
      this.#outlasting.delete(id);
      this.#size--;
    }
    return action;
  }

  /** The remainder by a power of two: the lowest bits of an id are there however large it is. */
  #placeOf(id: number): number {
    return id & (this.#ids.length - 1);
  }

  /** Twice as many places: what lay at one place lies at one of two. */
  #grow(): void {
    const [ids, actions] = [this.#ids, this.#actions];
    const places = 2 * ids.length;
    this.#ids = new Float64Array(places).fill(NO_ID);
    this.#actions = Array.from({ length: places }, () => nothing);
    for (const [from, id] of ids.entries()) {
      if (id === NO_ID) continue;
      const place = this.#placeOf(id);
      this.#ids[place] = id;
      this.#actions[place] = actions[from] as PassingAction;
    }
  }
}

function nothing(): void {
  // Stands where there is no timer.
}
