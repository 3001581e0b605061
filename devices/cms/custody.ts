/** What a CMS tells of the secrets that it makes and gives away. */
import type { CustodyVerb } from '../../sim/custody.ts';
import type { Kept } from '../../sim/kept.ts';
import type { Secret } from '../../sim/secret.ts';
import type { Trace } from '../../sim/trace.ts';

/** A custody as a plain value: the labels of the secrets that were made. */
export type CmsCustodyState = readonly string[];

/** The custody of one CMS. A secret is made once, however often it is asked for. */
export class CmsCustody implements Kept<CmsCustodyState> {
  readonly #trace: Trace;
  readonly #cms: string;
  readonly #made: Set<string>;

  constructor(trace: Trace, cms: string, kept: CmsCustodyState = []) {
    this.#made = new Set(kept);
    this.#trace = trace;
    this.#cms = cms;
  }

  save(): CmsCustodyState {
    return [...this.#made];
  }

  /** Tells of those that are new. */
  made(secrets: readonly Secret[]): void {
    const fresh = secrets.filter(({ label }) => !this.#made.has(label));
    for (const { label } of fresh) this.#made.add(label);
    if (fresh.length > 0)
      this.#trace.append('custody.made', this.#cms, { secrets: fresh, from: null, to: this.#cms });
  }

  /** A key takes the place of another, which is forgotten. Nothing when it is the same. */
  replaced(before: Secret, after: Secret): void {
    if (before.fingerprint === after.fingerprint) return;
    this.made([after]);
    this.handOver('erased', [before], null);
  }

  /** Secrets are wrapped; what comes of it is on the CMS too. */
  wrapped(secrets: readonly Secret[], packages: readonly Secret[]): void {
    this.handOver('wrapped', secrets.concat(packages), this.#cms);
  }

  handOver(verb: CustodyVerb, secrets: readonly Secret[], to: string | null): void {
    if (secrets.length > 0)
      this.#trace.append(`custody.${verb}`, this.#cms, { secrets, from: this.#cms, to });
  }
}
