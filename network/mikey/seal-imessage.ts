/** Making an I_MESSAGE: a fresh SSV for one call, sealed to the responder and signed by the initiator. */
import { assert } from '../../sim/errors.ts';
import { fromAscii } from '../../sim/octets.ts';
import type { RandomSource } from '../../sim/random.ts';
import { periodRefusal } from './calendar.ts';
import { identifierOf } from './identifier.ts';
import { sakkeEncapsulate } from './memo.ts';
import { kmsIdentity, telIdentity } from './payload/identity.ts';
import type { Payload } from './payload/payload.ts';
import { RAND_OCTETS } from './payload/rand.ts';
import { TEL_URI_MONTHLY } from './payload/sakke.ts';
import { timestampOf } from './payload/timestamp.ts';
import { periodOf } from './period.ts';
import { deriveSessions, type Prf, type SessionKeys } from './prf.ts';
import { signIMessage } from './sign-imessage.ts';
import { securityPolicyOf, type SrtpPolicy } from './srtp-policy.ts';
import type { TelNumber } from './tel-number.ts';
import type { KmsPublic, UserKeys } from './user-keys.ts';

/** What a caller puts into a message, and the keys and chance that it takes. */
export interface SealOptions {
  readonly from: TelNumber;
  readonly to: TelNumber;
  /** The initiator's keys of the month of `unixMs`. */
  readonly senderKeys: Pick<UserKeys, 'number' | 'period' | 'ssk' | 'pvt'>;
  /** KPAK of the initiator's KMS and Z of the responder's. */
  readonly kms: KmsPublic;
  /** The initiator's clock, milliseconds since 1970. */
  readonly unixMs: number;
  readonly random: RandomSource;
  readonly prf: Prf;
  readonly policy: SrtpPolicy;
  /** In place of one that is drawn: only a planted violation has it. */
  readonly ssv?: Uint8Array | undefined;
  /** Identifiers are of the month of the keys, whatever T says: an app that counts months otherwise than in UTC. */
  readonly monthOfKeys?: boolean;
  /** SSRC of the initiator's stream, when it is known already. */
  readonly ssrc?: number;
  /** URIs for IDRkmsi and IDRkmsr, such as `kms.example.org`. */
  readonly kmsUris?: { readonly initiator: string; readonly responder: string };
  /** The key managements that the SDP offers, in its order (RFC 4567 section 4.1.4): `['mikey']`. */
  readonly offered?: readonly string[];
}

/** A message that is ready to be sent, with the secret that only its receiver gets out of it. */
export interface SealedIMessage {
  readonly octets: Uint8Array;
  /** 16 octets: the secret of the call. */
  readonly ssv: Uint8Array;
  readonly csbId: number;
  /** 16 octets. */
  readonly rand: Uint8Array;
  /** CS 1 protects what the initiator sends, CS 2 what the responder sends. */
  readonly sessions: readonly [SessionKeys, SessionKeys];
}

const SSV_OCTETS = 16;
const POLICY_NUMBER = 0;

/**
 * Seals a new SSV (RFC 6509 section 2.2.1). Each direction has a crypto session of its own: one key for both would be used
 * twice on the same keystream.
 *
 * @throws MIKEY_PERIOD_MISMATCH when the keys are of another month than the clock; MIKEY_TIMESTAMP_RANGE.
 */
export function sealIMessage(options: SealOptions): SealedIMessage {
  const { from, to, senderKeys, kms, unixMs, random, prf, monthOfKeys = false } = options;
  assert(senderKeys.number === from, 'an initiator signs with its own keys');
  const timestamp = timestampOf(unixMs, random);
  const mismatch = periodRefusal(senderKeys.period, unixMs);
  if (mismatch !== undefined && !monthOfKeys) throw mismatch;

  const csbId = random.uint32();
  const rand = random.octets(RAND_OCTETS);
  const drawn = random.octets(SSV_OCTETS);
  const ssv = options.ssv ?? drawn;
  const payloads: readonly Payload[] = [
    timestamp,
    { kind: 'RAND', rand },
    telIdentity('initiator', from),
    telIdentity('responder', to),
    ...kmsIdentities(options.kmsUris),
    securityPolicyOf(options.policy, POLICY_NUMBER),
    ...offeredExtension(options.offered),
    {
      kind: 'SAKKE',
      idScheme: TEL_URI_MONTHLY,
      data: sakkeEncapsulate(
        ssv,
        identifierOf(to, monthOfKeys ? senderKeys.period : periodOf(unixMs)),
        kms.z,
      ),
    },
  ];
  const octets = signIMessage(
    {
      kind: 'HDR',
      verify: false,
      prf,
      csbId,
      map: {
        type: 'SRTP-ID',
        // There is no answer in which a responder could report its SSRC, so the second one stays unknown.
        sessions: [options.ssrc ?? 0, 0].map((ssrc) => ({ policyNumber: POLICY_NUMBER, ssrc, roc: 0 })),
      },
    },
    payloads,
    { keys: senderKeys, kms, random },
  );
  const input = { prf, tgk: ssv, csbId, rand };
  return { octets, ssv, csbId, rand, sessions: deriveSessions(input, [1, 2]) };
}

function kmsIdentities(uris: SealOptions['kmsUris']): readonly Payload[] {
  if (uris === undefined) return [];
  return [kmsIdentity('initiator KMS', uris.initiator), kmsIdentity('responder KMS', uris.responder)];
}

function offeredExtension(offered: SealOptions['offered']): readonly Payload[] {
  if (offered === undefined) return [];
  return [{ kind: 'EXT', type: 'SDP IDs', data: fromAscii(offered.join(';')) }];
}
