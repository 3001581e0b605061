/**
 * Presenting an I_MESSAGE to a phone that should not believe it. Either through the session of an account the attacker has, or
 * straight from a CRS it controls. It counts as done when the phone says that it accepted the message.
 */
import { SECOND } from '../../../sim/clock.ts';
import type { Secret } from '../../../sim/secret.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { parseMessage, type TelNumber } from '../../../network/mikey/index.ts';
import { csbText } from '../../handset/index.ts';
import type { Reason } from '../../reason.ts';
import { offer } from '../../signalling/session-description.ts';
import {
  hangUp,
  inconclusive,
  opened,
  refused,
  refusedFor,
  witnessed,
  type Outcome,
  type Race,
} from '../attack.ts';
import { FarEnd } from '../far-end.ts';
import { secretOf, type HeldPsk } from '../holdings.ts';
import type { Impostor } from '../impostor.ts';
import { login, tryLogin, type Presenter } from '../login.ts';
import type { AttackStage } from '../stage.ts';

const PRESENT_LIMIT = 45 * SECOND;

/** How a message gets to the phone: through somebody's account, or from the CRS itself. */
export type WayIn = { readonly through: 'crs' } | { readonly through: 'account'; readonly user: string };

/** An I_MESSAGE to be presented, with the secrets and sources that a success owes to it. */
export interface MadeMessage {
  readonly iMessage: Uint8Array;
  readonly means: readonly Secret[];
  readonly sources?: readonly string[];
}

/** What is presented to whom. */
interface Presentation {
  /** Who the message says it is from. */
  readonly from: TelNumber;
  readonly to: TelNumber;
  readonly way: WayIn;
  /** The PSK for a way through an account, if there is one. */
  readonly psk: HeldPsk | undefined;
  /** Undefined when none can be made. */
  readonly made: MadeMessage | undefined;
  /** Why there is no PSK or no message. */
  readonly own: readonly Reason[];
}

/**
 * Sends the message on its way and watches the phone. `done` is called once, when the phone is idle again: at once when there is no
 * message and no way in, else when the phone has spoken or 45 s have passed.
 */
export function present(
  stage: AttackStage,
  presenter: Presenter,
  presentation: Presentation,
  done: (outcome: Outcome) => void,
): void {
  const { to, way, psk, made, own } = presentation;
  const nothing = (): Outcome => refused('no-ssk');
  if (way.through === 'crs') {
    if (made === undefined) return done(refusedFor(own, nothing));
    const crs = stage.crsOf(stage.nameOf(to));
    return watchPhone(stage, presentation, { made, sources: [crs.name] }, done, (answered) =>
      inviteFromCrs(stage, presenter, presentation, made.iMessage, answered),
    );
  }
  if (psk === undefined) return done(refusedFor(own, nothing));
  const options = { number: stage.numberOf(way.user), crs: stage.crsOf(way.user).name, psk, own };
  if (made === undefined) return tryLogin(stage, presenter, options, done);
  login(stage, presenter, options, (answer) => {
    if (!('impostor' in answer)) return done(answer);
    const { impostor, farEnd } = answer;
    const sent = { made: { ...made, means: [secretOf.psk(psk), ...made.means] }, impostor, farEnd };
    watchPhone(stage, presentation, sent, done, (answered) => impostor.invite(to, made.iMessage, answered));
  });
}

interface Sent {
  readonly made: MadeMessage;
  readonly sources?: readonly string[];
  readonly impostor?: Impostor;
  readonly farEnd?: FarEnd;
}

type Answered = (status: number | undefined) => void;

function watchPhone(
  stage: AttackStage,
  { to }: Presentation,
  { made, sources = [], impostor, farEnd = new FarEnd() }: Sent,
  done: (outcome: Outcome) => void,
  send: (answered: Answered) => void,
): void {
  const callee = stage.nameOf(to);
  farEnd.call(csbText(parseMessage(made.iMessage).header.csbId));
  const watch = (event: AnyTraceEvent, race: Race): void => {
    const isRefusal = farEnd.take(event);
    if (event.type === 'mikey.accepted' && farEnd.isOf(event.data.csb))
      race.finish(
        opened(`${callee}'s phone accepted it as from ${event.data.from}`, {
          means: made.means,
          sources: [...sources, ...(made.sources ?? [])],
        }),
      );
    else if (isRefusal) race.finish(refusalOf(event, farEnd));
  };
  const race = witnessed(
    stage,
    PRESENT_LIMIT,
    watch,
    () => refusedFor(farEnd.reasons, () => refused('no-path')),
    (outcome) => {
      // The phone may be ringing, or about to: whoever has it hangs up, and it is idle again for what comes next.
      stage.clock.schedule(3 * SECOND, () => {
        hangUp(stage.handsetOf(callee));
        impostor?.leave();
      });
      stage.clock.schedule(8 * SECOND, () => done(outcome));
    },
  );
  send((status) => {
    if (status !== undefined && status >= 300) race.finish(inconclusive(`the call was answered ${status}`));
  });
}

/** A refusal that the closed list has no reason for says nothing about what the attacker lacks. */
function refusalOf(event: AnyTraceEvent, farEnd: FarEnd): Outcome {
  const detail = event.type === 'mikey.refused' ? event.data.code : undefined;
  return refusedFor(
    farEnd.reasons,
    () => inconclusive(`it was refused for another reason: ${detail ?? event.type}`),
    detail,
  );
}

function inviteFromCrs(
  stage: AttackStage,
  { random }: Presenter,
  { from, to }: Presentation,
  iMessage: Uint8Array,
  answered: Answered,
): void {
  const crs = stage.crsOf(stage.nameOf(to));
  const body = offer({ local: { host: crs.name, port: 40_000 }, ssrc: 1, random }, iMessage);
  crs.inviteDirectly(to, from, body.octets, answered);
}
