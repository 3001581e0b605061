/**
 * A forged I_MESSAGE: signed with stolen keys as their owner, or backdated into a past month (RFC 6509 section 3.2: the identifier is
 * of T's month). It takes the SSK of the user, and a way to the phone: the PSK of an account, or a CRS in wrong hands.
 */
import { equal, fromAscii } from '../../../sim/octets.ts';
import type { RandomSource } from '../../../sim/random.ts';
import {
  identifierOf,
  Kms,
  type KmsPublic,
  periodOf,
  sakkeEncapsulate,
  signIMessage,
  telIdentity,
  timestampOf,
  type Payload,
  type Period,
  type TelNumber,
  type UserKeys,
} from '../../../network/mikey/index.ts';
import type { Reason } from '../../reason.ts';
import { inconclusive, refused, type Arm, type Attack, type Outcome } from '../attack.ts';
import { bystanderOf, noBystander } from '../bystander.ts';
import { keysFor, pskFor, secretOf, type HeldMaster, type HeldPsk, type Holdings } from '../holdings.ts';
import type { Admitter } from '../admitted.ts';
import { masterFor, signingKeysBy } from '../master-keys.ts';
import { missingKeys } from '../obstacles.ts';
import type { AttackAim } from '../path.ts';
import { publicKeysFor } from '../public-keys.ts';
import type { Route } from '../route.ts';
import type { AttackStage } from '../stage.ts';
import { canBeCalled, withStandIn } from '../stand-in.ts';
import { present, type MadeMessage, type WayIn } from './present-message.ts';

/** Who is to be believed to have called whom, by which way, and how old the message says it is. */
export interface ForgeOptions extends Admitter {
  readonly user: string;
  readonly peer: string;
  readonly way: WayIn;
  /** Month of the keys and of the identifiers; the current one when left out. */
  readonly month: Period | undefined;
  /** With keys made for it of master secrets, whatever else is held. */
  readonly minted?: boolean;
  /** T of the message, Unix milliseconds; now when left out. */
  readonly sent: number | undefined;
}

/** An I_MESSAGE, and the KPAK of the KMS that its signature is under. */
interface SignedMessage extends MadeMessage {
  readonly kpak: Uint8Array;
}

/** The phone of the one who is called, or one that stands in for it. */
type PresentedTo = 'own' | 'stand-in';

/** Opens when the callee's phone accepts a message that its owner of the name never sent. */
export class Forge implements Attack {
  readonly #stage: AttackStage;
  readonly #options: ForgeOptions;

