/**
 * The hostile end of `hostile.interop.ts`, in a process of its own so that what it costs is not counted against the server. It reads one
 * JSON order on standard input, does everything in it at once, and prints what it came to.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';

/** What the peer reads on its standard input: whom to attack, as whom, and how much of each kind of attack. */
export interface HostileOrder {
  /** Where the server listens. */
  readonly port: number;
  /** Ports of its relays. */
  readonly relays: readonly number[];
  /** Base64 of the octets of an INVITE that the server would put through. */
  readonly invite: string;
  /** Its user's account, which floods. */
  readonly caller: PeerAccount;
  /** Accounts that send malformed messages, each fewer than a user may. */
  readonly others: readonly PeerAccount[];
  /** How many of each. */
  readonly records: number;
  readonly messages: number;
  readonly datagrams: number;
  readonly halfOpen: number;
  readonly invites: number;
  /** Sessions, each of which ends by one message whose end is uncertain. */
  readonly uncertain: number;
}

/** What opens a session for a user. */
export interface PeerAccount {
  readonly identity: string;
  /** Base64. */
  readonly psk: string;
}

/** What the peer prints when it is done: how much of each it sent, over how many sessions. */
export interface HostileCount {
  readonly records: number;
  readonly messages: number;
  readonly datagrams: number;
  readonly halfOpen: number;
  readonly invites: number;
  /** Sessions that the server ended for a message whose end is uncertain. */
  readonly uncertain: number;
  /** Sessions that it needed for messages and INVITEs: who floods is cut off again and again. */
  readonly sessions: number;
}

/** Path of this module, for whoever starts it as a process. */
export const HOSTILE_PEER = fileURLToPath(import.meta.url);

const SERVER = '127.0.0.1';
/** Addresses that the malformed records come from: one alone would not get through the gate. */
const SOURCES = 200;
const AT_A_TIME = 20;
/** Between two bursts: the peer shares the machine with those it disturbs. */
const BREATH_MS = 4;
const GIVE_UP_MS = 1_000;

const DAMAGES = [
  // No TLS; a record of an unknown type; one that is too long; a ClientHello of nothing; an alert; data before a handshake.
  '474554202f20485454502f312e300d0a0d0a',
  'ff0303000400000000',
  '160303ffff00',
  '16030100040100000000',
  '15030300020250',
  '17030300200000000000000000000000000000000000000000000000000000000000000000',
].map((hex) => Buffer.from(hex, 'hex'));

async function records({ port, records: count }: HostileOrder): Promise<number> {
  let sent = 0;
  const one = async (n: number): Promise<void> => {
    const localAddress = `127.0.1.${1 + (n % SOURCES)}`;
    const socket = connect({ host: SERVER, port, localAddress });
    socket.on('error', () => undefined);
    socket.setTimeout(GIVE_UP_MS, () => socket.destroy());
    socket.resume();
    socket.write(DAMAGES[n % DAMAGES.length] ?? Buffer.alloc(1), () => sent++);
    // What the server still waits for never comes.
    socket.once('connect', () => setTimeout(() => socket.destroy(), 50));
    await new Promise((resolve) => socket.once('close', resolve));
  };
  for (let n = 0; n < count; n += AT_A_TIME) {
    await Promise.all(Array.from({ length: AT_A_TIME }, async (_, at) => one(n + at)));
    await sleep(BREATH_MS);
  }
  return sent;
}

async function halfOpen({ port, halfOpen: count }: HostileOrder): Promise<number> {
  let opened = 0;
  for (let n = 0; n < count; n++) {
    const socket = connect({ host: SERVER, port, localAddress: '127.0.2.1' });
    socket.on('error', () => undefined);
    socket.on('connect', () => opened++);
    if (n % AT_A_TIME === 0) await sleep(BREATH_MS);
  }
  await sleep(100);
  return opened;
}

async function datagrams({ relays, datagrams: count }: HostileOrder): Promise<number> {
  const socket = createSocket('udp4');
  let sent = 0;
  for (let n = 0; n < count; n++) {
    socket.send(Buffer.alloc(20 + (n % 200), n), relays[n % relays.length] ?? 1, SERVER, () => sent++);
    if (n % AT_A_TIME === 0) await sleep(BREATH_MS);
  }
  await sleep(100);
  socket.close();
  return sent;
}

let sessions = 0;

