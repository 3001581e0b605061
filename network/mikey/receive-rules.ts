/**
 * What a receiver checks before it spends a pairing on a message, in this order: RFC 3830 section 5.4 puts the cheap checks
 * first, and the signature before everything that the sender could make expensive. Each rule has a name, so that a planted
 * violation can leave out exactly one.
 */
import { calendarRefusal, periodRefusal, periodsAround, skewRefusal } from './calendar.ts';
import { identifierOf } from './identifier.ts';
import { eccsiVerify } from './memo.ts';
import { mikeyError, type MikeyRefusal } from './message-errors.ts';
import { identityOf, signedPartOf, type Message } from './message.ts';
import { numberIn } from './payload/identity.ts';
import { isoTime, unixMsOf } from './payload/timestamp.ts';
import { periodOf, type Period } from './period.ts';
import type { ReplayCache } from './replay-cache.ts';
import type { TelNumber } from './tel-number.ts';
import type { KmsPublic, UserKeys } from './user-keys.ts';

/** Who receives a message, with the keys it holds, the messages it has seen and how far it trusts clocks. */
export interface IMessageReceiver {
  readonly self: TelNumber;
  /** This receiver's keys of a month, or undefined when it holds none. */
  keysFor(period: Period): Pick<UserKeys, 'rsk'> | undefined;
  /** KPAK of the initiator's KMS and Z of the receiver's. */
  readonly kms: KmsPublic;
  /** Under which KPAKs an initiator is believed, by its number, where the receiver knows several KMSs; under that of `kms` when left out. */
  readonly kpaksFor?: (initiator: TelNumber) => readonly Uint8Array[];
  /** The receiver's clock, milliseconds since 1970. */
  readonly unixMs: number;
  readonly skewLimitMs: number;
  readonly replayCache: ReplayCache;
  /** Whether the calendar of RFC 6509 is kept. */
  readonly calendar: boolean;
  /** Whom the signalling names, for a message without IDRi. It is believed only if the signature verifies under it. */
  readonly candidateSender?: TelNumber;
  /** Told of each expensive step before it is done. */
  readonly onWork?: (step: ReceiveWork) => void;
  /** Instead of {@link receiveRules}: fewer for a planted violation, none for a thief. */
  readonly rules?: readonly ReceiveRule[];
}

/** ECCSI verification, or SAKKE decapsulation (a pairing). */
export type ReceiveWork = 'verify' | 'decapsulate';

/** One message while it is being checked. */
export class MessageReception {
  readonly message: Message;
  readonly receiver: IMessageReceiver;
  /** The message's timestamp, milliseconds since 1970. */
  readonly unixMs: number;
  /** Months that the identifiers may be of, the likeliest first. Rules strike months out. */
  periods: readonly Period[];

  constructor(message: Message, receiver: IMessageReceiver) {
    this.message = message;
    this.receiver = receiver;
    this.unixMs = unixMsOf(message.timestamp);
    this.periods = this.heldPeriods();
  }

  /** The month of the timestamp and its neighbours, as far as this receiver holds keys of them. */
  heldPeriods(): readonly Period[] {
    return periodsAround(periodOf(this.unixMs)).filter(
      (period) => this.receiver.keysFor(period) !== undefined,
    );
  }

  /**
   * The initiator: IDRi, or else the candidate from the signalling. A claim until the signature has verified.
   *
   * @throws MIKEY_SENDER_UNKNOWN, MIKEY_IDENTITY
   */
  get from(): TelNumber {
    const sender = claimedSender(this.message) ?? this.receiver.candidateSender;
    if (sender === undefined)
      throw mikeyError('MIKEY_SENDER_UNKNOWN', 'there is no IDRi and no candidate from the signalling');
    return sender;
  }

  /** MIKEY_NO_KEYS, for the month of the timestamp. */
  noKeys(): MikeyRefusal {
    return mikeyError(
      'MIKEY_NO_KEYS',
      `${this.receiver.self} holds no keys of ${periodOf(this.unixMs)}, the timestamp is ${isoTime(this.unixMs)}`,
    );
  }

