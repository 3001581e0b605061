/** Opening an I_MESSAGE: from octets to the keys of a call and the identity that signed for it. */
import { CalldrillError } from '../../sim/errors.ts';
import { toAscii } from '../../sim/octets.ts';
import { identifierOf } from './identifier.ts';
import { sakkeDecapsulate } from './memo.ts';
import { mikeyError } from './message-errors.ts';
import { parseMessage, policiesOf, type Message } from './message.ts';
import { TEL_URI_MONTHLY } from './payload/sakke.ts';
import { cryptoSessionsOf, type CryptoSession, type StreamStart } from './payload/session-map.ts';
import type { Period } from './period.ts';
import { deriveSessions, type Prf, type SessionKeys } from './prf.ts';
import { MessageReception, receiveRules, type IMessageReceiver } from './receive-rules.ts';
import { signedDigestOf } from './replay-cache.ts';
import { srtpPolicyFrom, type SrtpPolicy } from './srtp-policy.ts';
import type { TelNumber } from './tel-number.ts';

/** What a receiver knows once a message was verified and decapsulated: the caller, and the secret of the call. */
export interface OpenedIMessage {
  /** Verified: who signed. The number to show to the user. */
  readonly from: TelNumber;
  /** The month of the identifiers. */
  readonly period: Period;
  /** First what the initiator sends, then what the responder sends. */
  readonly sessions: readonly [SessionKeys, SessionKeys];
  /** Where the initiator's stream begins, as far as the message says. */
  readonly start: StreamStart;
  readonly csbId: number;
  /** 16 octets: the secret of the call. */
  readonly ssv: Uint8Array;
  /** The timestamp, milliseconds since 1970. */
  readonly unixMs: number;
  readonly policy: SrtpPolicy;
  readonly prf: Prf;
  /** The key managements that the initiator says its SDP offered; empty when it does not say. */
  readonly offered: readonly string[];
  /** SHA-256 of the signed part, hexadecimal. */
  readonly signedDigest: string;
}

/**
 * Opens a message, or refuses it with the first reason met: the message is malformed, no call can be made with it, a rule
 * refuses it, or it does not open. It enters the replay cache when every rule has let it pass, so that an authentic
 * message that does not open costs one pairing only once.
 *
 * With `rules: []` this is what a thief does with a stolen RSK and a recorded message.
 *
 * @throws a code of MIKEY_CODES
 */
export function openIMessage(octets: Uint8Array, receiver: IMessageReceiver): OpenedIMessage {
  const message = parseMessage(octets);
  const call = callOf(message);
  const reception = new MessageReception(message, receiver);
  for (const rule of receiver.rules ?? receiveRules) {
    const refusal = rule.refusalOf(reception);
    if (refusal !== undefined) throw refusal;
  }
  const { from, unixMs } = reception;
  const period = reception.periods[0];
  const keys = period === undefined ? undefined : receiver.keysFor(period);
  if (period === undefined || keys === undefined) throw reception.noKeys();
  receiver.replayCache.remember(message, receiver);

  const ssv = decapsulate(reception, identifierOf(receiver.self, period), keys.rsk);
  const { prf, csbId } = message.header;
  const input = { prf, tgk: ssv, csbId, rand: message.rand.rand };
  return {
    from,
    period,
    sessions: deriveSessions(input, [call.outward.csId, call.back.csId]),
    start: call.outward.start,
    csbId,
    ssv,
    unixMs,
    policy: call.policy,
    prf,
    offered: offeredIn(message),
    signedDigest: signedDigestOf(message),
  };
}

interface CallOf {
  readonly policy: SrtpPolicy;
  /** From initiator to responder: the first crypto session of the message, by convention. */
  readonly outward: CryptoSession;
  readonly back: CryptoSession;
}

/** What a message would set up. Decided from its octets alone, before anything that depends on keys or time. */
function callOf(message: Message): CallOf {
  const { idScheme } = message.sakke;
  if (idScheme !== TEL_URI_MONTHLY)
    throw mikeyError('MIKEY_IDENTIFIER_SCHEME', `ID scheme ${idScheme} is not ${TEL_URI_MONTHLY}`);
  const sessions = cryptoSessionsOf(message.header.map);
  const [outward, back] = sessions;
  if (outward === undefined || back === undefined || sessions.length !== 2)
    throw mikeyError(
      'MIKEY_CRYPTO_SESSIONS',
      `a call has 2 crypto sessions, this message ${sessions.length}`,
    );
  requireServed(outward, back);
  const policies = policiesOf(message);
  const [policy, ...others] = sessions.flatMap(({ policyNumbers }) =>
    (policyNumbers.length === 0 ? [undefined] : policyNumbers).map((number) =>
      srtpPolicyFrom(policies, number),
    ),
  );
  if (policy === undefined || others.some(({ profile }) => profile !== policy.profile))
    throw mikeyError('MIKEY_POLICY', 'the two directions of a call have one policy');
  return { policy, outward, back };
}

/**
 * Keys are not told apart by an MKI here, and the responder's stream begins with the call: what says otherwise is refused, since packets
 * would be read or made in another way than it asks for.
 *
 * @throws MIKEY_STREAM
 */
function requireServed(outward: CryptoSession, back: CryptoSession): void {
  for (const { csId, spi } of [outward, back]) {
    if (spi.length > 0)
      throw mikeyError('MIKEY_STREAM', `crypto session ${csId} has an SPI of ${spi.length} octets`);
  }
  const { roc, sequence } = back.start;
  if (roc > 0 || sequence !== undefined)
    throw mikeyError(
      'MIKEY_STREAM',
      `the stream of the responder is to begin with ROC ${roc}, SEQ ${sequence ?? 0}`,
    );
}

function decapsulate(
  { message, receiver }: MessageReception,
  identifier: Uint8Array,
  rsk: Uint8Array,
): Uint8Array {
  receiver.onWork?.('decapsulate');
  try {
    return sakkeDecapsulate(message.sakke.data, identifier, receiver.kms.z, rsk);
  } catch (thrown) {
    if (!(thrown instanceof CalldrillError)) throw thrown;
    throw mikeyError('MIKEY_SEALED', `the SSV does not open under the RSK of ${receiver.self}`, {
      cause: thrown,
    });
  }
}

function offeredIn(message: Message): readonly string[] {
  for (const payload of message.payloads)
    if (payload.kind === 'EXT' && payload.type === 'SDP IDs') return toAscii(payload.data).split(';');
  return [];
}
