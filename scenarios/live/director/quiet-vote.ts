/**
 * Whether time may jump: a stretch in which nothing is due is skipped when every device was asked since anything happened, and is quiet.
 */

/** What the vote asks, and of whom. */
export interface Voters {
  readonly missing: readonly string[];
  readonly quiet: boolean;
  askQuiet(): void;
}

/** One question at a time: the answers to it are counted when the director is asked the next time. */
export class QuietVote {
  readonly #voters: Voters;
  #isAsked = false;

  constructor(voters: Voters) {
    this.#voters = voters;
  }

  /** Asks when it has not; `isOpening` says that a connection is being made, which nobody is quiet about. */
  mayJump(isOpening: boolean): boolean {
    if (isOpening || this.#voters.missing.length > 0) return false;
    if (this.#isAsked && this.#voters.quiet) {
      this.#isAsked = false;
      return true;
    }
    this.#isAsked = true;
    this.#voters.askQuiet();
    return false;
  }
}
