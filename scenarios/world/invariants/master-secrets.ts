/**
 * The master secrets of a KMS are on the CMS that made them, on nothing else and before nobody's eyes: whoever has them has every key
 * (clause para-2). A backup that its operator declared is theirs too, and the CMS that is restored from it. What somebody stole from any of these is
 * theft, which the run shows by itself.
 */
import { custodyVerbOf, isCustodyType } from '../../../sim/custody.ts';
import type { Secret } from '../../../sim/secret.ts';
import type { AnyTraceEvent, TraceType } from '../../../sim/trace.ts';
import type { Testimony } from '../witness.ts';
import { breach, handOverIn, watched, type Invariant } from './invariant.ts';

/** Master secrets that were made, and who may have which of them: `<kind> <fingerprint> <holder>`; and what was declared of backups: `<cms> <disc>`. */
export type MasterSecretState = {
  readonly made: readonly string[];
  readonly allowed: readonly string[];
  /** Backups that were made and not burnt yet, and CMSs that are being restored from one. */
  readonly backups: readonly string[];
  readonly restores: readonly string[];
};

/** Holds while every hand-over of a KSAK or z_T is its one making, its erasure, or a theft from who may have it. */
export class MasterSecretsKept implements Invariant<MasterSecretState> {
  readonly id = 'master-secrets';
  readonly initial: MasterSecretState = { made: [], allowed: [], backups: [], restores: [] };

  heeds(type: TraceType): boolean {
    return type === 'cms.backed-up' || type === 'cms.restored' || isCustodyType(type);
  }

  take(state: MasterSecretState, event: AnyTraceEvent): Testimony<MasterSecretState> {
    if (event.type === 'cms.backed-up')
      return { state: { ...state, backups: [...state.backups, `${event.on} ${event.data.disc}`] } };
    if (event.type === 'cms.restored')
      return { state: { ...state, restores: [...state.restores, `${event.on} ${event.data.disc}`] } };
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
        (verb === 'made' && !state.made.includes(nameOf(secret))) ||
        (verb === 'seized' && may(secret, from)) ||
        (verb === 'burnt' && may(secret, from) && state.backups.includes(`${from ?? ''} ${to ?? ''}`)) ||
        (verb === 'installed' && discsRestoring(state, to).some((disc) => may(secret, disc))),
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

/** The discs that a CMS was restored from. */
function discsRestoring({ restores }: MasterSecretState, cms: string | null): readonly string[] {
  return restores.flatMap((each) =>
    each.startsWith(`${cms ?? ''} `) ? [each.slice(each.indexOf(' ') + 1)] : [],
  );
}

function allowing(state: MasterSecretState, secrets: readonly Secret[], holder: string): MasterSecretState {
  return {
    ...state,
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
