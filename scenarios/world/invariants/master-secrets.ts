/**
 * The master secrets of a KMS are on the CMS that made them, on nothing else and before nobody's eyes: whoever has them has every key
 * (clause para-2). What somebody stole from that CMS is theft, which the run shows by itself.
 */
import { custodyVerbOf } from '../../../sim/custody.ts';
import type { Secret } from '../../../sim/secret.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { Testimony } from '../witness.ts';
import { breach, handOverIn, type Invariant } from './invariant.ts';

/** Who may have which: `<fingerprint> <holder>`. */
export type MasterSecretState = { readonly allowed: readonly string[] };

/** Holds while every hand-over of a KSAK or z_T is its making, its erasure or a theft. */
export class MasterSecretsKept implements Invariant<MasterSecretState> {
  readonly id = 'master-secrets';
  readonly initial: MasterSecretState = { allowed: [] };

  take(state: MasterSecretState, event: AnyTraceEvent): Testimony<MasterSecretState> {
    const handOver = handOverIn(event);
    const secrets = handOver?.secrets.filter(isMaster) ?? [];
    if (handOver === undefined || secrets.length === 0) return { state };
    const { to } = handOver;
    const verb = custodyVerbOf(event);
    if (verb === 'erased') return { state };
    if ((verb === 'made' || verb === 'seized') && to !== null)
      return { state: { allowed: [...state.allowed, ...secrets.map((secret) => placeOf(secret, to))] } };
    const strayed = secrets.filter((secret) => to === null || !state.allowed.includes(placeOf(secret, to)));
    return { state, says: strayed.map((secret) => breach(this.id, event, secret, to ?? 'whoever looks')) };
  }
}

function isMaster({ kind }: Secret): boolean {
  return kind === 'KSAK' || kind === 'z_T';
}

function placeOf({ kind, fingerprint }: Secret, holder: string): string {
  return `${kind} ${fingerprint} ${holder}`;
}
