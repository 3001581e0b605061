/** `calldrill director` with real child processes: a run that passes, and the CRS that dies in the middle of a call. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import test from 'ava';
import type { FiledEvent } from '../../scenarios/host/index.ts';
import { parseTrace } from '../../scenarios/host/index.ts';
import { processesWith, stage } from './directed-run.fixture.ts';

const of = (events: readonly FiledEvent[], type: string, on?: string): readonly FiledEvent[] =>
  events.filter((event) => event.type === type && (on === undefined || event.on === on));

test.serial('every device is a process, and their traces are judged as one', async (t) => {
  const { folder, direct, trace } = await stage(t, 1);
  const director = direct();
  t.is(await director.ends(), 0, director.text);
  t.regex(director.text, /^Result {2}pass$/m);
  t.regex(director.text, /^Device {2}alice-phone: p99 [\d.]+ ms, max [\d.]+ ms; clock -?\d+ ms/m);
  const events = await trace();
  const octets = await readFile(join(folder, 'results/directed/main/trace.ndjson'));
  t.true(parseTrace(new Uint8Array(octets), 'trace').complete, 'numbered, timed and caused in order');
  t.is(of(events, 'director.device-joined').length, 0, 'they were there before it began');
  for (const device of ['crs', 'alice-phone', 'bob-phone', 'carol-phone'])
    t.true(
      of(events, 'console.typed', device).length + of(events, 'handset.registered', device).length > 0,
      device,
    );
  const placed = of(events, 'handset.call-placed')[0];
  t.is(events[(placed?.cause ?? 0) - 1]?.type, 'console.typed', 'causes within a device are kept');
  t.is(of(events, 'audit.call-keys')[0]?.data['distinct'], 2);
  const live: unknown = JSON.parse(await readFile(join(folder, 'results/live.json'), 'utf8'));
  t.like(live, { valid: true, devices: { length: 4 } });
  t.deepEqual(await readdir(join(folder, 'kept/exchange')), [], 'codes and discs are put away');
  t.deepEqual(await readdir(join(folder, 'kept')), ['exchange', 'state'], 'and so is the token');
  t.is((await stat(join(folder, 'kept/state/crs.state'))).mode & 0o777, 0o600);
  t.deepEqual(await processesWith(folder.slice(-6)), []);
  const again = direct();
  t.is(await again.ends(), 0, `in the same folder, as its line says: ${again.text}`);
  t.regex(again.text, /^Replay {2}calldrill director \.\/directed\.yaml .*--folder kept /m);
});

test.serial(
  'a CRS that is killed in a call ends the call, and knows users and blocks when it is back',
  async (t) => {
    const { direct, trace } = await stage(t, 170);
    const director = direct();
    await director.inCall();
    // Long enough for both ends to have heard each other.
    await setTimeout(2_000);
    director.type('kill crs');
    await director.says(/crs is gone: its process was ended by SIGKILL/);
    director.type('restart crs');
    // The CRS never said that the call ended; both phones did, and the examiner heard them.
    t.is(await director.ends(), 0, director.text);
    t.regex(director.text, /^Result {2}pass$/m);
    t.is(director.text.match(/crs is gone/g)?.length, 1);
    const events = await trace();
    const lost = of(events, 'director.device-lost')[0];
    t.is(lost?.data['reason'], 'its process was ended by SIGKILL');
    const ended = of(events, 'handset.call-ended');
    t.deepEqual(
      ended.map(({ data }) => data['reason']),
      ['session-lost', 'session-lost'],
    );
    t.like(of(events, 'crs.restored')[0]?.data, { accounts: 1, users: 3, blocked: 1 });
    const after = (event: FiledEvent): boolean => event.t > (lost?.t ?? 0);
    t.true(of(events, 'handset.registered', 'alice-phone').some(after), 'Alice came back by herself');
    t.true(of(events, 'handset.registered', 'bob-phone').some(after));
    t.false(of(events, 'handset.registered', 'carol-phone').some(after), 'and Carol is blocked still');
    t.true(
      of(events, 'crs.handshake-refused').some((event) => after(event) && event.data['reason'] === 'blocked'),
    );
  },
);
