/** Cuts octets as they come from a connection into lines, and refuses a line that is too long before it is whole. */
import { controlError } from './errors.ts';

/** Holds the octets of an unfinished line, at most `most` characters, between one read of the connection and the next. */
export class LineReader {
  readonly #most: number;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #rest = '';

  constructor(most: number) {
    this.#most = most;
  }

  /** The lines that are whole now. Errors: CONTROL_SIZE, CONTROL_LINE for what is not UTF-8. */
  push(octets: Uint8Array): readonly string[] {
    this.#rest += this.#decoded(octets);
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of [...lines, this.#rest])
      if (line.length > this.#most)
        throw controlError('CONTROL_SIZE', `a line of more than ${this.#most} characters`);
    return lines;
  }

  #decoded(octets: Uint8Array): string {
    try {
      return this.#decoder.decode(octets, { stream: true });
    } catch (cause) {
      throw controlError('CONTROL_LINE', 'the octets are not UTF-8', { cause });
    }
  }
}
