/**
 * A session of a disc that its label says nothing of. In the one direction it is a payload: what runs on a machine that reads the disc. In the
 * other it is what the payload took from there. A machine without a network has no other way out (para-26).
 *
 *     +---------------------------------------------------------------+
 *     |        "CDHS"  (43 44 48 53), version (1)                     |
 *     +---------------------------------------------------------------+
 *     |  length (1) | who wrote it: an attacker, or the CMS           |
 *     +---------------------------------------------------------------+
 *     |  how many master secrets n (1): 0 in a payload, or 1          |
 *     +---------------------------------------------------------------+
 *     :        n times KSAK, 32 octets, and z_T, 128 octets           :
 *     +---------------------------------------------------------------+
 */
import type { MasterSecrets } from '../../network/mikey/index.ts';
import { Secret } from '../../sim/secret.ts';
import { FieldReader } from './field-reader.ts';
import { FieldWriter } from './field-writer.ts';
import { HOST } from './text-kind.ts';

const MAGIC = 'CDHS';
const VERSION = 1;
const KSAK_OCTETS = 32;
const ZT_OCTETS = 128;

/** Who wrote it, and what was taken: nothing yet where it is a payload that waits for a machine to read it. */
export interface HiddenSession {
  /** Who wrote it: an attacker, or the CMS whose master secrets are in it. */
  readonly by: string;
  /** Undefined in a payload. */
  readonly master: MasterSecrets | undefined;
}

/** Errors: MEDIA_VALUE. */
export function encodeHiddenSession({ by, master }: HiddenSession): Uint8Array {
  const head = new FieldWriter().begin(MAGIC, VERSION).text(by, HOST);
  if (master === undefined) return head.u8(0).finish();
  return head.u8(1).octets(master.ksak, KSAK_OCTETS).octets(master.zT, ZT_OCTETS).finish();
}

/** Errors: MEDIA_MAGIC, MEDIA_VERSION, MEDIA_DISC_TRUNCATED, MEDIA_TRAILING, MEDIA_VALUE. */
export function parseHiddenSession(octets: Uint8Array): HiddenSession {
  const reader = new FieldReader(octets, 'a hidden session', 'MEDIA_DISC_TRUNCATED');
  reader.begin(MAGIC, VERSION);
  const by = reader.text(HOST);
  const count = reader.u8();
  if (count > 1)
    throw reader.refuse(
      'MEDIA_VALUE',
      'a hidden session has one KSAK and z_T at the most',
      reader.offset - 1,
    );
  const master = count === 0 ? undefined : { ksak: reader.octets(KSAK_OCTETS), zT: reader.octets(ZT_OCTETS) };
  reader.end();
  return { by, master };
}

/** The master secrets of a CMS, as the custody of a trace names them. */
export function secretsOfMaster(cms: string, { ksak, zT }: MasterSecrets): readonly Secret[] {
  return [new Secret('KSAK', cms, ksak), new Secret('z_T', cms, zT)];
}

/** What whoever reads such a session learns; nothing of a payload. */
export function secretsOfHiddenSession(octets: Uint8Array | undefined): readonly Secret[] {
  if (octets === undefined) return [];
  const { by, master } = parseHiddenSession(octets);
  return master === undefined ? [] : secretsOfMaster(by, master);
}