async function session(port: number, { identity, psk }: PeerAccount): Promise<TLSSocket | undefined> {
  const socket = connectTls({
    socket: connect({ host: SERVER, port, localAddress: '127.0.3.1' }),
    ciphers: 'PSK-AES128-CBC-SHA',
    maxVersion: 'TLSv1.2',
    pskCallback: () => ({ psk: Buffer.from(psk, 'base64'), identity }),
    checkServerIdentity: () => undefined,
  });
  socket.on('error', () => undefined);
  socket.resume();
  const opened = await Promise.race([
    once(socket, 'secureConnect').then(
      () => true,
      () => false,
    ),
    once(socket, 'close').then(() => false),
    sleep(GIVE_UP_MS, false),
  ]);
  if (!opened) {
    socket.destroy();
    return undefined;
  }
  sessions++;
  return socket;
}

/** A flood on sessions of one account, a new one whenever it was cut off; some go into closed ones. */
async function invites({ port, invite: octets, caller, invites: count }: HostileOrder): Promise<number> {
  let socket = await session(port, caller);
  let written = 0;
  for (let n = 0; n < count; n++) {
    if (n % AT_A_TIME === 0) await sleep(BREATH_MS);
    if (socket === undefined || socket.destroyed) {
      if (n % 500 !== 0) continue;
      socket = await session(port, caller);
    }
    socket?.write(invite(Buffer.from(octets, 'base64'), n));
    written++;
  }
  await sleep(100);
  socket?.destroy();
  return written;
}

/** Malformed messages on a session of each account in turn. */
async function messages({ port, invite: octets, others, messages: count }: HostileOrder): Promise<number> {
  const sockets = await Promise.all(others.map(async (account) => session(port, account)));
  let written = 0;
  for (let n = 0; n < count; n++) {
    if (n % AT_A_TIME === 0) await sleep(BREATH_MS);
    const socket = sockets[n % sockets.length];
    if (socket === undefined || socket.destroyed) continue;
    socket.write(damaged(Buffer.from(octets, 'base64'), n));
    written++;
  }
  await sleep(500);
  for (const socket of sockets) socket?.destroy();
  return written;
}

/** A bare LF in a header hides where a message ends: whatever comes after it must be read by nobody, so the session is over. */
async function uncertain({ port, invite: octets, others, uncertain: count }: HostileOrder): Promise<number> {
  let ended = 0;
  for (let n = 0; n < count; n++) {
    const account = others[n % others.length];
    const socket = account === undefined ? undefined : await session(port, account);
    if (socket === undefined) continue;
    const hidden = invite(Buffer.from(octets, 'base64'), n)
      .toString('latin1')
      .replace('\r\nCSeq: ', '\nCSeq: ');
    socket.write(Buffer.from(hidden, 'latin1'));
    const over = once(socket, 'close').then(() => true);
    if (await Promise.race([over, sleep(GIVE_UP_MS, false)])) ended++;
    socket.destroy();
  }
  return ended;
}

function invite(octets: Buffer, n: number): Buffer {
  const changed = octets
    .toString('latin1')
    .replace(/^(Call-ID: ).*$/m, `$1flood-${n}`)
    .replace(/branch=[^;\r\n]+/, `branch=z9hG4bKflood${n}`);
  return Buffer.from(changed, 'latin1');
}

/** A message with something wrong in it, of which the end is still found. */
function damaged(octets: Buffer, n: number): Buffer {
  const wrong = [/^CSeq: .*\r\n/m, /^Via: .*\r\n/m, /^From: .*\r\n/m, /SIP\/2\.0(?=\r)/, /^Call-ID: .*\r\n/m];
  return Buffer.from(
    invite(octets, n)
      .toString('latin1')
      .replace(wrong[n % wrong.length] ?? '', ''),
    'latin1',
  );
}

async function disturb(order: HostileOrder): Promise<HostileCount> {
  const [ofRecords, ofHalfOpen, ofDatagrams, ofInvites, ofMessages] = await Promise.all([
    records(order),
    halfOpen(order),
    datagrams(order),
    invites(order),
    messages(order),
  ]);
  return {
    records: ofRecords,
    halfOpen: ofHalfOpen,
    datagrams: ofDatagrams,
    invites: ofInvites,
    uncertain: await uncertain(order),
    messages: ofMessages,
    sessions,
  };
}

if (process.argv[1] === HOSTILE_PEER) {
  const order = JSON.parse(await text(process.stdin)) as HostileOrder;
  process.stdout.write(JSON.stringify(await disturb(order)));
  process.exit(0);
}
