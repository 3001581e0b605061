/**
 * The datagrams between the MDM and the agent on a phone.
 *
 *     +------+---------+---------------------+-----------------+
 *     | "CDMW" (4)     | kind (1) | order (4) | text, or nothing |
 *     +------+---------+---------------------+-----------------+
 *
 * Kind 1: wipe yourself, 2: wiped; 3: say what you run, 4: what I run; 5: keep to this policy, 6: I do. Kinds 4 and 5 have a text: lines
 * `name=value` of printable ASCII, 1000 octets at the most.
 *
 * Platform MDM protocols authenticate far better than this; what matters here is only whether the phone can be reached, and
 * reports say that the MDM channel is modelled, not real.
 */
import { errorsOf } from '../../sim/errors.ts';

/** Every code of orders to phones and their datagrams, with what to do instead. */
export const MDM_CODES = {
  MDM_MESSAGE: {
    summary: 'A datagram on the MDM port is not one of its messages.',
    fix: 'Nothing to do: it was ignored.',
  },
  MDM_UNKNOWN_PHONE: {
    summary: 'The MDM does not manage this phone.',
    fix: 'Type `phones` to see the phones it manages.',
  },
  MDM_POLICY: {
    summary: 'The value is none that this setting of a policy can have.',
    fix: 'A store is open or closed, updates are free or held.',
  },
  MDM_UNKNOWN_VERSION: {
    summary: 'The MDM knows of no release of this version.',
    fix: 'Enter it first: `release <platform> <version>`.',
  },
} as const;

/** Makes the typed error of one of these codes. */
export const mdmError = errorsOf(MDM_CODES);

/** UDP port of the agent on a phone. */
export const MDM_AGENT_PORT = 2195;

const MAGIC = 0x43444d57;
const HEADER = 9;
const TEXT_MAX = 1000;
const KINDS = ['wipe', 'wiped', 'inventory', 'report', 'policy', 'kept'] as const;

/** What a datagram is: an order, or the answer to one. */
export type MdmMessageKind = (typeof KINDS)[number];

const WITH_TEXT: readonly MdmMessageKind[] = ['report', 'policy'];

/** An order or the answer to one; both carry the order's number, 0 to 2^32-1. */
export interface MdmMessage {
  readonly kind: MdmMessageKind;
  /** Number of the order, 32 bits. */
  readonly order: number;
  /** By name; none of the kinds that have no text. */
  readonly values: Readonly<Record<string, string>>;
}

/** Nine octets and the text, as in the figure above. */
export function encodeMdmMessage({ kind, order, values }: MdmMessage): Uint8Array {
  const text = Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
  const octets = new Uint8Array(HEADER + text.length);
  const view = new DataView(octets.buffer);
  view.setUint32(0, MAGIC);
  view.setUint8(4, KINDS.indexOf(kind) + 1);
  view.setUint32(5, order);
  for (let at = 0; at < text.length; at++) octets[HEADER + at] = text.charCodeAt(at);
  return octets;
}

/** Takes a datagram apart, and refuses what is none. Errors: MDM_MESSAGE. */
export function decodeMdmMessage(octets: Uint8Array): MdmMessage {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  if (octets.length < HEADER || octets.length > HEADER + TEXT_MAX || view.getUint32(0) !== MAGIC) {
    throw mdmError('MDM_MESSAGE', `${octets.length} octets are not an MDM message`, { where: { offset: 0 } });
  }
  const kind = KINDS[view.getUint8(4) - 1];
  if (kind === undefined)
    throw mdmError('MDM_MESSAGE', `kind ${view.getUint8(4)} is not known`, { where: { offset: 4 } });
  if (octets.length > HEADER && !WITH_TEXT.includes(kind))
    throw mdmError('MDM_MESSAGE', `a ${kind} has no text`, { where: { offset: HEADER } });
  return { kind, order: view.getUint32(5), values: valuesIn(octets) };
}

/** The lines behind the header; each ends, has a name of its own, and nothing but printable ASCII. */
function valuesIn(octets: Uint8Array): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  let line = '';
  let began = HEADER;
  for (let at = HEADER; at < octets.length; at++) {
    const octet = octets[at] ?? 0;
    if (octet !== 10) {
      if (octet < 32 || octet > 126)
        throw mdmError('MDM_MESSAGE', `octet ${octet} is no printable ASCII`, { where: { offset: at } });
      line += String.fromCharCode(octet);
      continue;
    }
    const match = /^([a-z]{1,32})=(.*)$/.exec(line);
    const [, name = '', value = ''] = match ?? [];
    if (match === null || values.has(name))
      throw mdmError('MDM_MESSAGE', `'${line}' is no new name=value`, { where: { offset: began } });
    values.set(name, value);
    line = '';
    began = at + 1;
  }
  if (line !== '') throw mdmError('MDM_MESSAGE', 'the last line does not end', { where: { offset: began } });
  return Object.fromEntries(values);
}
