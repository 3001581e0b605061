/**
 * The master secrets of a KMS are on the CMS that made them, on nothing else and before nobody's eyes: whoever has them has every key
 * (clause para-2). What somebody stole from that CMS is theft, which the run shows by itself.
 */
import { custodyVerbOf, isCustodyType } from '../../../sim/custody.ts';
import type { Secret } from '../../../sim/secret.ts';
import type { AnyTraceEvent, TraceType } from '../../../sim/trace.ts';
import type { Testimony } from '../witness.ts';
import { breach, handOverIn, watched, type Invariant } from './invariant.ts';

/** Master secrets that were made, and who may have which of them: `<kind> <fingerprint> <holder>`. */
export type MasterSecretState = { readonly made: readonly string[]; readonly allowed: readonly string[] };

/** Holds while every hand-over of a KSAK or z_T is its one making, its erasure, or a theft from who may have it. */
export class MasterSecretsKept implements Invariant<MasterSecretState> {
  readonly id = 'master-secrets';
  readonly initial: MasterSecretState = { made: [], allowed: [] };

  heeds(type: TraceType): boolean {
    return isCustodyType(type);
  }

  take(state: MasterSecretState, event: AnyTraceEvent): Testimony<MasterSecretState> {
    const handOver = handOverIn(event);
    const secrets = handOver?.secrets.filter(isMaster) ?? [];
    if (handOver === undefined || secrets.length === 0) return { state };
    const { from, to } = handOver;
    const verb = custodyVerbOf(event);
    if (verb === 'erased') return { state };
    const may = (secret: Secret, holder: string | null): boolean =>
      holder !== null && state.allowed.includes(placeOf(secret, holder));
    const comesTo = secrets.filter(
      (secret) =>
        (verb === 'made' && !state.made.includes(nameOf(secret))) || (verb === 'seized' && may(secret, from)),
    );
    const strayed = secrets.filter((secret) => !comesTo.includes(secret) && !may(secret, to));
    return {
      state: to === null ? state : allowing(state, comesTo, to),
      says: [
        ...(verb === 'made' && to !== null ? comesTo.map((secret) => watched(this.id, secret, to)) : []),
        ...strayed.map((secret) => breach(this.id, event, secret, to ?? 'whoever looks')),
      ],
    };
  }
}

function isMaster({ kind }: Secret): boolean {
  return kind === 'KSAK' || kind === 'z_T';
}

function allowing(state: MasterSecretState, secrets: readonly Secret[], holder: string): MasterSecretState {
  return {
    made: [...state.made, ...secrets.map(nameOf)],
    allowed: [...state.allowed, ...secrets.map((secret) => placeOf(secret, holder))],
  };
}

function nameOf({ kind, fingerprint }: Secret): string {
  return `${kind} ${fingerprint}`;
}

function placeOf(secret: Secret, holder: string): string {
  return `${nameOf(secret)} ${holder}`;
}
