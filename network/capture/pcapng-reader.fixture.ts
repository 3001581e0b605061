/** A strict little reader of the pcapng that this folder writes, for tests. What it does not know it refuses. */
import { OctetReader } from '../../sim/octet-reader.ts';
import { toHex } from '../../sim/octets.ts';
import { BLOCK, OPTION, SECRETS_TLS_KEY_LOG } from './pcapng.ts';

/** A packet of a capture, with the link it was seen on and what its comments say. */
export interface ReadPacket {
  readonly interface: number;
  readonly time: number;
  readonly frame: Uint8Array;
  readonly direction: 'inbound' | 'outbound';
  readonly comments: readonly string[];
  /** Where the frame begins in the file. */
  readonly at: number;
}

/** All that a capture of this folder says. */
export interface ReadCapture {
  readonly application: string | undefined;
  readonly comments: readonly string[];
  readonly interfaces: readonly { readonly name: string; readonly description: string }[];
  /** Host by IPv4 address: `10.0.0.1`. */
  readonly names: ReadonlyMap<string, string>;
  readonly keyLog: string;
  readonly packets: readonly ReadPacket[];
  /** Every block: its type, and where it begins and ends. */
  readonly blocks: readonly { readonly type: number; readonly start: number; readonly end: number }[];
}

interface BlockOptions {
  readonly texts: (code: number) => readonly string[];
  readonly value: (code: number) => Uint8Array | undefined;
}

/** Throws an Error that names the octet where the block begins that is wrong. */
export function readPcapng(file: Uint8Array): ReadCapture {
  const reading = new BlockReading();
  for (let start = 0; start < file.length;) {
    const refuse = refusal(start);
    const block = new OctetReader(file, {
      refuse: ({ field }) => refuse(`${field} is cut off`),
      start,
      littleEndian: true,
    });
    const type = block.u32('a block');
    const length = block.u32('a block');
    if (length < 12 || length % 4 !== 0) throw refuse(`a block of ${length} octets`);
    const body = block.within(length - 12, 'a block');
    if (block.u32('a block') !== length) throw refuse('the lengths of a block differ');
    reading.blocks.push({ type, start, end: block.offset });
    reading.take(type, body, refuse);
    start = block.offset;
  }
  return reading.capture();
}

type Refuse = (what: string) => Error;

function refusal(offset: number): Refuse {
  return (what) => new Error(`octet ${offset}: ${what}`);
}

/** What was read so far. */
class BlockReading {
  readonly blocks: { type: number; start: number; end: number }[] = [];
  readonly #interfaces: { name: string; description: string }[] = [];
  readonly #names = new Map<string, string>();
  readonly #packets: ReadPacket[] = [];
  #keyLog = '';
  #section: BlockOptions | undefined;

  take(type: number, body: OctetReader, refuse: Refuse): void {
    if ((this.#section === undefined) !== (type === BLOCK.section))
      throw refuse('a file has one section, at its start');
    switch (type) {
      case BLOCK.section:
        return this.#takeSection(body, refuse);
      case BLOCK.interface:
        return this.#takeInterface(body, refuse);
      case BLOCK.names:
        for (const [address, name] of namesOf(body, refuse)) this.#names.set(address, name);
        return;
      case BLOCK.secrets:
        return this.#takeSecrets(body, refuse);
      case BLOCK.packet:
        return this.#takePacket(body, refuse);
      default:
        throw refuse(`a block of type ${type}`);
    }
  }

  capture(): ReadCapture {
    return {
      application: this.#section?.texts(OPTION.sectionApplication)[0],
      comments: this.#section?.texts(OPTION.comment) ?? [],
      interfaces: this.#interfaces,
      names: this.#names,
      keyLog: this.#keyLog,
      packets: this.#packets,
      blocks: this.blocks,
    };
  }

  #takeSection(body: OctetReader, refuse: Refuse): void {
    if (body.u32() !== 0x1a2b3c4d) throw refuse('the section is not little-endian');
    if (body.u16() !== 1 || body.u16() !== 0) throw refuse('not version 1.0');
    body.view(8, 'the length of the section');
    this.#section = optionsOf(body, refuse);
  }

  #takeInterface(body: OctetReader, refuse: Refuse): void {
    const linkType = body.u16();
    body.view(6, 'an interface');
    const told = optionsOf(body, refuse);
    const resolution = told.value(OPTION.interfaceResolution);
    if (linkType !== 1 || resolution === undefined || toHex(resolution) !== '06')
      throw refuse('an interface is not Ethernet in microseconds');
    const [name = ''] = told.texts(OPTION.interfaceName);
    this.#interfaces.push({ name, description: told.texts(OPTION.interfaceDescription).join() });
  }

  #takeSecrets(body: OctetReader, refuse: Refuse): void {
    if (body.u32() !== SECRETS_TLS_KEY_LOG) throw refuse('secrets of another kind');
    this.#keyLog += textOf(paddedOctets(body, body.u32()));
    if (body.remaining > 0) throw refuse('secrets of another length');
  }

  #takePacket(body: OctetReader, refuse: Refuse): void {
    const id = body.u32();
    const time = body.u32() * 2 ** 32 + body.u32();
    const captured = body.u32();
    if (captured !== body.u32()) throw refuse('a frame is cut off');
    const at = body.offset;
    const frame = paddedOctets(body, captured);
    const told = optionsOf(body, refuse);
    if (id >= this.#interfaces.length) throw refuse(`a packet of interface ${id}, which is not described`);
    const flags = toHex(told.value(OPTION.packetFlags) ?? new Uint8Array(0));
    if (flags !== '05000000' && flags !== '06000000') throw refuse(`packet flags ${flags}`);
    const direction = flags === '05000000' ? 'inbound' : 'outbound';
    this.#packets.push({ interface: id, time, frame, direction, comments: told.texts(OPTION.comment), at });
  }
}

function optionsOf(body: OctetReader, refuse: Refuse): BlockOptions {
  const found: { readonly code: number; readonly value: Uint8Array }[] = [];
  for (;;) {
    const [code, length] = [body.u16('a list of options'), body.u16('a list of options')];
    if (code === 0) break;
    found.push({ code, value: paddedOctets(body, length) });
  }
  if (body.remaining > 0) throw refuse('octets behind the options');
  const valuesOf = (code: number) => found.filter((each) => each.code === code).map(({ value }) => value);
  return { texts: (code) => valuesOf(code).map(textOf), value: (code) => valuesOf(code)[0] };
}

function namesOf(body: OctetReader, refuse: Refuse): readonly [string, string][] {
  const names: [string, string][] = [];
  for (;;) {
    const [type, length] = [body.u16('a list of names'), body.u16('a list of names')];
    if (type === 0) break;
    if (type !== 1 || length < 6) throw refuse('a name is cut off');
    const octets = paddedOctets(body, length);
    const name = textOf(octets.subarray(4));
    if (name.indexOf('\0') !== name.length - 1) throw refuse('a name ends with its one zero');
    names.push([[...octets.subarray(0, 4)].join('.'), name.slice(0, -1)]);
  }
  if (body.remaining > 0) throw refuse('octets behind the names');
  return names;
}

/** A copy of the next octets, which a whole number of words holds. */
function paddedOctets(body: OctetReader, length: number): Uint8Array {
  return body.octets(Math.ceil(length / 4) * 4).slice(0, length);
}

function textOf(octets: Uint8Array): string {
  return Buffer.from(octets).toString('utf8');
}
