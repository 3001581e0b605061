/**
 * The blocks of a capture file, as draft-ietf-opsawg-pcapng has them: one section, an interface for each link, names for the
 * made-up addresses, secrets of TLS if they are wanted, and packets. Several of a kind may come anywhere before they are needed,
 * so a file can be read while it is still being written.
 */
import { concat } from '../../sim/octets.ts';
import type { Micros } from '../../sim/clock.ts';
import type { HostAddress } from './host-address.ts';
import { block, padded, textOption, uint16, uint32, utf8 } from './block.ts';

/** The numbers of the kinds of blocks that are written (pcapng, section 11.1). */
export const BLOCK = {
  section: 0x0a0d0d0a,
  interface: 0x00000001,
  names: 0x00000004,
  packet: 0x00000006,
  secrets: 0x0000000a,
} as const;

/** Option codes; those from 2 on mean another thing in each block. */
export const OPTION = {
  comment: 1,
  sectionApplication: 4,
  interfaceName: 2,
  interfaceDescription: 3,
  interfaceResolution: 9,
  packetFlags: 2,
} as const;

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const LINKTYPE_ETHERNET = 1;
/** Microseconds: 10 to the power of minus six. */
const RESOLUTION = 6;
const NAME_IPV4 = 1;
/** "TLSK": an NSS key log, as `SSLKEYLOGFILE` has it. */
export const SECRETS_TLS_KEY_LOG = 0x544c534b;

/** Bits 0 and 1 of a packet's flags say the direction, bits 2 to 4 the reception type; 1 is unicast. */
const UNICAST = 1 << 2;
/** The flags word of a packet to the interface or from it, sent to one host (pcapng, section 4.3.1). */
export const FLAGS = { inbound: 1 | UNICAST, outbound: 2 | UNICAST } as const;

/**
 * Section Header Block, section 4.1. The length of the section is not known beforehand, which is all ones.
 *
 * ```
 * +---------------------------------------------------------------+
 * |                      Byte-Order Magic                         |
 * +-------------------------------+-------------------------------+
 * |       Major Version (1)       |       Minor Version (0)       |
 * +-------------------------------+-------------------------------+
 * |                        Section Length                         |
 * |                                                               |
 * +---------------------------------------------------------------+
 * ```
 */
export function sectionHeader(application: string, comment: string): Uint8Array {
  const body = concat(uint32(BYTE_ORDER_MAGIC), uint16(1, 0), uint32(0xffffffff, 0xffffffff));
  return block(BLOCK.section, body, [
    textOption(OPTION.comment, comment),
    textOption(OPTION.sectionApplication, application),
  ]);
}

/**
 * Interface Description Block, section 4.2; the n-th of a section is interface n - 1. A snap length of 0 is no limit.
 *
 * ```
 * +-------------------------------+-------------------------------+
 * |           LinkType            |           Reserved            |
 * +-------------------------------+-------------------------------+
 * |                            SnapLen                            |
 * +---------------------------------------------------------------+
 * ```
 */
export function interfaceDescription(name: string, description: string): Uint8Array {
  return block(BLOCK.interface, concat(uint16(LINKTYPE_ETHERNET, 0), uint32(0)), [
    textOption(OPTION.interfaceName, name),
    textOption(OPTION.interfaceDescription, description),
    { code: OPTION.interfaceResolution, value: Uint8Array.of(RESOLUTION) },
  ]);
}

/**
 * Name Resolution Block, section 4.5: records of an address and names that each end with a zero, then an empty record.
 *
 * ```
 * +-------------------------------+-------------------------------+
 * |      Record Type (IPv4)       |      Record Value Length      |
 * +-------------------------------+-------------------------------+
 * |                         IPv4 address                          |
 * +---------------------------------------------------------------+
 * /           name, zero, padded to 32 bits                       /
 * +---------------------------------------------------------------+
 * ```
 */
export function nameResolution(addresses: readonly HostAddress[]): Uint8Array {
  const records = addresses.map(({ ipv4, host }) => {
    const value = concat(ipv4, utf8(`${host}\0`));
    return concat(uint16(NAME_IPV4, value.length), padded(value));
  });
  return block(BLOCK.names, concat(...records, uint32(0)));
}

/**
 * Decryption Secrets Block. A reader needs it before the packets that it opens.
 *
 * ```
 * +---------------------------------------------------------------+
 * |                         Secrets Type                          |
 * +---------------------------------------------------------------+
 * |                        Secrets Length                         |
 * +---------------------------------------------------------------+
 * /                         Secrets Data                          /
 * /                       padded to 32 bits                       /
 * +---------------------------------------------------------------+
 * ```
 */
export function decryptionSecrets(keyLog: string): Uint8Array {
  const data = utf8(keyLog);
  return block(BLOCK.secrets, concat(uint32(SECRETS_TLS_KEY_LOG, data.length), data));
}

/** A frame and what is written about it. */
export interface CapturedFrame {
  /** Number of the interface. */
  readonly interface: number;
  /** Microseconds since 1970. */
  readonly time: Micros;
  readonly frame: Uint8Array;
  /** One of {@link FLAGS}. */
  readonly flags: number;
  readonly comments: readonly string[];
}

/**
 * Enhanced Packet Block, section 4.3.
 *
 * ```
 * +---------------------------------------------------------------+
 * |                         Interface ID                          |
 * +---------------------------------------------------------------+
 * |                       Timestamp (High)                        |
 * +---------------------------------------------------------------+
 * |                       Timestamp (Low)                         |
 * +---------------------------------------------------------------+
 * |                    Captured Packet Length                     |
 * +---------------------------------------------------------------+
 * |                    Original Packet Length                     |
 * +---------------------------------------------------------------+
 * /                          Packet Data                          /
 * /                       padded to 32 bits                       /
 * +---------------------------------------------------------------+
 * ```
 */
export function enhancedPacket({ interface: id, time, frame, flags, comments }: CapturedFrame): Uint8Array {
  const { length } = frame;
  const head = uint32(id, Math.floor(time / 0x1_0000_0000), time % 0x1_0000_0000, length, length);
  return block(BLOCK.packet, concat(head, frame), [
    ...comments.map((text) => textOption(OPTION.comment, text)),
    { code: OPTION.packetFlags, value: uint32(flags) },
  ]);
}
