/**
 * What a rendezvous server keeps over a restart, as octets: its disk, its accounts, who is blocked, and its audit log.
 *
 *     +---------------------------------------------------------------+
 *     |                     "CDCS"  (43 44 43 53)                     |
 *     +---------------+---------------+-------------------------------+
 *     |  version (2)  |  log checked  |   length of the disk's image  |
 *     +---------------+---------------+-------------------------------+
 *     |        length (cont.)         |                               |
 *     +-------------------------------+                               +
 *     :                  the image of its disk (CDFL)                 :
 *     +---------------------------------------------------------------+
 *     :  n accounts: name, KMS fingerprint in hexadecimal (or empty), :
 *     :  n users: number, n packages: month, octets                   :
 *     +---------------------------------------------------------------+
 *     :  n credentials: identity, PSK (32), number, month             :
 *     +---------------------------------------------------------------+
 *     :  n former identities: identity, number, month, what became of :
 *     :  it (absent in version 1)                                     :
 *     +---------------------------------------------------------------+
 *     :  n blocked numbers;  n blocked identities                     :
 *     +---------------------------------------------------------------+
 *     :  lines of the log that made room (8)                          :
 *     :  n lines: kind, subject, detail, first, last, count (8)       :
 *     +---------------------------------------------------------------+
 *     |                SHA-256 of everything before it                |
 *     +---------------------------------------------------------------+
 *
 * Big-endian. Each n has 4 octets; so has the length of octets and texts (UTF-8). A number is a text, a month `YYYY-MM`. The
 * checksum tells a file that was cut off or damaged; it does not protect against somebody who may write it.
 */
import { createHash } from 'node:crypto';
import { CalldrillError } from '../../sim/errors.ts';
import { OctetReader } from '../../sim/octet-reader.ts';
import { concat, fromAscii, toAscii } from '../../sim/octets.ts';
import { canonicalNumber, parsePeriod } from '../../network/mikey/index.ts';
import { readFlashImage } from '../hardware/index.ts';
import type { AccountsState } from './accounts.ts';
import { AUDIT_KINDS, AUDIT_LINES_MAX, type AuditState } from './audit-log.ts';
import { crsError } from './errors.ts';
import { FORMER_ENDS, type FormerIdentitiesState } from './former-identities.ts';
import { sized, text, u32, u53 } from './state-fields.ts';

/** What a kept state begins with, in ASCII. */
export const CRS_STATE_MAGIC = 'CDCS';
const VERSION = 2;
/** The last that did not have former identities. It is still read. */
const VERSION_WITHOUT_FORMER = 1;
const VERSION_AT = CRS_STATE_MAGIC.length;
const CHECKSUM_OCTETS = 32;
const PSK_OCTETS = 32;
const PERIOD_OCTETS = 7;

const CRS_STATE_LIMITS = {
  /** Octets of the state that a server keeps over a restart */
  octets: 128 * 1024 * 1024,
  /** Octets of one text in it */
  textOctets: 65_536,
};

/** The parts of what is kept, each in the form in which its owner takes it back. */
export type CrsState = {
  readonly logChecked: boolean;
  /** Image of its disk, in the form of `readFlashImage`. */
  readonly disk: Uint8Array;
  readonly accounts: AccountsState;
  readonly log: AuditState;
};

/** The octets of a state, checksum included. */
export function encodeCrsState({ logChecked, disk, accounts: known, log }: CrsState): Uint8Array {
  const { accounts, credentials, former, blockedNumbers, blockedIdentities } = known;
  const list = <Item>(items: readonly Item[], encode: (item: Item) => readonly Uint8Array[]) => [
    u32(items.length),
    ...items.flatMap((item) => encode(item)),
  ];
  return sealCrsState(
    concat(
      fromAscii(CRS_STATE_MAGIC),
      Uint8Array.of(VERSION, logChecked ? 1 : 0),
      ...sized(disk),
      ...list(accounts, ({ name, kms, users }) => [
        ...text(name),
        ...text(kms ?? ''),
        ...list(users, ({ number, packages }) => [
          ...text(number),
          ...list(packages, ({ period, octets }) => [fromAscii(period), ...sized(octets)]),
        ]),
      ]),
      ...list(credentials, ({ identity, psk, number, period }) => [
        ...text(identity),
        psk,
        ...text(number),
        fromAscii(period),
      ]),
      ...list(former, ({ identity, number, period, end }) => [
        ...text(identity),
        ...text(number),
        fromAscii(period),
        ...text(end),
      ]),
      ...list(blockedNumbers, text),
      ...list(blockedIdentities, text),
      u53(log.dropped),
      ...list(log.entries, ({ kind, subject, detail, first, last, count }) => [
        ...text(kind),
        ...text(subject),
        ...text(detail),
        ...[first, last, count].map(u53),
      ]),
    ),
  );
}

/** Appends the checksum to all octets before it. */
export function sealCrsState(content: Uint8Array): Uint8Array {
  return concat(content, createHash('sha256').update(content).digest());
}

/** Reads a state, all of it or nothing. Errors: CRS_STATE_DAMAGED, CRS_STATE_VERSION, with the octet offset. */
export function parseCrsState(octets: Uint8Array): CrsState {
  requireForm(octets);
  return new StateReader(octets).state();
}

