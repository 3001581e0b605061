/**
 * Substituting the I_MESSAGE on a CRS. `content`: the server makes a message of its own, to read or change the conversation;
 * it has no SSK of the caller. `identity`: it re-signs the caller's sealed payload as a user whose keys it has. SAKKE does not
 * bind the sender, so the callee's phone shows that user, while the content stays sealed (RFC 6508; finding 7).
 */
import type { RandomSource } from '../../../sim/random.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import {
  parseMessage,
  periodOf,
  resealIMessage,
  sealIMessage,
  type UserKeys,
} from '../../../network/mikey/index.ts';
import { formatSdp, offerOf, parseOffer, parseSdp, ssrcOf } from '../../../network/sip/index.ts';
import type { PassingOffer } from '../../crs/index.ts';
import { csbText } from '../../handset/index.ts';
import {
  inconclusive,
  opened,
  refused,
  refusedFor,
  type Arm,
  type Attack,
  type Outcome,
  type Race,
} from '../attack.ts';
import { FarEnd } from '../far-end.ts';
import { keysFor, secretOf, type Holdings } from '../holdings.ts';
import type { AttackAim } from '../path.ts';
import type { AttackStage } from '../stage.ts';
import { passTampered } from '../tampered-call.ts';

/** Whose next call is changed on its way, and in what. */
export interface SubstituteOptions {
  readonly what: 'identity' | 'content';
  readonly caller: string;
  readonly callee: string;
  readonly random: RandomSource;
}

/** What the server puts into the place of the I_MESSAGE: signed with which keys, and how. */
interface Tampering {
  readonly keys: UserKeys;
  /** With whose SSK it is signed: the keys of an attempt may be another user's, in the caller's name. */
  readonly signedWith: UserKeys;
}

/**
 * Opens when the callee's phone rings and shows the wrong name as verified, or the right one over content of the
 * server's making.
 */
export class Substitute implements Attack {
  readonly #stage: AttackStage;
  readonly #options: SubstituteOptions;

  constructor(stage: AttackStage, options: SubstituteOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  aim(): AttackAim {
    const { what, caller, callee } = this.#options;
    const calls = `calls ${caller} to ${callee}`;
    return {
      attack: what === 'identity' ? 'substitute identity' : 'substitute content',
      route: 'crs',
      needs: ['ssk'],
      asset: what === 'identity' ? `shown caller of ${calls}` : `content of ${calls}`,
      capability: 'change',
      victim: caller,
      call: null,
    };
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const { caller, callee, what } = this.#options;
    const stage = this.#stage;
    const tampering = this.#tampering(arm, held);
    if (tampering === undefined) return done(refused('no-ssk'));
    const { keys, signedWith } = tampering;
    const shown = stage.nameOf(
      what === 'identity' && arm !== 'positive' ? keys.number : stage.numberOf(caller),
    );
    const crs = stage.crsOf(caller);
    const farEnd = new FarEnd();
    crs.tamper = (offer) => {
      if (stage.nameOf(offer.to) !== callee) return offer.body;
      const body = this.#tampered(arm, offer, keys);
      farEnd.call(csbText(parseMessage(parseOffer(body).mikey).header.csbId));
      return body;
    };
    const watch = (event: AnyTraceEvent, race: Race): void => {
      const isRefusal = farEnd.take(event);
      if (event.type === 'handset.ringing' && farEnd.isOf(event.data.csb)) {
        const means = what === 'identity' && arm === 'positive' ? [] : [secretOf.ssk(signedWith)];
        const because = `${callee}'s phone shows ${event.data.shown} as the verified caller`;
        if (event.data.shown === shown) race.finish(opened(because, { means, sources: [crs.name] }));
        else race.finish(inconclusive(because));
      } else if (isRefusal)
        race.finish(refusedFor(farEnd.reasons, () => inconclusive('it was refused for another reason')));
    };
    passTampered(stage, { caller, callee }, watch, done);
  }

  /** Undefined when no SSK of this month is at hand that could sign anything. */
  #tampering(arm: Arm, held: Holdings): Tampering | undefined {
    const { caller, what } = this.#options;
    const { truth, unixMs } = this.#stage;
    const period = periodOf(unixMs);
    const number = this.#stage.numberOf(caller);
    const theirs = keysFor(truth.holdingsOf(caller, period), number, period);
    const others = held.userKeys.findLast((keys) => keys.period === period && keys.number !== number);
    if (arm === 'positive') return theirs && { keys: theirs, signedWith: theirs };
    if (arm === 'negative')
      return theirs && { keys: { ...theirs, ssk: theirs.ssk.map((octet) => octet ^ 1) }, signedWith: theirs };
    if (what === 'identity') return others && { keys: others, signedWith: others };
    // Who lacks the SSK of the caller signs with another one all the same.
    const signedWith = keysFor(held, number, period) ?? others;
    return signedWith && { keys: { ...signedWith, number }, signedWith };
  }

  /** The positive control leaves an identity as it is: the way is open, and the phone rings. */
  #tampered(arm: Arm, { body, from, to }: PassingOffer, keys: UserKeys): Uint8Array {
    const { what, random } = this.#options;
    const { truth, unixMs, deployment } = this.#stage;
    const kms = truth.kmsOf(this.#options.caller);
    if (what === 'identity') {
      if (arm === 'positive') return body;
      const message = parseMessage(parseOffer(body).mikey);
      return withMessage(body, resealIMessage(message, { keys, kms, random }));
    }
    const { octets } = sealIMessage({
      from,
      to,
      senderKeys: keys,
      kms,
      unixMs,
      random,
      prf: deployment['mikey-prf'],
      policy: { profile: deployment['srtp-profile'] },
      offered: ['mikey'],
    });
    return withMessage(body, octets);
  }
}

/** The same offer with another I_MESSAGE. */
function withMessage(body: Uint8Array, iMessage: Uint8Array): Uint8Array {
  const { description } = parseOffer(body);
  const parts = {
    host: description.host,
    port: description.port,
    sessionId: description.origin.sessionId,
    ssrc: ssrcOf(parseSdp(body)) ?? 1,
    cname: 'cname',
    ptimeMs: 20,
  };
  return formatSdp(offerOf(parts, iMessage));
}
