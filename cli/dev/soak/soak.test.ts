/** What a soak counts and says, on a simulated network. The soak itself takes real time: it is among the interoperation tests. */
import test from 'ava';
import { MILLISECOND, SECOND, VirtualClock } from '../../../sim/clock.ts';
import { SeededRandom } from '../../../sim/random.ts';
import { Trace } from '../../../sim/trace.ts';
import { PROFILES, SimulatedFabric } from '../../../network/simulated/index.ts';
import { EXIT } from '../../exit-code.ts';
import { FlowCounts } from './flows.ts';
import { peerAmong } from './live-crowd.ts';
import { exitOfSoak, soakJson, soakTable } from './soak-report.ts';
import type { Soak } from './soak-run.ts';

/** Phone 1 sends `packets` to phone 2 through the server, ten of them before and ten after the window. */
function counted(packets: number, loses?: () => boolean): FlowCounts {
  const clock = new VirtualClock();
  const fabric = new SimulatedFabric({ clock, random: new SeededRandom('soak'), trace: new Trace(clock) });
  const counts = new FlowCounts(peerAmong(1));
  const attach = (name: string) => counts.watch(fabric.attach(name), name === 'crs' ? loses : undefined);
  const [crs, near, far] = ['crs', 'phone-1', 'phone-2'].map(attach);
  if (crs === undefined || near === undefined || far === undefined) throw new Error('three hosts');
  // Delays of a real network, and no loss: what is missing was planted.
  const { delayMs = 0, jitterMs = 0 } = PROFILES['home-wifi'].parameters;
  for (const phone of ['phone-1', 'phone-2']) fabric.link(phone, phone, 'crs', { delayMs, jitterMs });
  const sink = far.openDatagram(0, () => undefined);
  const relay = crs.openDatagram(0, (_from, octets) => relay.send(sink.local, octets));
  const source = near.openDatagram(0, () => undefined);
  const random = new SeededRandom('packets').stream('octets');
  for (let packet = 0; packet < packets + 20; packet++) {
    if (packet === 10) counts.begin();
    if (packet === packets + 10) counts.end();
    source.send(relay.local, random.octets(182));
    clock.runUntil(clock.now() + MILLISECOND);
  }
  clock.runUntil(clock.now() + SECOND);
  return counts;
}

const SOAK: Soak = {
  handsets: 2,
  calls: 1,
  seconds: 10,
  flows: ['phone-1', 'phone-2'].map((from) => ({
    from,
    to: 'other',
    sent: 500,
    relayIn: 500,
    relayOut: 500,
    received: 500,
  })),
  lag: { events: 1000, p50: 700, p99: 19_000, max: 30_000 },
  bound: 20_000,
  valid: true,
  lost: 0,
  load: 0.1,
};

test('packets that set out within the window are followed to the other phone, and no others are', (t) => {
  const counts = counted(300);
  t.deepEqual(counts.flows, [
    { from: 'phone-1', to: 'phone-2', sent: 300, relayIn: 300, relayOut: 300, received: 300 },
  ]);
  t.is(counts.missing, 0);
});

test('planted: one packet that does not arrive is missing, though later ones make up the number', (t) => {
  let arrived = 0;
  const counts = counted(300, () => ++arrived === 100);
  t.is(counts.missing, 1);
  t.like(counts.flows[0], { sent: 300, relayIn: 299, received: 299 });
});

test('a run passes when it is valid and lost nothing', (t) => {
  t.is(exitOfSoak(SOAK), EXIT.pass);
  t.is(exitOfSoak({ ...SOAK, lost: 1 }), EXIT.fail);
  t.is(exitOfSoak({ ...SOAK, flows: SOAK.flows.slice(1) }), EXIT.fail, 'a flow of which nothing was seen');
  t.is(exitOfSoak({ ...SOAK, valid: false, lost: 1 }), EXIT.inconclusive);
});

test('the table has every flow and the verdict, and the JSON the same', (t) => {
  const table = soakTable({ ...SOAK, lost: 3 });
  t.is(table.filter((line) => line.startsWith('phone-')).length, 2);
  t.is(table.at(-1), 'FAIL: 3 packets did not arrive.');
  t.is(soakTable(SOAK).at(-1), 'PASS: every packet arrived.');
  t.regex(soakTable({ ...SOAK, valid: false }).at(-1) ?? '', /^NOT VALID: .* above 20 ms/);
  t.like(JSON.parse(soakJson(SOAK)), { exitCode: 0, valid: true, lost: 0, lagMs: { p99: 19, bound: 20 } });
});
