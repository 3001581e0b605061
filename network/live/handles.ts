/** Every socket and server that the fabric holds, so that all of them are closed whichever way a run ends. */

/** The part of a socket or server that this needs. */
export interface Handle {
  once(event: 'close', listener: () => void): unknown;
}

/** The sockets and servers that are open now: the end of a run destroys them and waits until the last is closed. */
export class Handles {
  readonly #open = new Map<Handle, () => void>();
  readonly #waiting: (() => void)[] = [];

  get size(): number {
    return this.#open.size;
  }

  /** `destroy` closes it at once. */
  add(handle: Handle, destroy: () => void): void {
    this.#open.set(handle, destroy);
    handle.once('close', () => {
      this.#open.delete(handle);
      if (this.#open.size === 0) for (const resolve of this.#waiting.splice(0)) resolve();
    });
  }

  /** Closes everything; resolves when all of it is closed. */
  async closeAll(): Promise<void> {
    for (const destroy of this.#open.values()) destroy();
    if (this.#open.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}
