/** Captures of runs: what is in them, what is not, and that they change nothing. */
import test from 'ava';
import { concat } from '../../sim/octets.ts';
import { readPcapng } from '../../network/capture/pcapng-reader.fixture.ts';
import { performanceOf } from '../world/hall.fixture.ts';
import { CAPTURE_FILE, type CaptureRequest } from './run-capture.ts';
import { Performance } from './performance.ts';

const CALL = `steps:
  - { id: call, at: "08:01", by: alice, on: alice-phone, type: "call bob --for 2s" }
probes:
  - { id: replay, row: replay, at: "08:02", by: insider, on: insider, type: "replay alice-to-bob#1", predict: refused, because: "it is cached" }
expect:
  - { id: begun, see: trace.began, times: 1, opening: included }
`;

function performed(capture?: CaptureRequest): Performance {
  const { options } = performanceOf({
    yaml: CALL,
    ends: '08:03',
    parameters: { 'network-profile': 'congested' },
  }).world;
  const performance = new Performance({ ...options, capture });
  performance.finish();
  return performance;
}

const fileOf = ({ artefacts }: Performance) => artefacts.get(CAPTURE_FILE) ?? new Uint8Array(0);
const closed = performed({ secrets: false });
const open = performed({ secrets: true });

test('the trace is the same with and without a capture, and without one there is no file', (t) => {
  const without = performed();
  t.is(closed.world.trace.digest(), without.world.trace.digest());
  t.is(open.world.trace.digest(), without.world.trace.digest());
  t.false(without.artefacts.has(CAPTURE_FILE));
});

test('octets that are handed on as they are made are those of the file, and no file is kept', (t) => {
  const parts: Uint8Array[] = [];
  const { artefacts } = performed({ secrets: true, onOctets: (octets) => parts.push(octets) });
  t.true(parts.length > 1);
  t.deepEqual(concat(...parts), fileOf(open));
  t.false(artefacts.has(CAPTURE_FILE));
});

test('every packet that the trace counts is there, and nothing of a fork', (t) => {
  t.true(closed.made.get('replay')?.forked);
  const { packets, interfaces, names, comments } = readPcapng(fileOf(closed));
  const flows = closed.world.trace.events.filter((event) => event.type === 'network.flow');
  const counted = (key: 'packets' | 'lost') => flows.reduce((sum, { data }) => sum + data[key], 0);
  t.is(packets.length, counted('packets'));
  t.true(counted('lost') > 0);
  t.is(packets.filter((packet) => packet.comments.includes('lost on the link')).length, counted('lost'));
  t.deepEqual(
    interfaces.map(({ name }) => name),
    closed.world.fabric.links.map(({ name }) => name),
  );
  t.is(names.get('10.0.0.1'), 'crs');
  t.regex(comments.join(), /^hall\/\S+, seed 1: simulated/);
  const begins = closed.world.options.screenplay.begins * 1000;
  t.true(packets.every(({ time }) => time >= begins && time <= begins + closed.now));
});

test('a packet that belongs to an event names it', (t) => {
  const { packets } = readPcapng(fileOf(closed));
  const numbers = packets
    .flatMap((packet) => packet.comments)
    .flatMap((text) => /^trace #(\d+)$/.exec(text)?.[1] ?? []);
  const { events } = closed.world.trace;
  t.true(numbers.length > 10);
  t.true(numbers.every((n) => events[Number(n) - 1]?.n === Number(n)));
});

test('TLS keys are in the file only when they are asked for', (t) => {
  const keys = readPcapng(fileOf(open)).keyLog.trim().split('\n');
  t.true(keys.length >= 3);
  t.is(readPcapng(fileOf(closed)).keyLog, '');
  for (const key of keys) {
    const master = key.split(' ')[2] ?? '';
    t.is(master.length, 96);
    for (const secret of [master, Buffer.from(master, 'hex')])
      t.false(Buffer.from(fileOf(closed)).includes(secret));
  }
});

test('one link alone is each packet once, with the addresses that the whole capture gives', (t) => {
  const whole = readPcapng(fileOf(closed));
  const read = readPcapng(fileOf(performed({ secrets: false, link: 'alice-crs' })));
  t.deepEqual(
    read.interfaces.map(({ name }) => name),
    ['alice-crs'],
  );
  t.deepEqual(read.names, whole.names);
  const index = whole.interfaces.findIndex(({ name }) => name === 'alice-crs');
  const frames = whole.packets.filter((packet) => packet.interface === index).map(({ frame }) => frame);
  t.true(frames.length > 0 && frames.length < whole.packets.length);
  t.deepEqual(
    read.packets.map(({ frame }) => frame),
    frames,
  );
  t.regex(read.comments.join(), /: alice-crs alone, simulated/);
});

test('a link that the run does not have is refused, with the one that was meant', (t) => {
  t.throws(() => performed({ secrets: false, link: 'alic-crs' }), {
    code: 'RUN_NO_LINK',
    message: /has no link 'alic-crs'/,
  });
});
