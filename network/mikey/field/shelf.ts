/**
 * A few places in a field's memory for tables that belong to others. A table is put back into memory when it is asked for and is
 * not there; the one that was not asked for longest makes room. Tables so live and die with what holds them, and the
 * memory of a field, which can only grow, stays bounded.
 */
import type { PairAddress, PairField, SavedPairs } from './pair-field.ts';

/** Places for tables of at most one size. */
export class Shelf {
  readonly #field: PairField;
  readonly #pairs: number;
  readonly #most: number;
  /** By table, the least recently used first. */
  readonly #places = new Map<SavedPairs, PairAddress>();

  /**
   * @param pairs of a table at most
   * @param most tables at a time
   */
  constructor(field: PairField, pairs: number, most: number) {
    this.#field = field;
    this.#pairs = pairs;
    this.#most = most;
  }

  /** Where the table is, until another is asked for or put here. */
  addressOf(table: SavedPairs): PairAddress {
    const known = this.#places.get(table);
    if (known !== undefined) {
      this.put(table, known);
      return known;
    }
    const place = this.freePlace();
    table.restore(place);
    this.put(table, place);
    return place;
  }

  /** A place that no table is in, for one to be made in and {@link put} there. */
  freePlace(): PairAddress {
    const [oldest] = this.#places;
    if (this.#places.size < this.#most || oldest === undefined) return this.#field.reserve(this.#pairs);
    this.#places.delete(oldest[0]);
    return oldest[1];
  }

  /** Notes that a table is at a place that was free. */
  put(table: SavedPairs, place: PairAddress): void {
    this.#places.delete(table);
    this.#places.set(table, place);
  }
}