  constructor(stage: AttackStage, options: ForgeOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  aim(held: Holdings): AttackAim {
    const { user, way } = this.#options;
    const route: Route =
      way.through === 'crs'
        ? 'crs'
        : way.through === 'path'
          ? 'on-path'
          : way.user === user
            ? 'own-account'
            : `account:${way.user}`;
    return {
      ...this.#what(),
      route,
      needs: [
        ...(way.through === 'crs' ? [] : (['psk'] as const)),
        this.#masterIn(held) === undefined ? 'ssk' : 'ksak',
      ],
      asset: `identity ${user}`,
      victim: user,
      call: null,
    };
  }

  /** Whoever has master secrets and not the SSK makes one. */
  #masterIn(held: Holdings): HeldMaster | undefined {
    const { user, month, minted = false } = this.#options;
    if (minted) return held.masters.at(-1);
    const period = month ?? periodOf(this.#stage.unixMs);
    return masterFor(held, { number: this.#stage.numberOf(user), period });
  }

  /** Signing after the month with a T of that month is a thing of its own; any other month or T tries another rule of the phone. */
  #what(): Pick<AttackAim, 'attack' | 'capability'> {
    const { month, sent } = this.#options;
    const now = periodOf(this.#stage.unixMs);
    const period = month ?? now;
    if (sent !== undefined && period < now && periodOf(sent) === period)
      return { attack: 'forge', capability: `sign after ${period}` };
    const capability = period === now ? 'sign' : `sign with keys of ${period}`;
    if (sent !== undefined)
      return { attack: period === now ? 'forge --sent' : 'forge --month --sent', capability };
    return { attack: period === now ? 'forge' : 'forge --month', capability };
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const { peer, way } = this.#options;
    const stage = this.#stage;
    // The phone itself is out of reach of anybody's message, or could not open it: the controls are made with one that is in order.
    if (arm !== 'attempt' && way.through === 'path' && stage.handsetOf(peer) === undefined)
      return this.#withAnotherPhone(arm, held, done);
    const standsIn =
      arm !== 'attempt' && way.through === 'crs' && !isWithin(way) && !canBeCalled(stage, peer);
    if (!standsIn) return this.#present(arm, held, 'own', done);
    withStandIn(stage, this.#options, peer, (end) => this.#present(arm, held, 'stand-in', end), done);
  }

  /** The phone of the one who is called has no keys: the controls are made before that of somebody else. */
  #withAnotherPhone(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    const { user, peer, way } = this.#options;
    const other = bystanderOf(this.#stage, [user, peer]);
    if (other === undefined || way.through !== 'path') return done(inconclusive(noBystander([user, peer])));
    const options = { ...this.#options, user: peer, peer: other, way: { ...way, user: other } };
    new Forge(this.#stage, options).try(arm, held, done);
  }

  #present(arm: Arm, held: Holdings, phone: PresentedTo, done: (outcome: Outcome) => void): void {
    const { user, peer } = this.#options;
    const stage = this.#stage;
    // The positive control signs honestly as somebody who may, and goes the way that is open to them. Within a call only who is in it may.
    const isBystander = arm === 'positive' && !isWithin(this.#options.way);
    const from = isBystander ? bystanderOf(stage, [user, peer]) : user;
    if (from === undefined) return done(inconclusive(noBystander([user, peer])));
    const taken = this.#way(arm, from);
    const [psk, lackingPsk] = this.#psk(arm, held, taken);
    const [made, lackingSsk] = this.#make(arm, held, from, phone);
    const own = [...lackingPsk, ...lackingSsk];
    const [fromNumber, to] = [stage.numberOf(from), stage.numberOf(peer)];
    present(stage, this.#options, { from: fromNumber, to, way: taken, psk, made, own }, (outcome) =>
      done(
        this.#isOtherKms(outcome, made?.kpak) ? refused('other-kms', { missing: outcome.missing }) : outcome,
      ),
    );
  }

  /** The way of an arm: a control goes by an account that is open to it, and stands before the phone with the key that the phone has. */
  #way(arm: Arm, from: string): WayIn {
    const { way } = this.#options;
    if (arm === 'attempt') return way;
    if (way.through === 'account') return arm === 'positive' ? { ...way, user: from } : way;
    if (way.through === 'crs') return way;
    const { truth } = this.#stage;
    const phone = this.#stage.handsetOf(way.user)?.name;
    const taps = phone === undefined ? [] : this.#stage.linksOf(phone).map(({ name }) => name);
    const keyring = (identity: string): HeldPsk | undefined =>
      truth.psks.findLast((psk) => psk.identity === identity);
    return { ...way, rogue: { taps, keyring, lacking: () => [] } };
  }

  /** A phone cannot tell a signature under another KMS from a bad one; whoever signed can. */
  #isOtherKms({ reason }: Outcome, signed: Uint8Array | undefined): boolean {
    const trusted = this.#stage.truth.kmsOf(this.#options.peer).kpak;
    return reason === 'no-ssk' && signed !== undefined && Buffer.compare(signed, trusted) !== 0;
  }

  /** Keys of somebody that the phone of the peer believes: those that they have, or, where they are with another KMS by now, some of its KMS. */
  #honest(from: string, period: Period): Holdings {
    const { truth } = this.#stage;
    const { kpak } = truth.kmsOf(this.#options.peer);
    const theirs = truth.holdingsOf(from, period);
    if (equal(truth.kmsOf(from).kpak, kpak)) return theirs;
    const master = truth.masters.find((each) => equal(new Kms(each).public.kpak, kpak));
    if (master === undefined) return theirs;
    const { keys } = signingKeysBy(
      master,
      { number: this.#stage.numberOf(from), period },
      this.#options.random,
    );
    return { ...theirs, userKeys: [keys] };
  }

  /** What is sealed is to be opened by the phone, so it takes the Z that the phone has a key for, whoever signs. */
  #sealedFor({ kpak }: KmsPublic): KmsPublic {
    return { kpak, z: this.#stage.truth.kmsOf(this.#options.peer).z };
  }

  #psk(arm: Arm, held: Holdings, way: WayIn): readonly [HeldPsk | undefined, readonly Reason[]] {
    if (way.through === 'crs') return [undefined, []];
    const owner = { number: this.#stage.numberOf(way.user), period: periodOf(this.#stage.unixMs) };
    const source = arm === 'attempt' ? held : this.#stage.truth.holdingsOf(way.user, owner.period);
    return [pskFor(source, owner.number, owner.period), missingKeys(source, owner, ['PSK'])];
  }

  #make(
    arm: Arm,
    held: Holdings,
    from: string,
    phone: PresentedTo,
  ): readonly [SignedMessage | undefined, readonly Reason[]] {
    const { peer, month, sent, random } = this.#options;
    const { truth, unixMs } = this.#stage;
    // Before a phone that stands in both controls are honest in all but the key.
    const honest = arm === 'positive' || phone === 'stand-in';
    // What is honest is so by the clock of the phone, however wrong it may be.
    const clockMs = phone === 'own' ? this.#stage.handsetOf(peer)?.unixMs : undefined;
    const rightMs = honest ? (clockMs ?? unixMs) : unixMs;
    const now = periodOf(rightMs);
    const period = honest ? now : (month ?? now);
    const number = this.#stage.numberOf(from);
    const to = this.#stage.numberOf(peer);
    const at = honest ? rightMs : (sent ?? unixMs);
    const master = arm === 'attempt' ? this.#masterIn(held) : undefined;
    if (master !== undefined) {
      const { keys, kms } = signingKeysBy(master, { number, period }, random);
      const iMessage = forged(keys, to, period, at, this.#sealedFor(kms), random);
      return [{ iMessage, means: [secretOf.ksak(master)], kpak: kms.kpak }, []];
    }
    const source = arm === 'attempt' ? held : this.#honest(from, period);
    // Who lacks the SSK signs with that of another user all the same, and the phone says what it thinks of it.
    const keys =
      keysFor(source, number, period) ?? source.userKeys.findLast((each) => each.period === period);
    const own = missingKeys(source, { number, period }, ['SSK']);
    if (keys === undefined) return [undefined, own];
    const ssk = arm === 'negative' ? keys.ssk.map((octet) => octet ^ 0x01) : keys.ssk;
    const trusted = arm === 'attempt' ? from : peer;
    const kms = (arm === 'attempt' && publicKeysFor(this.#stage, held, keys)) || truth.kmsOf(trusted);
    const iMessage = forged({ ...keys, number, ssk }, to, period, at, this.#sealedFor(kms), random);
    return [{ iMessage, means: [secretOf.ssk(keys)], kpak: kms.kpak }, own];
  }
}

/** Whether the message is an offer of new keys, within the call that the two are in. */
function isWithin(way: WayIn): boolean {
  return way.through === 'crs' && way.within !== undefined;
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
