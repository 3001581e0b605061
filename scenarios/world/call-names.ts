/** Names calls as people count them: `alice-to-bob#1` is the first call that Alice placed to Bob, on whichever phone. */
export class CallNames {
  readonly #counts = new Map<string, number>();

  next(from: string, to: string): string {
    const pair = `${from}-to-${to}`;
    const count = (this.#counts.get(pair) ?? 0) + 1;
    this.#counts.set(pair, count);
    return `${pair}#${count}`;
  }
}
