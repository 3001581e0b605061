/**
 * The paths to a recorded call. Each takes three things: the recorded media; the I_MESSAGE, out of the recorded session of the victim's leg
 * or of the peer's, or from the CRS; and a key that opens its SSV, or the SSV itself. They are looked at one by one and independently, so
 * that all that is missing is said.
 */
import { isAddressOf } from '../address.ts';
import type { Micros } from '../../../sim/clock.ts';
import { parseMessage, type Period, type TelNumber } from '../../../network/mikey/index.ts';
import { csbText } from '../../handset/index.ts';
import type { Reason } from '../../reason.ts';
import type { Secret } from '../../../sim/secret.ts';
import { offersOnCrs } from '../crs-image.ts';
import { keysFor, obviousPsk, secretOf, type Holdings } from '../holdings.ts';
import { lackingPskOf, legsAt } from '../leg.ts';
import type { MeansKind } from '../means.ts';
import { lacking } from '../obstacles.ts';
import { publicKeysFor } from '../public-keys.ts';
import type { Recorder } from '../recorder.ts';
import type { AttackStage, CallFacts } from '../stage.ts';

/** Whose loss it is, who is at the other end, and in which month. */
export interface CallSides {
  readonly period: Period;
  readonly victim: CallSide;
  readonly peer: CallSide;
  readonly callee: TelNumber;
}

/** One end of a call: its number, and its phone as far as it was ever seen. */
export interface CallSide {
  readonly number: TelNumber;
  readonly phone: string | undefined;
}

/** Where the I_MESSAGE comes from, and what opens it. */
export interface DecryptWay {
  readonly signalling: 'psk' | 'peer-psk' | 'signalling';
  readonly key: 'rsk' | 'ssv';
}

/** The kinds of means of a way, in the order in which a catalogue names them. */
export function needsOf({ signalling, key }: DecryptWay, unwraps = false): readonly MeansKind[] {
  return [signalling, ...(unwraps ? (['update-key'] as const) : []), key, 'media'];
}

/** What a way gave, as far as it went. */
export interface Read<Value> {
  readonly value: Value | undefined;
  readonly obstacles: readonly Reason[];
}

/** An I_MESSAGE that was read, and what that took. */
export interface FoundOffer {
  readonly iMessage: Uint8Array;
  readonly means: readonly Secret[];
  readonly sources: readonly string[];
}

/** The I_MESSAGE of the call as the CRS keeps it. */
export function offerFromCrs(stage: AttackStage, { csb, to }: CallFacts): Read<FoundOffer> {
  const crs = stage.crsOf(stage.nameOf(to));
  const iMessage = offersOnCrs(crs.extract()).find((octets) => isOf(octets, csb));
  return iMessage === undefined
    ? { value: undefined, obstacles: ['no-signalling'] }
    : { value: { iMessage, means: [], sources: [crs.name] }, obstacles: [] };
}

/** The I_MESSAGE of the call out of the recorded session of one of its ends. */
export function offerOnLeg(
  stage: AttackStage,
  recorder: Recorder,
  held: Holdings,
  { csb, began }: { readonly csb: string; readonly began: Micros },
  { side: { number, phone }, period }: { readonly side: CallSide; readonly period: Period },
): Read<FoundOffer> {
  const isPhone = (host: string): boolean => isAddressOf(phone, host);
  const guesses = recorder.identities(isPhone).map(obviousPsk);
  const offer = recorder
    .offers([...held.psks, ...guesses], held.sessionKeys)
    .find(({ client, iMessage }) => isPhone(client) && isOf(iMessage, csb));
  if (offer !== undefined) {
    const [means, sources] = [[secretOf.psk(offer.psk)], recorder.linksOf(isPhone)];
    return { value: { iMessage: offer.iMessage, means, sources }, obstacles: [] };
  }
  const { accounts } = stage.crsOf(stage.nameOf(number));
  const wasReplaced = (identity: string): boolean => accounts.formerOf(identity)?.end === 'replaced';
  const legs = legsAt(recorder.legs(isPhone), began).filter(({ identity }) => identity !== undefined);
  const opens = recorder.sessions(held.psks).some(({ client }) => isPhone(client));
  const isOpen = opens && legs.some(({ identity }) => held.psks.some((psk) => psk.identity === identity));
  return {
    value: undefined,
    obstacles: [
      // A session that is open and does not have the call is not the one that had it.
      ...(legs.length === 0 || isOpen ? (['not-tapped'] as const) : []),
      ...(isOpen ? [] : lackingPskOf(held, { number, period }, legs, wasReplaced)),
    ],
  };
}

/** Why the RSK of the callee does not do: it is not held, or it is of another KMS than the one that the call was sealed under. */
export function rskObstacle(
  stage: AttackStage,
  held: Holdings,
  { callee, period }: CallSides,
  opens: boolean | undefined,
): Reason | undefined {
  const owner = { number: callee, period };
  const keys = keysFor(held, callee, period);
  if (keys === undefined) return lacking(held, 'RSK', owner);
  if (opens !== false) return undefined;
  const { z } = stage.truth.kmsOf(stage.nameOf(callee));
  const kms = publicKeysFor(stage, held, keys);
  const isTheirs = kms === undefined || Buffer.compare(kms.z, z) === 0;
  return isTheirs ? 'no-rsk' : 'other-kms';
}

function isOf(iMessage: Uint8Array, csb: string): boolean {
  return csbText(parseMessage(iMessage).header.csbId) === csb;
}
