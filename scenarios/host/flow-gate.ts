/**
 * The gate between a thread that makes octets and the reader that takes them: how many are on their way, counted where both
 * threads see it. A simulation is synchronous and faster than most readers; without the gate everything it makes would pile up
 * in memory. It waits in a way that ending its thread interrupts.
 */

/** Octets on their way from which on the thread waits. */
const UNREAD_OCTETS_MAX = 4 * 1024 * 1024;

/** What is sent to the thread. */
export type GateMemory = SharedArrayBuffer;

/** One counter in shared memory, with an object of this class on each side of it. */
export class FlowGate {
  readonly memory: GateMemory;
  readonly #unread: Int32Array;

  /** `memory` is that of the other side; without it, this is the first. */
  constructor(memory: GateMemory = new SharedArrayBuffer(4)) {
    this.memory = memory;
    this.#unread = new Int32Array(memory);
  }

  /** For the thread: counts octets that it has sent, and returns when there is room for more. */
  pass(octets: number): void {
    let unread = Atomics.add(this.#unread, 0, octets) + octets;
    while (unread >= UNREAD_OCTETS_MAX) {
      Atomics.wait(this.#unread, 0, unread);
      unread = Atomics.load(this.#unread, 0);
    }
  }

  /** For the reader: octets have been taken. */
  taken(octets: number): void {
    Atomics.sub(this.#unread, 0, octets);
    Atomics.notify(this.#unread, 0);
  }
}
