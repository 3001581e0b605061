/**
 * Copies of payloads, cut from larger slabs. A typed array of its own for each packet costs several times as much, nearly all of
 * it in the garbage collector. A slab lives as long as any payload cut from it is kept.
 */
const SLAB = 16_384;

/**
 * Room for the octets of packets in flight, taken in slabs: a packet costs no allocation of its own. Copies are never given back one
 * by one.
 */
export class Arena {
  #slab = new ArrayBuffer(SLAB);
  #used = 0;

  copy(octets: Uint8Array): Uint8Array {
    const length = octets.length;
    if (length > SLAB / 4) return octets.slice();
    if (this.#used + length > SLAB) {
      this.#slab = new ArrayBuffer(SLAB);
      this.#used = 0;
    }
    const copy = new Uint8Array(this.#slab, this.#used, length);
    copy.set(octets);
    this.#used += length;
    return copy;
  }
}
