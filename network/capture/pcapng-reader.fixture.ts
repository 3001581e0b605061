/** A strict little reader of the pcapng that this folder writes, for tests. What it does not know it refuses. */
import { toHex } from '../../sim/octets.ts';
import { BLOCK, OPTION, SECRETS_TLS_KEY_LOG } from './pcapng.ts';

export interface ReadPacket {
  readonly interface: number;
  readonly time: number;
  readonly frame: Uint8Array;
  readonly direction: 'inbound' | 'outbound';
  readonly comments: readonly string[];
  /** Where the frame begins in the file. */
  readonly at: number;
}

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

/** Throws an Error that names the octet. */
export function readPcapng(file: Uint8Array): ReadCapture {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const blocks: { type: number; start: number; end: number }[] = [];
  const interfaces: { name: string; description: string }[] = [];
  const names = new Map<string, string>();
  const packets: ReadPacket[] = [];
  let keyLog = '';
  let section: BlockOptions | undefined;
  for (let start = 0; start < file.length;) {
    const refuse = refusal(start);
    if (file.length - start < 12) throw refuse('a block is cut off');
    const [type, length] = [view.getUint32(start, true), view.getUint32(start + 4, true)];
    const end = start + length;
    if (length < 12 || length % 4 !== 0 || end > file.length) throw refuse(`a block of ${length} octets`);
    if (view.getUint32(end - 4, true) !== length) throw refuse('the lengths of a block differ');
    blocks.push({ type, start, end });
    const body = start + 8;
    const options = (at: number) => optionsOf(file.subarray(at, end - 4), refuse);
    if ((section === undefined) !== (type === BLOCK.section))
      throw refuse('a file has one section, at its start');
    if (type === BLOCK.section) {
      if (view.getUint32(body, true) !== 0x1a2b3c4d) throw refuse('the section is not little-endian');
      if (view.getUint16(body + 4, true) !== 1 || view.getUint16(body + 6, true) !== 0)
        throw refuse('not version 1.0');
      section = options(body + 16);
    } else if (type === BLOCK.interface) {
      const told = options(body + 8);
      if (view.getUint16(body, true) !== 1 || toHex(told.value(OPTION.interfaceResolution) ?? file) !== '06')
        throw refuse('an interface is not Ethernet in microseconds');
      const [name = ''] = told.texts(OPTION.interfaceName);
      interfaces.push({ name, description: told.texts(OPTION.interfaceDescription).join() });
    } else if (type === BLOCK.names) {
      for (const [address, name] of namesOf(view, body, end - 4, refuse)) names.set(address, name);
    } else if (type === BLOCK.secrets) {
      if (view.getUint32(body, true) !== SECRETS_TLS_KEY_LOG) throw refuse('secrets of another kind');
      const octets = view.getUint32(body + 4, true);
      if (body + 8 + padded(octets) !== end - 4) throw refuse('secrets of another length');
      keyLog += textOf(file.subarray(body + 8, body + 8 + octets));
    } else if (type === BLOCK.packet) {
      const at = body + 20;
      const captured = view.getUint32(body + 12, true);
      if (captured !== view.getUint32(body + 16, true) || at + captured > end - 4)
        throw refuse('a frame is cut off');
      const told = options(at + padded(captured));
      const id = view.getUint32(body, true);
      if (id >= interfaces.length) throw refuse(`a packet of interface ${id}, which is not described`);
      const flags = toHex(told.value(OPTION.packetFlags) ?? new Uint8Array(0));
      if (flags !== '05000000' && flags !== '06000000') throw refuse(`packet flags ${flags}`);
      packets.push({
        interface: id,
        time: view.getUint32(body + 4, true) * 2 ** 32 + view.getUint32(body + 8, true),
        frame: file.slice(at, at + captured),
        direction: flags === '05000000' ? 'inbound' : 'outbound',
        comments: told.texts(OPTION.comment),
        at,
      });
    } else throw refuse(`a block of type ${type}`);
    start = end;
  }
  const application = section?.texts(OPTION.sectionApplication)[0];
  return {
    application,
    comments: section?.texts(OPTION.comment) ?? [],
    interfaces,
    names,
    keyLog,
    packets,
    blocks,
  };
}

type Refuse = (what: string) => Error;

function refusal(offset: number): Refuse {
  return (what) => new Error(`octet ${offset}: ${what}`);
}

function optionsOf(octets: Uint8Array, refuse: Refuse): BlockOptions {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const found: { readonly code: number; readonly value: Uint8Array }[] = [];
  for (let at = 0; ;) {
    if (at + 4 > octets.length) throw refuse('options without an end');
    const [code, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    at += 4;
    if (code === 0) {
      if (at !== octets.length) throw refuse('octets behind the options');
      break;
    }
    if (at + padded(length) > octets.length) throw refuse('an option is cut off');
    found.push({ code, value: octets.slice(at, at + length) });
    at += padded(length);
  }
  const valuesOf = (code: number) => found.filter((each) => each.code === code).map(({ value }) => value);
  return { texts: (code) => valuesOf(code).map(textOf), value: (code) => valuesOf(code)[0] };
}

function namesOf(view: DataView, start: number, end: number, refuse: Refuse): readonly [string, string][] {
  const names: [string, string][] = [];
  for (let at = start; ;) {
    if (at + 4 > end) throw refuse('names without an end');
    const [type, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    at += 4;
    if (type === 0) {
      if (at !== end) throw refuse('octets behind the names');
      return names;
    }
    if (type !== 1 || length < 6 || at + padded(length) > end) throw refuse('a name is cut off');
    const octets = new Uint8Array(view.buffer, view.byteOffset + at, length);
    const name = textOf(octets.subarray(4));
    if (name.indexOf('\0') !== name.length - 1) throw refuse('a name ends with its one zero');
    names.push([[...octets.subarray(0, 4)].join('.'), name.slice(0, -1)]);
    at += padded(length);
  }
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

function textOf(octets: Uint8Array): string {
  return Buffer.from(octets).toString('utf8');
}
