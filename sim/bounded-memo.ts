/** Remembers the last results of a pure function, keyed by a SHA-256 over its inputs. The least recently used goes first. */
import { createHash } from 'node:crypto';

/** Remembers the results of the last computations by key; beyond its capacity the one that was not asked for longest is forgotten. */
export class BoundedMemo<Value> {
  readonly #capacity: number;
  readonly #values = new Map<string, { readonly value: Value }>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#values.size;
  }

  /** What `compute` returned for these inputs, or returns now. A throw is not remembered. */
  recall(inputs: readonly Uint8Array[], compute: () => Value): Value {
    const known = this.#find(keyOf(inputs));
    if (known !== undefined) return known.value;
    const value = compute();
    this.remember(inputs, value);
    return value;
  }

  /** What is remembered for these inputs, if anything. */
  find(inputs: readonly Uint8Array[]): Value | undefined {
    return this.#find(keyOf(inputs))?.value;
  }

  remember(inputs: readonly Uint8Array[], value: Value): void {
    this.#values.set(keyOf(inputs), { value });
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.#capacity && oldest !== undefined) this.#values.delete(oldest);
  }

  #find(key: string): { readonly value: Value } | undefined {
    const known = this.#values.get(key);
    if (known === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, known);
    return known;
  }
}

/** Lengths go in first, so that no two lists of inputs hash the same octets. */
function keyOf(inputs: readonly Uint8Array[]): string {
  const hash = createHash('sha256').update(Uint32Array.from(inputs, (input) => input.length));
  for (const input of inputs) hash.update(input);
  return hash.digest('base64');
}
