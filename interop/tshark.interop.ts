/** Captures, held against tshark 4: it must see what is there and find nothing wrong, and it must find what was planted. */
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { concat } from '../sim/octets.ts';
import { frameOf } from '../network/capture/frame.ts';
import { hostAddress } from '../network/capture/host-address.ts';
import {
  BLOCK,
  enhancedPacket,
  FLAGS,
  interfaceDescription,
  nameResolution,
  sectionHeader,
} from '../network/capture/pcapng.ts';
import { readPcapng } from '../network/capture/pcapng-reader.fixture.ts';
import { full } from '../network/mikey/rfc6509.vectors.ts';
import { capturedRun, streamedRun } from './captured-run.ts';
import { testWith } from './needs.ts';
import { fieldsOf, problemsIn, TSHARK, tshark } from './tshark.ts';

const test = testWith(TSHARK);

/** The heuristics find RTP by its looks, also where no SDP can be read. */
const LOOKS_FOR_RTP = ['--enable-heuristic', 'rtp_udp'];

const once = <Made>(make: () => Promise<Made>): (() => Promise<Made>) => {
  let made: Promise<Made> | undefined;
  return () => (made ??= make());
};

/** Three calls on a home network, with the TLS keys. */
const calls = once(() => capturedRun('baseline-call', 'home-wifi', '--pcap-secrets', '--reveal-keys'));
/** The same, without. */
const closed = once(() => capturedRun('baseline-call', 'home-wifi'));

