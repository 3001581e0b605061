/**
 * Nothing that can be used outlives a wipe: what a phone ever had for keys stands nowhere in its storage afterwards, as full extraction gets it, and
 * is used no more until somebody brings it again (clause para-30). What the phone says of its wipe is not asked.
 */
import { custodyVerbOf, isCustodyType } from '../../../sim/custody.ts';
import { fromHex, toHex } from '../../../sim/octets.ts';
import { Secret } from '../../../sim/secret.ts';
import type { AnyTraceEvent, TraceType } from '../../../sim/trace.ts';
import { readFlashImage } from '../../../devices/hardware/index.ts';
import type { Sight, Testimony } from '../witness.ts';
import { breach, handOverIn, type Invariant } from './invariant.ts';

/** A secret that a phone has had; its octets are kept as worlds keep them, and told to nobody. */
type KeptKey = { readonly kind: Secret['kind']; readonly owner: string; readonly octets: string };

/** By phone: all that it has had, and of that what a wipe took from it. */
export type WipedPhoneState = {
  readonly had: { readonly [phone: string]: readonly KeptKey[] };
  readonly gone: { readonly [phone: string]: readonly string[] };
};

/** Holds while every wipe leaves no octets of a key behind, and no phone uses what it was wiped of. */
export class WipedPhonesKept implements Invariant<WipedPhoneState> {
  readonly id = 'wiped-phones';
  readonly initial: WipedPhoneState = { had: {}, gone: {} };

  heeds(type: TraceType): boolean {
    return type === 'handset.wiped' || isCustodyType(type);
  }

  take(state: WipedPhoneState, event: AnyTraceEvent, sight: Sight): Testimony<WipedPhoneState> {
    if (event.type === 'handset.wiped') return this.#wiped(state, event, sight);
    const handOver = handOverIn(event);
    const verb = custodyVerbOf(event);
    if (handOver === undefined || handOver.to === null) return { state };
    const { to, secrets } = handOver;
    switch (verb) {
      case 'scanned':
      case 'unwrapped':
      case 'installed':
      case 'stored':
        return { state: having(state, to, secrets) };
      case 'used': {
        const gone = state.gone[to] ?? [];
        const back = secrets.filter((secret) => gone.includes(nameOf(secret)));
        return { state, says: back.map((secret) => breach(this.id, event, secret, to)) };
      }
      default:
        return { state };
    }
  }

  #wiped(state: WipedPhoneState, event: AnyTraceEvent, sight: Sight): Testimony<WipedPhoneState> {
    const phone = event.on;
    const had = (state.had[phone] ?? []).map(
      ({ kind, owner, octets }) => new Secret(kind, owner, fromHex(octets) ?? new Uint8Array(0)),
    );
    if (had.length === 0) return { state };
    const readable = readableOf(sight.storageOf(phone));
    const left = had.filter((secret) =>
      readable.some((octets) => octets.includes(Buffer.from(secret.reveal()))),
    );
    return {
      state: { ...state, gone: { ...state.gone, [phone]: had.map(nameOf) } },
      says: left.map((secret) => breach(this.id, event, secret, phone)),
    };
  }
}

/** The octets of a storage as they are, and of each record of it that can be opened by what is on the chip. */
function readableOf(image: Uint8Array | undefined): readonly Buffer[] {
  if (image === undefined) return [];
  const { live, remnants } = readFlashImage(image);
  return [image, ...[...live.values(), ...remnants].map(({ value }) => value)].map((octets) =>
    Buffer.from(octets),
  );
}

function having(state: WipedPhoneState, phone: string, secrets: readonly Secret[]): WipedPhoneState {
  const known = state.had[phone] ?? [];
  const keys = secrets
    .filter(({ kind }) => kind !== 'key package')
    .map((secret) => ({ kind: secret.kind, owner: secret.owner, octets: toHex(secret.reveal()) }));
  const fresh = keys.filter(({ kind, octets }) =>
    known.every((each) => each.kind !== kind || each.octets !== octets),
  );
  const back = new Set(secrets.map(nameOf));
  const gone = state.gone[phone]?.filter((name) => !back.has(name));
  return {
    had: fresh.length === 0 ? state.had : { ...state.had, [phone]: [...known, ...fresh] },
    gone: gone === undefined ? state.gone : { ...state.gone, [phone]: gone },
  };
}

function nameOf({ kind, fingerprint }: Secret): string {
  return `${kind} ${fingerprint}`;
}
