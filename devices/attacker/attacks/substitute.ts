/**
 * Substituting the I_MESSAGE on a CRS. `content`: the server makes a message of its own, to read or change the conversation;
 * it has no SSK of the caller. `identity`: it re-signs the caller's sealed payload as a user whose keys it has. SAKKE does not
 * bind the sender, so the callee's phone shows that user, while the content stays sealed (RFC 6508; finding 7).
 */
import { SECOND } from '../../../sim/clock.ts';
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
import {
  ATTEMPT_LIMIT,
  hangUp,
  opened,
  refused,
  typeAt,
  witnessed,
  type Arm,
  type Attack,
  type Outcome,
  type Race,
} from '../attack.ts';
import { keysFor, labelOf, type Holdings } from '../holdings.ts';
import type { AttackStage } from '../stage.ts';

/** Whose next call is changed on its way, in what, and with whose keys. */
export interface SubstituteOptions {
  readonly what: 'identity' | 'content';
  readonly caller: string;
  readonly callee: string;
  /** The enrolled user whose keys the server was given. */
  readonly colluder: string;
  readonly random: RandomSource;
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

  get asset(): string {
    return `calls ${this.#options.caller} to ${this.#options.callee}`;
  }

  get capability(): string {
    return this.#options.what === 'identity' ? 'show another caller' : 'change the conversation';
  }

  try(arm: Arm, _held: Holdings, done: (outcome: Outcome) => void): void {
    const { caller, callee, colluder, what } = this.#options;
    const stage = this.#stage;
    const shown = what === 'identity' && arm !== 'positive' ? colluder : caller;
    const crs = stage.crsOf(caller);
    crs.tamper = (offer) => this.#tampered(arm, offer);
    const watch = (event: AnyTraceEvent, race: Race): void => {
      if (event.type === 'handset.ringing' && event.data.to === callee) {
        if (event.data.shown === shown)
          race.finish(
            opened(`${callee}'s phone shows ${event.data.shown} as the verified caller`, this.#means()),
          );
        else race.finish(refused(`${callee}'s phone shows ${event.data.shown}`));
      } else if (event.type === 'mikey.refused' && event.data.to === callee)
        race.finish(refused(`${callee}'s phone refused it: ${event.data.code}`));
    };
    witnessed(
      stage,
      ATTEMPT_LIMIT,
      watch,
      () => refused('the call did not come about'),
      (outcome) => {
        crs.tamper = undefined;
        // The callee's phone is about to ring: both hang up once the call has come about.
        stage.clock.schedule(4 * SECOND, () => {
          for (const user of [caller, callee]) hangUp(stage.handsetOf(user));
        });
        stage.clock.schedule(12 * SECOND, () => done(outcome));
      },
    );
    typeAt(stage, stage.handsetOf(caller), `call ${callee} --for 3s`, caller);
  }

  #means(): readonly string[] {
    const keys = this.#keysOf(this.#options.colluder);
    return ['control of the CRS', ...(keys === undefined ? [] : [labelOf.ssk(keys)])];
  }

  #keysOf(user: string): UserKeys | undefined {
    const { truth, unixMs } = this.#stage;
    return keysFor(truth.holdingsOf(user, periodOf(unixMs)), this.#stage.numberOf(user), periodOf(unixMs));
  }

  #tampered(arm: Arm, { body, to }: PassingOffer): Uint8Array {
    const { what, caller, colluder, random } = this.#options;
    const { truth, unixMs, deployment } = this.#stage;
    const mikey = parseOffer(body).mikey;
    const theirs = this.#keysOf(colluder);
    const honest = this.#keysOf(caller);
    if (theirs === undefined || honest === undefined) return body;
    const message = parseMessage(mikey);
    const broken = (keys: UserKeys): UserKeys => ({ ...keys, ssk: keys.ssk.map((octet) => octet ^ 1) });
    if (what === 'identity') {
      if (arm === 'positive') return body;
      const keys = arm === 'negative' ? broken(theirs) : theirs;
      return withMessage(body, resealIMessage(message, { keys, kms: truth.kmsOf(colluder), random }));
    }
    // The message claims the caller; only the positive control is signed with the caller's own SSK.
    const keys =
      arm === 'positive'
        ? honest
        : { ...(arm === 'negative' ? broken(theirs) : theirs), number: honest.number };
    const { octets } = sealIMessage({
      from: honest.number,
      to,
      senderKeys: keys,
      kms: truth.kmsOf(caller),
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