/** Magic, version and checksum: what can be told without reading a field. */
function requireForm(octets: Uint8Array): void {
  const { length } = octets;
  const checksumAt = length - CHECKSUM_OCTETS;
  if (length > CRS_STATE_LIMITS.octets) throw damaged(`${length} octets are too many`, length);
  if (toAscii(octets.subarray(0, VERSION_AT)) !== CRS_STATE_MAGIC)
    throw damaged('this is not the state of a CRS', 0);
  if (checksumAt <= VERSION_AT) throw damaged('the state is cut off', length);
  const version = octets[VERSION_AT];
  if (version !== VERSION && version !== VERSION_WITHOUT_FORMER)
    throw crsError('CRS_STATE_VERSION', `version ${version ?? 0} of the state of a CRS is not known`, {
      where: { offset: VERSION_AT },
    });
  const checksum = createHash('sha256').update(octets.subarray(0, checksumAt)).digest();
  if (!checksum.equals(octets.subarray(checksumAt)))
    throw damaged('the checksum does not match the octets before it', checksumAt);
}

class StateReader extends OctetReader {
  readonly #hasFormer: boolean;

  /** Precondition: the form of `octets` is right. */
  constructor(octets: Uint8Array) {
    super(octets, {
      refuse: ({ end }) => damaged('the state ends inside a field', end),
      start: VERSION_AT + 1,
      end: octets.length - CHECKSUM_OCTETS,
    });
    this.#hasFormer = octets[VERSION_AT] !== VERSION_WITHOUT_FORMER;
  }

  state(): CrsState {
    const logChecked = this.#flag();
    const disk = this.#checked(() => {
      const image = this.#sized(CRS_STATE_LIMITS.octets);
      readFlashImage(image);
      return image;
    });
    const state: CrsState = { logChecked, disk, accounts: this.#accounts(), log: this.#log() };
    if (this.remaining > 0) throw damaged('octets follow where the state ends', this.offset);
    return state;
  }

  #accounts(): AccountsState {
    return {
      accounts: this.#list(() => ({
        name: this.#text(),
        kms: this.#text() || undefined,
        users: this.#list(() => ({
          number: this.#number(),
          packages: this.#list(() => ({
            period: this.#period(),
            octets: this.#sized(CRS_STATE_LIMITS.textOctets),
          })),
        })),
      })),
      credentials: this.#list(() => ({
        identity: this.#text(),
        psk: this.octets(PSK_OCTETS),
        number: this.#number(),
        period: this.#period(),
      })),
      former: this.#hasFormer ? this.#former() : [],
      blockedNumbers: this.#list(() => this.#number()),
      blockedIdentities: this.#list(() => this.#text()),
    };
  }

  #former(): FormerIdentitiesState {
    return this.#list(() => {
      const [identity, number, period] = [this.#text(), this.#number(), this.#period()];
      const at = this.offset;
      const written = this.#text();
      const end = FORMER_ENDS.find((each) => each === written);
      if (end === undefined) throw damaged('what became of an identity is not known', at);
      return { identity, number, period, end };
    });
  }

  #log(): AuditState {
    const dropped = this.#u53();
    const entries = this.#list(() => {
      const at = this.offset;
      const written = this.#text();
      const kind = AUDIT_KINDS.find((each) => each === written);
      if (kind === undefined) throw damaged('a line of the log is of no known kind', at);
      return {
        kind,
        subject: this.#text(),
        detail: this.#text(),
        first: this.#u53(),
        last: this.#u53(),
        count: this.#u53(),
      };
    });
    if (entries.length > AUDIT_LINES_MAX) throw damaged(`the log has ${entries.length} lines`, this.offset);
    return { dropped, entries };
  }

  #list<Item>(read: () => Item): readonly Item[] {
    const items: Item[] = [];
    // Each item has octets of its own, so a count that is wrong runs into the end.
    for (let left = this.u32(); left > 0; left--) items.push(read());
    return items;
  }

  #flag(): boolean {
    const value = this.u8();
    if (value !== 0 && value !== 1) throw damaged('a flag is neither 0 nor 1', this.offset - 1);
    return value === 1;
  }

  #text(): string {
    return this.#checked(() =>
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
        this.#sized(CRS_STATE_LIMITS.textOctets),
      ),
    );
  }

  #number() {
    return this.#checked(() => {
      const written = this.#text();
      const number = canonicalNumber(written);
      if (number !== written) throw damaged(`${written} is not the one spelling of a number`, this.offset);
      return number;
    });
  }

  #period() {
    return this.#checked(() => parsePeriod(toAscii(this.octets(PERIOD_OCTETS))));
  }

  #sized(most: number): Uint8Array {
    const at = this.offset;
    const length = this.u32();
    if (length > most) throw damaged(`a field of ${length} octets is too long`, at);
    return this.octets(length);
  }

  #u53(): number {
    const at = this.offset;
    const value = this.u64();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged('a number is too large', at);
    return Number(value);
  }

  /** Turns the refusal of a value into one of this format, at its place. */
  #checked<Value>(read: () => Value): Value {
    const at = this.offset;
    try {
      return read();
    } catch (error) {
      if (error instanceof CalldrillError && error.code.startsWith('CRS_STATE_')) throw error;
      // A text that is no UTF-8 is a TypeError of the decoder.
      if (!(error instanceof CalldrillError) && !(error instanceof TypeError)) throw error;
      throw damaged(error.message, at, error);
    }
  }
}

function damaged(detail: string, offset: number, cause?: unknown) {
  return crsError('CRS_STATE_DAMAGED', detail, { where: { offset }, cause });
}
