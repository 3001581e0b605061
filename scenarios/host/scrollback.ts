/** What a terminal has shown, for a window that changes its size. */

import { stripVTControlCharacters } from 'node:util';

/** Lines that can be drawn again: more than any window is high. */
const TRANSCRIPT_LINES = 500;

/** What has scrolled by, to be drawn again in a window of another size. */
export class Scrollback {
  #lines: readonly string[] = [];

  /** Text that ends with a newline. */
  add(text: string): void {
    this.#lines = [...this.#lines, ...text.split('\n').slice(0, -1)].slice(-TRANSCRIPT_LINES);
  }

  /** The last lines, as many as fit into so many rows. */
  last(rows: number, columns: number): readonly string[] {
    let left = rows;
    const first = this.#lines.findLastIndex((line) => {
      left -= Math.max(1, Math.ceil(stripVTControlCharacters(line).length / columns));
      return left < 0;
    });
    return this.#lines.slice(first + 1);
  }
}
