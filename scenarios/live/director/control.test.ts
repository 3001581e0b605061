/** The control channel without processes: its messages, its lines, and who is let in. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import * as fc from 'fast-check';
import { fuzz } from '../../../sim/fuzz.ts';
import { fromAscii } from '../../../sim/octets.ts';
import { TOOL } from '../../runs/tool.ts';
import { ControlServer, type DeviceTold } from './control-server.ts';
import { FROM_DEVICE_SAMPLES, fuzzTargets, TO_DEVICE_SAMPLES } from './control.fuzz.ts';
import { LineReader } from './line-reader.ts';
import { lineOf, parseFromDevice, parseToDevice, type FromDevice } from './message.ts';
import { encodePicture, parsePicture } from './picture-file.ts';
import { proofOf } from './proof.ts';

for (const target of fuzzTargets) {
  test(`fuzz: a mutated input of '${target.name}' is read or refused`, (t) => {
    const outcome = fuzz(target, 3000);
    t.deepEqual(outcome.defects, []);
    t.true(outcome.refused > 500, `${outcome.refused} refused`);
    for (const sample of target.samples) t.notThrows(() => target.parse(sample));
  });
}

test('a message is read as it was written', (t) => {
  for (const message of TO_DEVICE_SAMPLES) t.deepEqual(parseToDevice(lineOf(message)), message);
  for (const message of FROM_DEVICE_SAMPLES) t.deepEqual(parseFromDevice(lineOf(message)), message);
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 20 })), fc.nat(), (lines, id) => {
      const message = { type: 'answer', id, lines } as const;
      t.deepEqual(parseFromDevice(lineOf(message)), message);
    }),
    { numRuns: 50 },
  );
});

test('what is no message is refused, with the place where its JSON breaks', (t) => {
  const refused = (line: string, message: RegExp): void =>
    void t.throws(() => parseToDevice(line), { code: 'CONTROL_LINE', message });
  refused('{"type":"start","time":1', /not JSON/);
  refused('[]', /^the line is not an object$/);
  refused('{"type":"dance"}', /^type is not one of challenge, setup, /);
  refused('{"type":"toString"}', /^type is not one of /);
  refused('{"type":"start"}', /^the line has no "time"$/);
  refused('{"type":"start","time":-1}', /^time is not a whole number of at least 0$/);
  refused('{"type":"start","time":1,"more":1}', /^the line has a field "more" that is not known$/);
  refused('{"type":"hello"}', /^type is not one of /);
  const [, setup] = TO_DEVICE_SAMPLES.map(lineOf);
  refused(String(setup).replace('"voice":1', '"voice":"x"'), /^handset\.voice is not a whole number/);
  t.throws(() => parseToDevice(`"${'x'.repeat(3 * 1024 * 1024)}"`), { code: 'CONTROL_SIZE' });
});

test('lines are cut wherever the octets are, and one that is too long is not waited for', (t) => {
  const octets = new Uint8Array(Buffer.from('eins\nzwölf\nrest'));
  for (let at = 0; at <= octets.length; at++) {
    const reader = new LineReader(10);
    t.deepEqual(
      [...reader.push(octets.subarray(0, at)), ...reader.push(octets.subarray(at))],
      ['eins', 'zwölf'],
    );
  }
  t.throws(() => new LineReader(10).push(fromAscii('12345678901')), { code: 'CONTROL_SIZE' });
  t.throws(() => new LineReader(10).push(Uint8Array.of(0xff)), { code: 'CONTROL_LINE' });
});

test('a picture is a file that any viewer opens, and nothing else is a picture', (t) => {
  const picture = { width: 3, height: 2, pixels: Uint8Array.of(0, 255, 0, 255, 0, 255) };
  const octets = encodePicture(picture);
  t.deepEqual(parsePicture(octets), picture);
  t.throws(() => parsePicture(octets.subarray(0, -1)), { code: 'CONTROL_PICTURE' });
  t.throws(() => parsePicture(fromAscii('P5\n9999 9999\n255\n')), {
    code: 'CONTROL_PICTURE',
    message: /too many/,
  });
  t.throws(() => parsePicture(fromAscii('P6\n1 1\n255\nabc')), { code: 'CONTROL_PICTURE' });
});

const TOKEN = 'secret';

async function opened(t: ExecutionContext, beatMs = 60_000) {
  const told: DeviceTold[] = [];
  const server = new ControlServer({
    bind: '127.0.0.1',
    port: 0,
    token: TOKEN,
    awaited: new Map([
      ['crs', 'crs'],
      ['bob-phone', 'handset'],
    ]),
    own: '127.0.0.9',
    beatMs,
    tell: (each) => told.push(each),
  });
  t.teardown(() => server.close());
  const until = async (kind: DeviceTold['kind']): Promise<DeviceTold> => {
    for (;;) {
      const found = told.find((each) => each.kind === kind);
      if (found !== undefined) return found;
      await setTimeout(5);
    }
  };
  const listening = await until('listening');
  const port = listening.kind === 'listening' ? listening.port : 0;
  const visit = async (): Promise<{ socket: Socket; nonce: string; heard: () => string }> => {
    const socket = connect(port, '127.0.0.1');
    t.teardown(() => socket.destroy());
    let heard = '';
    socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
    await once(socket, 'data');
    const challenge = parseToDevice(heard.trim());
    return { socket, nonce: challenge.type === 'challenge' ? challenge.nonce : '', heard: () => heard };
  };
  return { told, until, visit, server };
}

const hello = (proof: string, name = 'crs', more: Partial<Extract<FromDevice, { type: 'hello' }>> = {}) =>
  lineOf({
    type: 'hello',
    version: 1,
    tool: TOOL,
    name,
    kind: 'crs',
    nonce: '00'.repeat(32),
    proof,
    address: '127.0.0.1',
    ...more,
  });

test('who knows the token is let in once, and is told of when it goes', async (t) => {
  const { visit, until, server } = await opened(t);
  const { socket, nonce, heard } = await visit();
  socket.write(hello(proofOf(TOKEN, 'device', nonce, 'crs')));
  const joined = await until('joined');
  t.like(joined, { device: 'crs', proof: proofOf(TOKEN, 'director', '00'.repeat(32), 'crs') });
  const second = await visit();
  second.socket.write(hello(proofOf(TOKEN, 'device', second.nonce, 'crs')));
  await once(second.socket, 'close');
  t.regex(second.heard(), /CONTROL_NOT_AWAITED/);
  server.send('crs', { type: 'start', time: 1 });
  socket.write(lineOf({ type: 'ready' }));
  t.like(await until('said'), { device: 'crs', message: { type: 'ready' } });
  t.regex(heard(), /"type":"start"/);
  socket.write('nonsense\n');
  t.like(await until('lost'), { device: 'crs', reason: 'CONTROL_LINE: the line is not JSON' });
});

test('who says nothing for some beats is taken for gone, and who answers them is not', async (t) => {
  const { told, until, visit } = await opened(t, 20);
  const { socket, nonce } = await visit();
  socket.write(hello(proofOf(TOKEN, 'device', nonce, 'crs')));
  await until('joined');
  for (let beats = 0; beats < 12; beats++) {
    await once(socket, 'data');
    socket.write(lineOf({ type: 'beat' }));
  }
  t.deepEqual(
    told.map(({ kind }) => kind),
    ['listening', 'joined'],
    'no beat is told to the director',
  );
  t.like(await until('lost'), { reason: 'nothing is heard of it any more' });
});

test('who does not know the token, or is not awaited, is told why and cut off', async (t) => {
  const { visit, told } = await opened(t);
  const wrong = await visit();
  wrong.socket.write(hello(proofOf('guessed', 'device', wrong.nonce, 'crs')));
  await once(wrong.socket, 'close');
  t.regex(wrong.heard(), /CONTROL_TOKEN/);
  const stranger = await visit();
  stranger.socket.write(hello(proofOf(TOKEN, 'device', stranger.nonce, 'mallory'), 'mallory'));
  await once(stranger.socket, 'close');
  t.regex(stranger.heard(), /CONTROL_NOT_AWAITED/);
  const loud = await visit();
  loud.socket.write('x'.repeat(5_000));
  await once(loud.socket, 'close');
  t.regex(loud.heard(), /CONTROL_SIZE/);
  t.deepEqual(
    told.map(({ kind }) => kind),
    ['listening'],
  );
});

test('who holds on without the token has to go for whoever comes: a device gets in while forty sockets hold on', async (t) => {
  const { visit, until } = await opened(t);
  const held: Socket[] = [];
  for (let n = 0; n < 40; n++) {
    const { socket } = await visit();
    held.push(socket);
  }
  const { socket, nonce } = await visit();
  socket.write(hello(proofOf(TOKEN, 'device', nonce, 'crs')));
  t.like(await until('joined'), { device: 'crs' });
  while (!held.slice(0, 9).every(({ destroyed }) => destroyed)) await setTimeout(5);
  t.deepEqual(
    held.map(({ destroyed }) => destroyed),
    held.map((_, n) => n < 9),
    'the oldest go',
  );
});

test('who is another version of calldrill, or has an address of somebody else, is told why and cut off', async (t) => {
  const { visit, until, told } = await opened(t);
  const refused = async (name: string, more: Partial<Extract<FromDevice, { type: 'hello' }>>) => {
    const { socket, nonce, heard } = await visit();
    socket.write(hello(proofOf(TOKEN, 'device', nonce, name), name, more));
    await once(socket, 'close');
    return /CONTROL_[A-Z]+/.exec(heard())?.[0];
  };
  t.is(await refused('crs', { tool: 'calldrill 0.0.9' }), 'CONTROL_VERSION');
  t.is(await refused('crs', { address: '127.0.0.9' }), 'CONTROL_ADDRESS', "the director's own");
  const crs = await visit();
  crs.socket.write(hello(proofOf(TOKEN, 'device', crs.nonce, 'crs')));
  await until('joined');
  t.is(await refused('bob-phone', { kind: 'handset' }), 'CONTROL_ADDRESS', 'of the CRS');
  crs.socket.destroy();
  await until('lost');
  t.is(await refused('bob-phone', { kind: 'handset' }), 'CONTROL_ADDRESS', 'the CRS may come back');
  const back = await visit();
  back.socket.write(hello(proofOf(TOKEN, 'device', back.nonce, 'crs'), 'crs', { address: '127.0.0.2' }));
  while (told.filter(({ kind }) => kind === 'joined').length < 2) await setTimeout(5);
  const phone = await visit();
  phone.socket.write(
    hello(proofOf(TOKEN, 'device', phone.nonce, 'bob-phone'), 'bob-phone', { kind: 'handset' }),
  );
  while (told.filter(({ kind }) => kind === 'joined').length < 3) await setTimeout(5);
  t.like(told.at(-1), { device: 'bob-phone', address: '127.0.0.1' }, "it is nobody's now");
});
