/**
 * Presenting an I_MESSAGE to a phone that should not believe it. Either through the session of an account the attacker has, or
 * straight from a CRS it controls. It counts as done when the phone says that it accepted the message.
 */
import { SECOND } from '../../../sim/clock.ts';
import type { RandomSource } from '../../../sim/random.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { parseMessage, periodOf, type TelNumber } from '../../../network/mikey/index.ts';
import { csbText } from '../../handset/index.ts';
import type { Ports } from '../../ports.ts';
import { offer } from '../../signalling/session-description.ts';
import { hangUp, opened, refused, witnessed, type Outcome, type Race } from '../attack.ts';
import { pskFor } from '../clone.ts';
import type { Holdings } from '../holdings.ts';
import { Impostor } from '../impostor.ts';
import type { AttackStage } from '../stage.ts';

const PRESENT_LIMIT = 45 * SECOND;

/** How a message gets to the phone: through somebody's account, or from the CRS itself. */
export type Path = { readonly through: 'crs' } | { readonly through: 'account'; readonly user: string };

/** Who presents it: an attacker's chance, and its places on the network. */
export interface Presenter {
  readonly ports: Ports;
  readonly random: RandomSource;
  /** A new name for a place on the network. */
  host(): string;
}

/** A message and the labels of what it was made with, or a sentence why there is none. */
export type MadeMessage = { readonly iMessage: Uint8Array; readonly means: readonly string[] } | string;

/** What is presented to whom. */
interface Presentation {
  /** Who the message says it is from. */
  readonly from: TelNumber;
  readonly to: TelNumber;
  readonly path: Path;
  /** Where the PSK for a path through an account comes from. */
  readonly held: Holdings;
  readonly made: MadeMessage;
}

/**
 * Sends the message on its way and watches the phone. `done` is called once, when the phone is idle again: at once when there is no
 * message, else when the phone has spoken or 45 s have passed.
 */
export function present(
  stage: AttackStage,
  presenter: Presenter,
  presentation: Presentation,
  done: (outcome: Outcome) => void,
): void {
  const { to, path, made } = presentation;
  if (typeof made === 'string') return done(refused(made));
  const callee = stage.nameOf(to);
  let connection: Impostor | undefined;
  const race = witnessed(
    stage,
    PRESENT_LIMIT,
    verdictOf(callee, made),
    () => refused('it did not reach the phone'),
    (outcome) => {
      // The phone may be ringing, or about to: whoever has it hangs up, and it is idle again for what comes next.
      stage.clock.schedule(3 * SECOND, () => {
        hangUp(stage.handsetOf(callee));
        connection?.leave();
      });
      stage.clock.schedule(8 * SECOND, () => done(outcome));
    },
  );
  const answered = (status: number | undefined): void => {
    if (status !== undefined && status >= 300) race.finish(refused(`the call was refused with ${status}`));
  };
  if (path.through === 'crs') return inviteFromCrs(stage, presenter, presentation, made.iMessage, answered);
  connectAs(stage, presenter, path.user, presentation.held, (impostor) => {
    if (typeof impostor === 'string') return race.finish(refused(impostor));
    connection = impostor;
    impostor.invite(to, made.iMessage, answered);
  });
}

/** Ends the race with what the phone of the callee says of this message. */
function verdictOf(
  callee: string,
  { iMessage, means }: Exclude<MadeMessage, string>,
): (event: AnyTraceEvent, race: Race) => void {
  const csb = csbText(parseMessage(iMessage).header.csbId);
  return (event, race) => {
    if (event.type === 'mikey.accepted' && event.data.csb === csb && event.data.to === callee)
      race.finish(opened(`${callee}'s phone accepted it as from ${event.data.from}`, means));
    else if (event.type === 'mikey.refused' && event.data.to === callee)
      race.finish(refused(`${callee}'s phone refused it: ${event.data.code}`));
  };
}

function inviteFromCrs(
  stage: AttackStage,
  { random }: Presenter,
  { from, to }: Presentation,
  iMessage: Uint8Array,
  answered: (status: number | undefined) => void,
): void {
  const crs = stage.crsOf(stage.nameOf(to));
  const body = offer({ local: { host: crs.name, port: 40_000 }, ssrc: 1, random }, iMessage);
  crs.inviteDirectly(to, from, body.octets, answered);
}

/** Comes in as a user; `ready` gets an impostor, or a sentence why there is none. */
function connectAs(
  stage: AttackStage,
  presenter: Presenter,
  user: string,
  held: Holdings,
  ready: (impostor: Impostor | string) => void,
): void {
  const psk = pskFor(held, periodOf(stage.unixMs));
  if (psk === undefined) return ready(`no PSK of ${user} is held`);
  Impostor.connect(
    {
      ports: presenter.ports,
      random: presenter.random,
      attachment: stage.attach(presenter.host()),
      crs: stage.crsOf(user).name,
      number: stage.numberOf(user),
      psk,
    },
    ready,
  );
}
