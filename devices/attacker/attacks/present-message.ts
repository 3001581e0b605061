/**
 * Presenting an I_MESSAGE to a phone that should not believe it: forged with stolen keys, backdated into a past month, or
 * replayed from a recording. Either through the session of an account the attacker has, or straight from a CRS it controls.
 * It counts as done when the phone says that it accepted the message.
 */
import { MINUTE, SECOND } from '../../../sim/clock.ts';
import { fromAscii } from '../../../sim/octets.ts';
import type { RandomSource } from '../../../sim/random.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import {
  identifierOf,
  malleateIMessage,
  parseMessage,
  periodOf,
  sakkeEncapsulate,
  sealIMessage,
  signIMessage,
  telIdentity,
  timestampOf,
  type Payload,
  type Period,
  type TelNumber,
  type UserKeys,
} from '../../../network/mikey/index.ts';
import { csbText } from '../../handset/index.ts';
import type { Ports } from '../../ports.ts';
import { offer } from '../../signalling/session-description.ts';
import {
  hangUp,
  inconclusive,
  opened,
  refused,
  typeAt,
  witnessed,
  type Arm,
  type Attack,
  type Outcome,
  type Race,
} from '../attack.ts';
import { bystanderOf, noBystander } from '../bystander.ts';
import { pskFor } from '../clone.ts';
import { offersOnCrs } from '../crs-image.ts';
import { keysFor, labelOf, type Holdings } from '../holdings.ts';
import { Impostor } from '../impostor.ts';
import type { Recorder } from '../recorder.ts';
import type { CallFacts, AttackStage } from '../stage.ts';

const PRESENT_LIMIT = 45 * SECOND;

/** How a message gets to the phone: through somebody's account, or from the CRS itself. */
export type Path = { readonly through: 'crs' } | { readonly through: 'account'; readonly user: string };

interface Presenter {
  readonly ports: Ports;
  readonly random: RandomSource;
  host(): string;
}

/** A message and the labels of what it was made with, or a sentence why there is none. */
type Made = { readonly iMessage: Uint8Array; readonly means: readonly string[] } | string;

export interface ForgeOptions extends Presenter {
  readonly user: string;
  readonly peer: string;
  readonly path: Path;
  /** Month of the keys and of the identifiers; the current one when left out. */
  readonly month: Period | undefined;
  /** T of the message, Unix milliseconds; now when left out. */
  readonly sent: number | undefined;
}

export class Forge implements Attack {
  readonly capability = 'forge';
  readonly #stage: AttackStage;
  readonly #options: ForgeOptions;

  constructor(stage: AttackStage, options: ForgeOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  get asset(): string {
    return `identity ${this.#options.user}`;
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const { user, peer, path } = this.#options;
    const stage = this.#stage;
    // The positive control signs honestly as somebody who may, and goes the way that is open to them.
    const from = arm === 'positive' ? bystanderOf(stage, [user, peer]) : user;
    if (from === undefined) return done(inconclusive(noBystander([user, peer])));
    const way: Path =
      arm === 'positive' && path.through === 'account' ? { through: 'account', user: from } : path;
    present(
      stage,
      this.#options,
      {
        from: stage.numberOf(from),
        to: stage.numberOf(peer),
        path: way,
        held: this.#pathKeys(arm, held, way),
        made: this.#make(arm, held, from),
      },
      done,
    );
  }

  #make(arm: Arm, held: Holdings, from: string): Made {
    const { peer, month, sent, random } = this.#options;
    const { truth, unixMs } = this.#stage;
    const now = periodOf(unixMs);
    const honest = arm === 'positive';
    const period = honest ? now : (month ?? now);
    const number = this.#stage.numberOf(from);
    const source = arm === 'attempt' ? held : truth.holdingsOf(from, period);
    const keys = keysFor(source, number, period);
    const { kms } = truth;
    if (keys === undefined) return `no SSK of ${from} for ${period} is held`;
    const signing = arm === 'negative' ? { ...keys, ssk: keys.ssk.map((octet) => octet ^ 0x01) } : keys;
    return {
      iMessage: forged(
        signing,
        this.#stage.numberOf(peer),
        period,
        honest ? unixMs : (sent ?? unixMs),
        kms,
        random,
      ),
      means: [labelOf.ssk(keys)],
    };
  }

  #pathKeys(arm: Arm, held: Holdings, path: Path): Holdings {
    if (path.through === 'crs') return held;
    const theirs = this.#stage.truth.holdingsOf(path.user, periodOf(this.#stage.unixMs));
    // Going through another's account is that account's doing; through the victim's it takes the victim's PSK.
    return arm !== 'attempt' || path.user !== this.#options.user ? theirs : held;
  }
}

/** An I_MESSAGE with any month in its identifiers and any T: the two need not agree. */
function forged(
  keys: UserKeys,
  to: TelNumber,
  period: Period,
  sentUnixMs: number,
  kms: { kpak: Uint8Array; z: Uint8Array },
  random: RandomSource,
): Uint8Array {
  const ssv = random.octets(16);
  const payloads: readonly Payload[] = [
    timestampOf(sentUnixMs, random),
    { kind: 'RAND', rand: random.octets(16) },
    telIdentity('initiator', keys.number),
    telIdentity('responder', to),
    { kind: 'EXT', type: 'SDP IDs', data: fromAscii('mikey') },
    { kind: 'SAKKE', idScheme: 1, data: sakkeEncapsulate(ssv, identifierOf(to, period), kms.z) },
  ];
  const sessions = [0, 0].map((ssrc) => ({ policyNumber: 0, ssrc, roc: 0 }));
  return signIMessage(
    {
      kind: 'HDR',
      verify: false,
      prf: 'PRF-HMAC-SHA-256',
      csbId: random.uint32(),
      map: { type: 'SRTP-ID', sessions },
    },
    payloads,
    { keys, kms, random },
  );
}

