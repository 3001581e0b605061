/** SRTP against GStreamer's srtpdec and srtpenc over UDP on loopback: voice goes in at one end and comes out of the other. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { concat, toHex } from '../sim/octets.ts';
import { SeededRandom } from '../sim/random.ts';
import {
  FRAME_OCTETS,
  parseRtp,
  PAYLOAD_TYPE_PCMU,
  serialiseRtp,
  speech,
  SrtpReceiver,
  SrtpSender,
  type SrtpMaster,
} from '../network/rtp/index.ts';

const LOOPBACK = '127.0.0.1';
const PACKETS = 120;
const SSRC = 0x11223344;
/** Crosses 65535 -> 0 on the way. */
const FIRST_SEQUENCE = 65_476;
const READY_MS_MAX = 20_000;

const random = new SeededRandom('interop gstreamer').stream('keys');
const talk = speech(random.octets(FRAME_OCTETS * PACKETS));
const frames = Array.from({ length: PACKETS }, (_, i) => talk.frame(i).slice());
const packets = frames.map((payload, i) =>
  serialiseRtp({
    marker: i === 0,
    payloadType: PAYLOAD_TYPE_PCMU,
    sequence: (FIRST_SEQUENCE + i) & 0xffff,
    timestamp: FRAME_OCTETS * i,
    ssrc: SSRC,
    csrcs: [],
    payload,
    paddingOctets: 0,
  }),
);

const PROFILES = [
  { profile: 'AES_CM_128_HMAC_SHA1_80', authentication: 'hmac-sha1-80' },
  { profile: 'AES_CM_128_HMAC_SHA1_32', authentication: 'hmac-sha1-32' },
] as const;

function keyOf({ masterKey, masterSalt }: SrtpMaster): string {
  return toHex(masterKey) + toHex(masterSalt);
}

function folderOf(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'calldrill-interop-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function socketOf(t: ExecutionContext): Promise<Socket> {
  const socket = createSocket('udp4');
  let isOpen = true;
  socket.once('close', () => (isOpen = false));
  t.teardown(() => (isOpen ? socket.close() : undefined));
  socket.bind(0, LOOPBACK);
  await once(socket, 'listening');
  return socket;
}

/** A pipeline, once it runs. It ends with the test at the latest. */
async function pipeline(t: ExecutionContext, ...elements: readonly string[]): Promise<ChildProcess> {
  const child = spawn('gst-launch-1.0', ['-e', ...elements], { stdio: ['ignore', 'pipe', 'pipe'] });
  t.teardown(() => child.kill('SIGKILL'));
  let said = '';
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (text: Buffer): void => {
      said += text.toString('latin1');
      if (said.includes('PLAYING')) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', (code) => reject(new Error(`gst-launch-1.0 ended with ${String(code)}:\n${said}`)));
    const late = setTimeout(() => reject(new Error(`not playing:\n${said}`)), READY_MS_MAX);
    t.teardown(() => clearTimeout(late));
  });
  await ready;
  return child;
}

/** What srtpdec gets out of these packets, as one piece of G.711. */
async function decoded(
  t: ExecutionContext,
  sent: readonly Uint8Array[],
  key: string,
  authentication: string,
) {
  const free = await socketOf(t);
  const { port } = free.address();
  await new Promise<void>((resolve) => free.close(resolve));
  const file = join(folderOf(t), 'out.ulaw');
  const caps = [
    'application/x-srtp, media=(string)audio, clock-rate=(int)8000, encoding-name=(string)PCMU, payload=(int)0',
    `ssrc=(uint)${SSRC}, roc=(uint)0, srtp-key=(buffer)${key}`,
    `srtp-cipher=(string)aes-128-icm, srtp-auth=(string)${authentication}`,
    `srtcp-cipher=(string)aes-128-icm, srtcp-auth=(string)${authentication}`,
  ].join(', ');
  const source = [
    'udpsrc',
    `port=${port}`,
    `address=${LOOPBACK}`,
    `num-buffers=${sent.length}`,
    `caps=${caps}`,
  ];
  const sink = ['filesink', `location=${file}`];
  const child = await pipeline(t, ...source, '!', 'srtpdec', '!', 'rtppcmudepay', '!', ...sink);
  const ended = once(child, 'exit');
  const socket = await socketOf(t);
  for (const packet of sent) {
    socket.send(packet, port, LOOPBACK);
    await sleep(2);
  }
  await ended;
  return new Uint8Array(readFileSync(file));
}

for (const { profile, authentication } of PROFILES) {
  const master: SrtpMaster = { masterKey: random.octets(16), masterSalt: random.octets(14), profile };
  const protect = (): Uint8Array[] => {
    const sender = new SrtpSender({ ...master, ssrc: SSRC });
    return packets.map((packet) => sender.protect(packet));
  };

  test.serial(`${profile}: srtpdec hears every octet that we said`, async (t) => {
    t.deepEqual(await decoded(t, protect(), keyOf(master), authentication), concat(...frames));
  });

  test.serial(`${profile}: planted: srtpdec does not hear what was altered on the way`, async (t) => {
    const ours = protect();
    const isAltered = (i: number): boolean => i % 12 === 7;
    for (const [i, packet] of ours.entries()) if (isAltered(i)) packet[20 + i] = (packet[20 + i] ?? 0) ^ 1;
    const heard = await decoded(t, ours, keyOf(master), authentication);
    t.deepEqual(heard, concat(...frames.filter((_, i) => !isAltered(i))));
  });

  test.serial(
    `${profile}: we hear every octet that srtpenc protects, and nothing under another key`,
    async (t) => {
      const file = join(folderOf(t), 'in.ulaw');
      writeFileSync(file, concat(...frames));
      const socket = await socketOf(t);
      const received: Uint8Array[] = [];
      const all = new Promise<void>((resolve) => {
        socket.on('message', (octets) => {
          if (received.push(new Uint8Array(octets)) === PACKETS) resolve();
        });
      });
      const pay = [
        'rtppcmupay',
        `ssrc=${SSRC}`,
        `seqnum-offset=${FIRST_SEQUENCE}`,
        'min-ptime=20000000',
        'max-ptime=20000000',
      ];
      const encrypt = ['srtpenc', `key=${keyOf(master)}`, `rtp-auth=${authentication}`];
      await pipeline(
        t,
        ...['filesrc', `location=${file}`, `blocksize=${FRAME_OCTETS}`, '!'],
        ...['audio/x-mulaw,rate=8000,channels=1', '!', ...pay, '!', ...encrypt, '!'],
        ...['udpsink', `host=${LOOPBACK}`, `port=${socket.address().port}`, 'sync=false'],
      );
      await all;
      const receiver = new SrtpReceiver(master);
      const heard = received.map((packet) => parseRtp(receiver.unprotect(packet)).payload);
      t.deepEqual(concat(...heard), concat(...frames));
      t.is(receiver.rolloverCounter, 1);
      const stranger = new SrtpReceiver({ ...master, masterSalt: random.octets(14) });
      for (const packet of received) t.throws(() => stranger.unprotect(packet), { code: 'SRTP_TAG' });
      const [first] = received;
      t.throws(() => new SrtpReceiver(master).unprotect(flipped(first ?? new Uint8Array(0))), {
        code: 'SRTP_TAG',
      });
    },
  );
}

function flipped(packet: Uint8Array): Uint8Array {
  const copy = packet.slice();
  copy[50] = (copy[50] ?? 0) ^ 1;
  return copy;
}
