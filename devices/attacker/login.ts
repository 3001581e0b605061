/**
 * Coming in at the CRS as somebody. Who fails hears from the network alone that it failed; why is said by the CRS, in its event of this very
 * handshake.
 */
import { SECOND } from '../../sim/clock.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { TelNumber } from '../../network/mikey/index.ts';
import type { SipRequest } from '../../network/sip/index.ts';
import type { Ports } from '../ports.ts';
import type { Reason } from '../reason.ts';
import { inconclusive, refused, refusedFor, type Outcome } from './attack.ts';
import { FarEnd } from './far-end.ts';
import type { HeldPsk } from './holdings.ts';
import { Impostor, NO_ANSWER } from './impostor.ts';
import type { AttackStage } from './stage.ts';

/** Who comes in: an attacker's chance, and its places on the network. */
export interface Presenter {
  readonly ports: Ports;
  readonly random: RandomSource;
  /** A new name for a place on the network. */
  host(): string;
}

/** As whom, with what, and at which CRS. */
export interface LoginOptions {
  readonly number: TelNumber;
  readonly crs: string;
  readonly psk: HeldPsk;
  /** Obstacles that were found beforehand, and are missing as well. */
  readonly own: readonly Reason[];
  /** From behind whatever guards the CRS: the examiner's way in, for a control that asks about keys and not about the way. */
  readonly inside?: boolean;
  /** Told of each call that is offered. */
  readonly onInvite?: ((invite: SipRequest) => void) | undefined;
}

/** Who is in, and what the far ends say from then on. */
export interface LoggedIn {
  readonly impostor: Impostor;
  readonly farEnd: FarEnd;
}

/** Connects and registers; `done` gets who is in, or the outcome that there is none. */
export function login(
  stage: AttackStage,
  presenter: Presenter,
  { number, crs, psk, own, inside = false, onInvite }: LoginOptions,
  done: (answer: LoggedIn | Outcome) => void,
): void {
  const { ports, random } = presenter;
  const place = presenter.host();
  const farEnd = new FarEnd([place]);
  const stop = stage.trace.listen((event) => farEnd.take(event));
  const attachment = inside ? stage.attachInside(place, crs) : stage.attach(place);
  const options = { ports, random, attachment, crs, number, psk };
  Impostor.connect(onInvite === undefined ? options : { ...options, onInvite }, (answer) => {
    stop();
    if (typeof answer !== 'string') return done({ impostor: answer, farEnd });
    if (farEnd.isBusy) return done(inconclusive('the CRS takes no more requests for now'));
    const unsaid = (): Outcome => (answer === NO_ANSWER ? refused('no-path') : inconclusive(answer));
    const said = farEnd.reasons.length > 0 ? refusedFor([...farEnd.reasons, ...own], unsaid) : unsaid();
    done(said);
  });
}

/** Comes in and leaves again, to hear what the CRS says of a PSK that nothing could be done with: refused in any case. */
export function tryLogin(
  stage: AttackStage,
  presenter: Presenter,
  options: LoginOptions,
  done: (outcome: Outcome) => void,
): void {
  login(stage, presenter, options, (answer) => {
    if (!('impostor' in answer)) return done(answer);
    answer.impostor.leave();
    stage.clock.schedule(2 * SECOND, () => done(refusedFor(options.own, () => refused('no-path'))));
  });
}