const flat = (rows: readonly (readonly (readonly string[])[])[]) => rows.flat(2);
const countBy = (values: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

test('no packet is malformed, RTP included, no checksum is wrong, and nothing is worth a warning', async (t) => {
  const { capture } = await calls();
  t.deepEqual(await problemsIn(capture, ...LOOKS_FOR_RTP), []);
  const frames = await fieldsOf(capture, 'frame', ['frame.number']);
  t.is(frames.length, readPcapng(capture).packets.length);
  t.true(frames.length > 5000);
});

test('times, links and names are those of the scenario', async (t) => {
  const { capture } = await calls();
  const fields = ['frame.time_epoch', 'frame.interface_name', 'ip.src_host', 'ip.dst_host'];
  const [first] = await fieldsOf(capture, 'frame', fields, '-N', 'n');
  // 2015-10-14T08:00:00Z and what the opening takes.
  t.regex(first?.[0]?.[0] ?? '', /^1444809604\.0{6,9}$/);
  t.deepEqual(first?.slice(1), [['alice-crs'], ['alice-phone'], ['crs']]);
});

test('SIP and SDP are read inside TLS', async (t) => {
  const { capture } = await calls();
  const methods = countBy(flat(await fieldsOf(capture, 'tls && sip.Method', ['sip.Method'])));
  // Each call has two legs, and each phone registers once.
  t.like(methods, { REGISTER: 3, INVITE: 8, ACK: 8, BYE: 8 });
  const media = flat(await fieldsOf(capture, 'sdp && sip.Method == "INVITE"', ['sdp.media']));
  t.is(media.length, 8);
  t.true(media.every((line) => /^audio \d+ RTP\/SAVP 0$/.test(line)));
});

test('the MIKEY message of each call is read to its last payload', async (t) => {
  const { capture } = await calls();
  const fields = ['mikey.type', 'mikey.sakke.params', 'mikey.sign.type', 'mikey.id.role', 'mikey.rand.len'];
  const messages = await fieldsOf(capture, 'mikey', fields);
  t.is(messages.length, 8);
  for (const [type = [], parameters = [], signature = [], roles = [], rand = []] of messages) {
    t.true(type.length > 0 && type.every((value) => value === '26'), 'SAKKE');
    t.true(parameters.every((value) => value === '1') && parameters.length > 0, 'parameter set 1');
    t.true(signature.every((value) => value === '2') && signature.length > 0, 'ECCSI');
    t.deepEqual([...new Set(roles)].sort(), ['1', '2']);
    t.true(rand.every((value) => value === '16') && rand.length > 0);
  }
});

test('media is RTP in sixteen streams of G.711: two legs each way in each of four calls', async (t) => {
  const { capture } = await calls();
  const packets = await fieldsOf(
    capture,
    'rtp',
    ['rtp.ssrc', 'rtp.p_type', 'udp.srcport', 'ip.src', 'ip.dst'],
    ...LOOKS_FOR_RTP,
  );
  t.true(packets.every(([, type = []]) => type.join() === '0'));
  const streams = countBy(packets.map((fields) => fields.flat().join(' ')));
  t.is(Object.keys(streams).length, 16);
  // RTCP shares the ports (RFC 5761): its packet types are 200 to 204.
  const datagrams = await fieldsOf(capture, 'udp && udp.payload[1:1] < c8', ['frame.number']);
  const reports = await fieldsOf(capture, 'udp && udp.payload[1:1] >= c8', ['frame.number']);
  t.is(packets.length, datagrams.length);
  t.true(reports.length >= 16, 'each leg has its reports');
  const table = await tshark(capture, ...LOOKS_FOR_RTP, '-q', '-z', 'rtp,streams');
  t.is(table.match(/g711U/g)?.length, 16);
});

test('one link captured alone is what is copied from the whole, and each packet is there once', async (t) => {
  const { capture } = await capturedRun('baseline-call', 'home-wifi', '--pcap-link', 'alice-crs');
  const frames = flat(await fieldsOf(capture, 'frame', ['frame.number']));
  const whole = (await calls()).capture;
  const filter = 'frame.interface_name == "alice-crs"';
  t.is(frames.length, flat(await fieldsOf(whole, filter, ['frame.number'])).length);
  const again = 'tcp.analysis.retransmission || tcp.analysis.out_of_order';
  t.deepEqual(flat(await fieldsOf(capture, again, ['frame.number'])), []);
});

test('what seems out of order in the whole is a packet on its next link: on no link by itself does anything', async (t) => {
  const { capture } = await calls();
  const names = [...new Set(flat(await fieldsOf(capture, 'frame', ['frame.interface_name'])))];
  t.true(names.length > 4, names.join());
  const file = join(await mkdtemp(join(tmpdir(), 'calldrill-interop-')), 'one.pcapng');
  for (const name of names) {
    await tshark(capture, '-Y', `frame.interface_name == "${name}"`, '-w', file);
    const wrong = 'tcp.analysis.out_of_order || tcp.analysis.retransmission';
    t.deepEqual(flat(await fieldsOf(await readFile(file), wrong, ['frame.number'])), [], name);
  }
});

test('with the keys, the RTP streams of one link are found by their SDP, without any option', async (t) => {
  const { capture } = await capturedRun(
    'baseline-call',
    'home-wifi',
    '--pcap-link',
    'alice-crs',
    '--pcap-secrets',
    '--reveal-keys',
  );
  const table = await tshark(capture, '-q', '-z', 'rtp,streams');
  t.is(table.match(/g711U/g)?.length, 6, "two streams in each of Alice's three calls");
});

test('a link copied into a file of its own is one wire, with its secrets', async (t) => {
  const { capture } = await calls();
  const file = join(await mkdtemp(join(tmpdir(), 'calldrill-interop-')), 'alice.pcapng');
  await tshark(capture, '-Y', 'frame.interface_name == "alice-crs"', '-w', file);
  const alone = await readFile(file);
  const table = await tshark(alone, ...LOOKS_FOR_RTP, '-q', '-z', 'rtp,streams');
  const lost = [...table.matchAll(/\((-?[\d.]+)%\)/g)].map(([, percent]) => Number(percent));
  t.is(lost.length, 6, "two streams in each of Alice's three calls");
  t.true(
    lost.every((percent) => percent >= 0 && percent < 5),
    lost.join(),
  );
  const [phone = ''] = flat(await fieldsOf(alone, 'tls.handshake.type == 1', ['ip.src']));
  const answers = flat(await fieldsOf(alone, `sip && ip.dst == ${phone}`, ['sip.Status-Code']));
  t.true(answers.includes('200') && answers.includes('180'), 'both directions are read');
});

test('losses and causes are those of the trace', async (t) => {
  const { capture, trace } = await calls();
  const events = trace
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const lost = events
    .filter(({ type }) => type === 'network.flow')
    .reduce((sum, { data }) => sum + data.lost, 0);
  t.true(lost > 0);
  const comments = flat(await fieldsOf(capture, 'frame.comment', ['frame.comment']));
  t.is(comments.filter((comment) => comment === 'lost on the link').length, lost);
  const numbers = comments.flatMap((comment) => /^trace #(\d+)$/.exec(comment)?.[1] ?? []).map(Number);
  t.true(numbers.length > 0 && numbers.every((n) => n >= 1 && n <= events.length));
});

test('a capture that is streamed is read as that of a file is', async (t) => {
  const streamed = await streamedRun('baseline-call', 'home-wifi');
  const { capture } = await closed();
  t.deepEqual(Buffer.from(streamed), Buffer.from(capture));
  t.deepEqual(await problemsIn(streamed), []);
});

// What follows is planted: the judge must find it.

for (const [what, offset, filter] of [
  ['an IP', 24, 'udp'],
  ['a UDP', 40, 'udp'],
  ['a TCP', 50, 'tcp'],
] as const) {
  test(`planted: ${what} checksum that is wrong is found`, async (t) => {
    const { capture } = await calls();
    const [[number] = []] = await fieldsOf(capture, filter, ['frame.number']);
    const at = readPcapng(capture).packets[Number(number?.[0]) - 1]?.at ?? 0;
    const broken = Uint8Array.from(capture);
    broken[at + offset] = (broken[at + offset] ?? 0) ^ 0x01;
    const problems = await problemsIn(broken);
    t.is(problems.length, 1);
    t.regex(problems[0] ?? '', new RegExp(`^packet ${number?.[0]}: .*[Bb]ad checksum`));
  });
}

/** The blocks of a file, those of secrets apart. */
function withoutSecrets(capture: Uint8Array): { readonly rest: Uint8Array; readonly secrets: Uint8Array } {
  const parts = readPcapng(capture).blocks.map(({ type, start, end }) => ({
    type,
    octets: capture.subarray(start, end),
  }));
  const of = (areSecrets: boolean) =>
    concat(
      ...parts.filter(({ type }) => (type === BLOCK.secrets) === areSecrets).map(({ octets }) => octets),
    );
  return { rest: of(false), secrets: of(true) };
}

test('planted: without its secrets, or with them at its end, a capture shows no SIP', async (t) => {
  const { capture } = await calls();
  const { rest, secrets } = withoutSecrets(capture);
  t.true(secrets.length > 0);
  t.deepEqual(await fieldsOf(rest, 'sip', ['frame.number']), []);
  t.deepEqual(await fieldsOf(concat(rest, secrets), 'sip', ['frame.number']), []);
  t.true((await fieldsOf(capture, 'sip', ['frame.number'])).length > 0);
});

test('a capture without --pcap-secrets is the same without the secrets', async (t) => {
  const [{ capture }, without] = [await calls(), await closed()];
  t.deepEqual(Buffer.from(withoutSecrets(capture).rest), Buffer.from(without.capture));
});

/** A capture of one INVITE in clear, which carries this MIKEY message. */
function inviteWith(mikey: Uint8Array): Uint8Array {
  const [phone, crs] = [hostAddress('alice-phone', '10.0.0.1'), hostAddress('crs', '10.0.0.2')];
  const body = [
    'v=0',
    'o=- 1 1 IN IP4 10.0.0.1',
    's=-',
    'c=IN IP4 10.0.0.1',
    't=0 0',
    `a=key-mgmt:mikey ${Buffer.from(mikey).toString('base64')}`,
    'm=audio 49152 RTP/SAVP 0',
    '',
  ].join('\r\n');
  const text = [
    'INVITE sip:bob@crs SIP/2.0',
    'Via: SIP/2.0/UDP alice-phone:5060;branch=z9hG4bK1',
    'From: <sip:alice@crs>;tag=1',
    'To: <sip:bob@crs>',
    'Call-ID: 1@alice-phone',
    'CSeq: 1 INVITE',
    'Max-Forwards: 70',
    'Content-Type: application/sdp',
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
  const [from, to] = [
    { host: 'alice-phone', port: 5060 },
    { host: 'crs', port: 5060 },
  ];
  const octets = Buffer.from(text);
  const frame = frameOf(
    { protocol: 'udp', from, to, octets },
    { from: phone, to: crs, sender: phone, receiver: crs },
  );
  return concat(
    sectionHeader('interop', 'one INVITE'),
    nameResolution([phone, crs]),
    interfaceDescription('alice-crs', 'a link'),
    enhancedPacket({ interface: 0, time: 1, frame, flags: FLAGS.outbound, comments: [] }),
  );
}

test('planted: a MIKEY message that was cut off is malformed, a whole one is not', async (t) => {
  const whole = Buffer.from(full.base64, 'base64');
  t.deepEqual(await problemsIn(inviteWith(whole)), []);
  t.is((await fieldsOf(inviteWith(whole), 'mikey.sakke', ['mikey.type'])).length, 1);
  const problems = await problemsIn(inviteWith(whole.subarray(0, 300)));
  t.is(problems.length, 1);
  t.regex(problems[0] ?? '', /[Mm]alformed/);
});
