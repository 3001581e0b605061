/**
 * Where an attacker has its secrets from: which of them custody gave it, under which label, and which are within its reach because a user
 * gives it everything. So what a success names as its means can be found in the custody of the trace.
 */
import type { Kept } from '../../sim/kept.ts';
import { Secret } from '../../sim/secret.ts';
import type { Outcome } from './attack.ts';
import type { Reach } from './reach.ts';

/** Kind and fingerprint of each secret with the owner under whom it was given first. */
export type ProvenanceState = readonly (readonly [key: string, owner: string])[];

/** Remembers the first label of each secret. */
export class Provenance implements Kept<ProvenanceState> {
  readonly #owners: Map<string, string>;

  constructor(state: ProvenanceState = []) {
    this.#owners = new Map(state);
  }

  save(): ProvenanceState {
    return [...this.#owners];
  }

  given(secrets: readonly Secret[]): void {
    for (const secret of secrets) {
      const key = keyOf(secret);
      if (!this.#owners.has(key)) this.#owners.set(key, secret.owner);
    }
  }

  /**
   * The same outcome, its means under the labels that custody has for them. What a phone of its own has is under those of the phone. What
   * `colluder` gives is no hand-over: the user is the source then.
   */
  stated(outcome: Outcome, { colluder, own }: Pick<Reach, 'colluder' | 'own'>): Outcome {
    const onPhones = new Map(own.map((secret) => [keyOf(secret), secret]));
    const theirs = new Set(colluder.secrets.map(keyOf));
    const means: Secret[] = [];
    const sources = new Set(outcome.sources);
    for (const secret of outcome.means) {
      const key = keyOf(secret);
      const owner = this.#owners.get(key);
      if (owner !== undefined) means.push(new Secret(secret.kind, owner, secret.reveal()));
      else if (onPhones.has(key)) means.push(onPhones.get(key) ?? secret);
      else if (theirs.has(key)) sources.add(colluder.name);
      else means.push(secret);
    }
    return { ...outcome, means, sources: [...sources] };
  }
}

function keyOf({ kind, fingerprint }: Secret): string {
  return `${kind}#${fingerprint}`;
}
