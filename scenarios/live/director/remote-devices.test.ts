/** Devices as their director has them, with a line on which the test says what comes. */
import test from 'ava';
import { Trace } from '../../../sim/trace.ts';
import type { DeviceTold } from './control-server.ts';
import type { FromDevice, ToDevice } from './message.ts';
import { RemoteConsole } from './remote-console.ts';
import { RemoteDevices } from './remote-devices.ts';
import { eventFieldsOf, SHIPPED_KINDS } from '../../world/index.ts';

/** `onWait` is what happens while the director waits for an answer. */
function remotes(onWait: (tell: (message: FromDevice) => void, die: () => void) => void = () => undefined) {
  const sent: ToDevice[] = [];
  const trace = new Trace({ now: () => 0 });
  const tell = (device: string, message: FromDevice): void =>
    devices.take({ kind: 'said', device, message } satisfies DeviceTold);
  const devices: RemoteDevices = new RemoteDevices({
    kinds: new Map([
      ['crs', 'crs'],
      ['bob-phone', 'handset'],
    ]),
    eventFields: eventFieldsOf(SHIPPED_KINDS),
    line: {
      send: (_device, message) => sent.push(message),
      waitFor: (done) => {
        onWait(
          (message) => tell('crs', message),
          () => devices.take({ kind: 'lost', device: 'crs', reason: 'killed' }),
        );
        return done();
      },
    },
    now: () => 0,
    elapsed: () => 0,
    onJoined: () => undefined,
    onReady: () => undefined,
    onLost: () => undefined,
    onTapped: () => undefined,
  });
  devices.recordIn(trace);
  const come = (device: string): void => {
    devices.take({ kind: 'joined', device, address: '127.0.0.2', proof: '' });
    tell(device, { type: 'ready' });
  };
  const state = (device: string, round: number): void =>
    tell(device, { type: 'state', round, quiet: true, next: null, time: 0 });
  const rounds = (): readonly number[] => sent.flatMap((each) => (each.type === 'quiet' ? [each.round] : []));
  return { devices, trace, come, tell, state, rounds };
}

const typedOf = (n: number): FromDevice => ({
  type: 'event',
  event: { n, t: 0, type: 'console.typed', on: 'crs', cause: 0, data: { by: 'crs-admin', line: 'users' } },
  secrets: new Map(),
});

test('who is slow to say whether anything is under way is not asked again meanwhile', (t) => {
  const { devices, come, state, rounds } = remotes();
  come('crs');
  come('bob-phone');
  devices.askQuiet();
  state('crs', 1);
  devices.askQuiet();
  t.deepEqual(rounds(), [1, 1], 'each was asked once');
  state('bob-phone', 1);
  t.true(devices.quiet);
  devices.askQuiet();
  state('crs', 2);
  devices.take({ kind: 'lost', device: 'bob-phone', reason: 'cut' });
  devices.askQuiet();
  t.deepEqual(rounds(), [1, 1, 2, 2, 3], 'one that is gone is not waited for');
  come('bob-phone');
  state('crs', 3);
  devices.askQuiet();
  t.deepEqual(rounds().slice(-2), [4, 4], 'nor is one that was not asked');
});

test('events of one moment stay in the order of their device, whatever is told first, over its processes', (t) => {
  const { devices, trace, come, tell } = remotes();
  const noted = (n: number, text: string): FromDevice => ({
    type: 'event',
    event: { n, t: 0, type: 'person.noted', on: 'crs', cause: 0, data: { by: 'crs', text } },
    secrets: new Map(),
  });
  come('crs');
  for (const [n, text] of [
    [1, 'first'],
    [3, 'third'],
    [2, 'second'],
  ] as const)
    tell('crs', noted(n, text));
  devices.take({ kind: 'lost', device: 'crs', reason: 'killed' });
  come('crs');
  tell('crs', noted(1, 'after'));
  t.deepEqual(
    devices
      .merged(trace)
      .events.flatMap(({ type, data }) => (type === 'person.noted' && 'text' in data ? [data.text] : [])),
    ['first', 'second', 'third', 'after'],
  );
});

test('a line whose device dies before its answer is typed once, and refused', (t) => {
  for (const toldBefore of [true, false]) {
    const { devices, trace, come } = remotes((tell, die) => {
      if (toldBefore) tell(typedOf(1));
      die();
    });
    come('crs');
    const console = new RemoteConsole('crs', devices, trace);
    t.throws(() => console.type('users', 'crs-admin'), { code: 'CONTROL_DEVICE_LOST' });
    const told = trace.events.filter(({ type }) => type.startsWith('console.'));
    t.deepEqual(
      told.map(({ type }) => type),
      ['console.typed', 'console.refused'],
    );
    t.is(told[1]?.cause, told[0]?.n);
  }
});