  /** Whether the signature verifies under the initiator's identifier of `period`. */
  verifiesIn(period: Period): boolean {
    const { message, receiver } = this;
    const { from } = this;
    const identifier = identifierOf(from, period);
    return (receiver.kpaksFor?.(from) ?? [receiver.kms.kpak]).some((kpak) => {
      receiver.onWork?.('verify');
      return eccsiVerify(signedPartOf(message), message.sign.signature, identifier, kpak);
    });
  }
}

/**
 * The initiator that a message names, unverified; undefined when it names none.
 *
 * @throws MIKEY_IDENTITY when IDRi is not the tel URI of one global number
 */
export function claimedSender(message: Message): TelNumber | undefined {
  const identity = identityOf(message, 'initiator');
  return identity === undefined ? undefined : numberIn(identity);
}

/** Which rule a message broke: what a planted violation leaves out, and the trace names. */
export type ReceiveRuleId = 'skew' | 'replay' | 'period' | 'calendar' | 'signature' | 'recipient';

/** One reason not to believe a message, checked by itself so that it can be broken by itself. */
export interface ReceiveRule {
  readonly id: ReceiveRuleId;
  /** Why the message is refused, or undefined when this rule lets it pass. */
  readonly refusalOf: (reception: MessageReception) => MikeyRefusal | undefined;
}

/** All rules, in the order in which a message is held against them. */
export const receiveRules: readonly ReceiveRule[] = [
  { id: 'skew', refusalOf: refuseSkew },
  { id: 'replay', refusalOf: ({ message, receiver }) => receiver.replayCache.refusalOf(message) },
  { id: 'period', refusalOf: refuseOtherPeriods },
  { id: 'calendar', refusalOf: refuseOutsideCalendar },
  { id: 'signature', refusalOf: refuseUnsigned },
  { id: 'recipient', refusalOf: refuseOtherRecipient },
];

/** The rules of a receiver that forgot one: a planted violation. */
export function receiveRulesWithout(id: ReceiveRuleId): readonly ReceiveRule[] {
  return receiveRules.filter((rule) => rule.id !== id);
}

function refuseSkew({ unixMs, receiver }: MessageReception): MikeyRefusal | undefined {
  return skewRefusal(unixMs, receiver.unixMs, receiver.skewLimitMs);
}

/** Without this rule a receiver tries the identifiers of every month it holds keys of. */
function refuseOtherPeriods(reception: MessageReception): MikeyRefusal | undefined {
  const period = periodOf(reception.unixMs);
  if (!reception.periods.includes(period)) return reception.noKeys();
  reception.periods = [period];
  return undefined;
}

function refuseOutsideCalendar(reception: MessageReception): MikeyRefusal | undefined {
  const { unixMs, calendar } = reception.receiver;
  if (!calendar) return undefined;
  let refusal: MikeyRefusal | undefined;
  const usable = reception.periods.filter((period) => {
    const found = calendarRefusal(period, unixMs);
    refusal ??= found;
    return found === undefined;
  });
  if (usable.length === 0) return refusal;
  reception.periods = usable;
  return undefined;
}

function refuseUnsigned(reception: MessageReception): MikeyRefusal | undefined {
  if (reception.periods.length === 0) return reception.noKeys();
  const signed = reception.periods.find((period) => reception.verifiesIn(period));
  if (signed !== undefined) {
    reception.periods = [signed];
    return undefined;
  }
  return (
    staleKeysRefusal(reception) ??
    mikeyError(
      'MIKEY_SIGNATURE',
      `the signature does not verify under ${reception.from} in ${reception.periods.join(', ')}`,
    )
  );
}

/** An honest phone with the keys of another month and a thief with stolen ones look alike: says which month they are of. */
function staleKeysRefusal(reception: MessageReception): MikeyRefusal | undefined {
  const month = periodOf(reception.unixMs);
  const other = reception.heldPeriods().find((period) => period !== month && reception.verifiesIn(period));
  return other === undefined ? undefined : periodRefusal(other, reception.unixMs);
}

function refuseOtherRecipient({ message, receiver }: MessageReception): MikeyRefusal | undefined {
  const identity = identityOf(message, 'responder');
  if (identity === undefined) return undefined;
  const to = numberIn(identity);
  if (to === receiver.self) return undefined;
  return mikeyError('MIKEY_NOT_FOR_US', `the message is for ${to}, this is ${receiver.self}`);
}
