/**
 * Presenting an I_MESSAGE to a phone that should not believe it. Either through the session of an account the attacker has, or
 * straight from a CRS it controls. It counts as done when the phone says that it accepted the message.
 */
import { MINUTE, SECOND } from '../../../sim/clock.ts';
import type { Secret } from '../../../sim/secret.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { parseMessage, type TelNumber } from '../../../network/mikey/index.ts';
import { addressOf, newCallId, newTag, parseUri, telUri, withTag } from '../../../network/sip/index.ts';
import { csbText } from '../../handset/index.ts';
import type { Reason } from '../../reason.ts';
import type { Conversation } from '../../signalling/conversation.ts';
import { SIPS_PORT } from '../../signalling/packages.ts';
import { offer } from '../../signalling/session-description.ts';
import {
  firstOf,
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
import { standAsCrs } from '../rogue-crs.ts';
import type { AttackStage } from '../stage.ts';

const PRESENT_LIMIT = 45 * SECOND;
/** A phone that was refused several times waits for minutes before it connects again. */
const ON_PATH_LIMIT = 12 * MINUTE;

/** How a message gets to the phone: through somebody's account, or from the CRS itself. */
export type WayIn =
  | { readonly through: 'crs'; readonly within?: 'the call' }
  | { readonly through: 'account'; readonly user: string }
  | { readonly through: 'path'; readonly user: string; readonly rogue: OnPath };

/** A place on the way of the callee's phone: the wires that the attacker is on, and keys for what the phone says in clear. */
export interface OnPath {
  readonly taps: readonly string[];
  readonly keyring: (identity: string) => HeldPsk | undefined;
  /** Why the phone is not let in, by what it said in clear. */
  readonly lacking: (identity: string | undefined) => readonly Reason[];
}

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
      inviteFromCrs(stage, presenter, { ...presentation, way }, made.iMessage, answered),
    );
  }
  if (way.through === 'path') return presentOnPath(stage, presenter, presentation, way.rogue, done);
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
  { to, way }: Presentation,
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
        // A call that was there before goes on.
        if (way.through !== 'crs' || way.within === undefined) hangUp(stage.handsetOf(callee));
        impostor?.leave();
      });
      stage.clock.schedule(8 * SECOND, () => done(outcome));
    },
  );
  send((status) => {
    if (status !== undefined && status >= 300) race.finish(inconclusive(`the call was answered ${status}`));
  });
}

/** The phone registers with the attacker's server, and is called by it. */
function presentOnPath(
  stage: AttackStage,
  presenter: Presenter,
  presentation: Presentation,
  { taps, keyring, lacking }: OnPath,
  done: (outcome: Outcome) => void,
): void {
  const { to, from, made, own } = presentation;
  const wiped = stage.wipedPhoneOf(stage.nameOf(to));
  const phone = stage.handsetOf(stage.nameOf(to)) ?? wiped;
  const [link, ...further] = phone === undefined ? [] : stage.linksOf(phone.name);
  if (phone === undefined || link === undefined)
    return done(inconclusive(`${stage.nameOf(to)} has no phone that could be stood before`));
  const tap = [link, ...further].find(({ name }) => taps.includes(name));
  if (tap === undefined) return done(refused('not-tapped', { missing: own }));
  if (made === undefined) return done(refusedFor(own, () => refused('no-ssk')));
  const host = presenter.host();
  let isCalled = false;
  const leave = (outcome: Outcome): void => {
    end();
    // The phone finds its way back to the real server.
    stage.clock.schedule(30 * SECOND, () => done(outcome));
  };
  const late = (): Outcome => refused(phone === wiped ? 'erased' : 'no-path', { detail: phone.name });
  const race = firstOf(stage, ON_PATH_LIMIT, late, leave);
  const end = standAsCrs(
    stage,
    { phone, link, host, random: presenter.random, keyring, by: 'fetch' },
    {
      onRefused: (identity) =>
        race.finish(refusedFor([...lacking(identity), ...own], () => refused('no-psk'))),
      onRegistered: ({ conversation, psk }) => {
        if (isCalled) return;
        isCalled = true;
        const means = [...(psk === undefined ? [] : [secretOf.psk(psk)]), ...made.means];
        const sent = { made: { ...made, means }, sources: [tap.name] };
        const finish = (outcome: Outcome): void => race.finish(outcome);
        watchPhone(stage, presentation, sent, finish, (answered) =>
          inviteFromPath(conversation, presenter, host, { from, to, iMessage: made.iMessage }, answered),
        );
      },
    },
  );
}

function inviteFromPath(
  conversation: Conversation,
  { random }: Presenter,
  host: string,
  { from, to, iMessage }: Pick<Presentation, 'from' | 'to'> & Pick<MadeMessage, 'iMessage'>,
  answered: Answered,
): void {
  conversation.request(
    {
      method: 'INVITE',
      uri: telUri(to),
      from: withTag(addressOf(telUri(from)), newTag(random)),
      to: addressOf(telUri(to)),
      callId: newCallId(random, host),
      sequence: 1,
      contact: addressOf(parseUri(`sip:${host}:${SIPS_PORT}`)),
      body: offer({ local: { host, port: 40_000 }, ssrc: 1, random }, iMessage),
    },
    (response) => {
      if (response === undefined || response.status >= 180) answered(response?.status);
    },
  );
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
  { from, to, way }: Presentation & { readonly way: { readonly through: 'crs' } & WayIn },
  iMessage: Uint8Array,
  answered: Answered,
): void {
  const crs = stage.crsOf(stage.nameOf(to));
  const body = offer({ local: { host: crs.name, port: 40_000 }, ssrc: 1, random }, iMessage);
  crs.inviteDirectly(to, from, body.octets, answered, way.within);
}