export interface ReplayOptions extends Presenter {
  readonly call: string;
  readonly malleated: boolean;
  readonly afterRestart: boolean;
}

export class Replay implements Attack {
  readonly capability = 'replay';
  readonly #stage: AttackStage;
  readonly #recorder: Recorder;
  readonly #options: ReplayOptions;
  readonly #call: CallFacts;

  /** Errors: ATTACK_NO_CALL. */
  constructor(stage: AttackStage, recorder: Recorder, options: ReplayOptions) {
    this.#stage = stage;
    this.#recorder = recorder;
    this.#options = options;
    this.#call = stage.call(options.call);
  }

  get asset(): string {
    return `I_MESSAGE of ${this.#call.name}`;
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const stage = this.#stage;
    const callee = stage.nameOf(this.#call.to);
    let pause = 0;
    if (arm === 'attempt' && this.#options.afterRestart) {
      typeAt(stage, stage.handsetOf(callee), 'restart', callee);
      pause = 20 * SECOND;
    }
    // After a restart a phone takes nothing stamped within the skew limit: the positive control has to wait that out.
    if (arm === 'positive' && this.#options.afterRestart) pause = stage.deployment['skew-limit'] + MINUTE;
    stage.clock.schedule(pause, () => {
      const made = arm === 'positive' ? this.#fresh() : this.#recorded(held, arm === 'negative');
      present(
        stage,
        this.#options,
        { from: this.#call.from, to: this.#call.to, path: { through: 'crs' }, held, made },
        done,
      );
    });
  }

  #recorded(held: Holdings, broken: boolean): Made {
    const offers = [
      ...this.#recorder.offers(held.psks).map(({ iMessage }) => iMessage),
      ...offersOnCrs(this.#stage.crs.extract()),
    ];
    const iMessage = offers.find((octets) => csbText(parseMessage(octets).header.csbId) === this.#call.csb);
    if (iMessage === undefined) return 'the I_MESSAGE of the call could not be read';
    if (broken)
      return {
        iMessage: iMessage.map((octet, index) => (index === iMessage.length - 100 ? octet ^ 1 : octet)),
        means: [],
      };
    return {
      iMessage: this.#options.malleated ? malleateIMessage(parseMessage(iMessage)) : iMessage,
      means: ['recorded I_MESSAGE'],
    };
  }

  /** A new message of the same caller: the way to the phone is open, and it accepts what it should. */
  #fresh(): Made {
    const { truth, unixMs, deployment } = this.#stage;
    const user = this.#stage.nameOf(this.#call.from);
    const senderKeys = keysFor(truth.holdingsOf(user, periodOf(unixMs)), this.#call.from, periodOf(unixMs));
    if (senderKeys === undefined) return `no keys of ${user}`;
    const { octets } = sealIMessage({
      from: this.#call.from,
      to: this.#call.to,
      senderKeys,
      kms: truth.kms,
      unixMs,
      random: this.#options.random,
      prf: deployment['mikey-prf'],
      policy: { profile: deployment['srtp-profile'] },
      offered: ['mikey'],
    });
    return { iMessage: octets, means: [] };
  }
}

interface Presentation {
  readonly from: TelNumber;
  readonly to: TelNumber;
  readonly path: Path;
  readonly held: Holdings;
  readonly made: Made;
}

/** Sends the message on its way and watches the phone. */
function present(
  stage: AttackStage,
  presenter: Presenter,
  { from, to, path, held, made }: Presentation,
  done: (outcome: Outcome) => void,
): void {
  if (typeof made === 'string') return done(refused(made));
  const { iMessage, means } = made;
  const csb = csbText(parseMessage(iMessage).header.csbId);
  const callee = stage.nameOf(to);
  let connection: Impostor | undefined;
  const watch = (event: AnyTraceEvent, race: Race): void => {
    if (event.type === 'mikey.accepted' && event.data.csb === csb && event.data.to === callee)
      race.finish(opened(`${callee}'s phone accepted it as from ${event.data.from}`, means));
    else if (event.type === 'mikey.refused' && event.data.to === callee)
      race.finish(refused(`${callee}'s phone refused it: ${event.data.code}`));
  };
  const race = witnessed(
    stage,
    PRESENT_LIMIT,
    watch,
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
  if (path.through === 'crs') {
    const body = offer(
      { local: { host: stage.crs.name, port: 40_000 }, ssrc: 1, random: presenter.random },
      iMessage,
    );
    stage.crs.inviteDirectly(to, from, body.octets, answered);
    return;
  }
  const psk = pskFor(held, periodOf(stage.unixMs));
  if (psk === undefined) return race.finish(refused(`no PSK of ${path.user} is held`));
  const host = presenter.host();
  Impostor.connect(
    {
      ports: presenter.ports,
      random: presenter.random,
      attachment: stage.attach(host),
      crs: stage.crs.name,
      number: stage.numberOf(path.user),
      psk,
    },
    (impostor) => {
      if (typeof impostor === 'string') return race.finish(refused(impostor));
      connection = impostor;
      impostor.invite(to, iMessage, answered);
    },
  );
}
