/** The firewall as a device: the first rule that speaks decides, what is dropped is told in bounded lines, and its console. */
import test from 'ava';
import { VirtualClock } from '../../sim/clock.ts';
import { SeededRandom } from '../../sim/random.ts';
import { Trace } from '../../sim/trace.ts';
import type { Packet } from '../../network/packet.ts';
import { deploymentOf } from '../deployment.ts';
import { Rules, type RuleName } from '../rules.ts';
import { codeOf } from '../testbed.fixture.ts';
import { firewallConsole } from './console.ts';
import { DROP_LINES_MAX } from './drop-log.ts';
import { Firewall, type FirewallOptions } from './firewall.ts';

function firewallOf(options: Partial<FirewallOptions> = {}, broken: readonly RuleName[] = []) {
  const clock = new VirtualClock();
  const trace = new Trace(clock);
  const ports = {
    clock,
    trace,
    random: new SeededRandom('1'),
    deployment: deploymentOf(),
    rules: new Rules(broken),
    keys: new SeededRandom('keys'),
    begins: 0,
  };
  const firewall = new Firewall(ports, { name: 'firewall', protects: 'crs', ...options });
  const console = firewallConsole(firewall, trace);
  return { firewall, trace, type: (line: string) => console.type(line, 'crs-admin') };
}

const toward = (port: number, protocol: 'tcp' | 'udp' = 'tcp', from = 'alice-phone'): Packet => ({
  protocol,
  from: { host: from, port: 50_000 },
  to: { host: 'crs', port },
  octets: new Uint8Array(0),
});

test('as it comes it passes the TLS port and the ports of the relay, and nothing else', (t) => {
  const { firewall } = firewallOf();
  const passing = (protocol: 'tcp' | 'udp') =>
    [22, 5060, 5061, 5062, 49_151, 49_152, 65_535].filter((port) => firewall.passes(toward(port, protocol)));
  t.deepEqual(passing('tcp'), [5061]);
  t.deepEqual(passing('udp'), [49_152, 65_535]);
});

test('the first rule that speaks about a packet decides, then the policy', (t) => {
  const { firewall, type } = firewallOf({ rules: ['deny tcp 22 from thief', 'allow tcp 22', 'deny tcp 22'] });
  t.false(firewall.passes(toward(22, 'tcp', 'thief')));
  t.true(firewall.passes(toward(22)));
  t.false(firewall.passes(toward(23)));
  type('default allow');
  t.true(firewall.passes(toward(23)));
  t.false(firewall.passes(toward(22, 'tcp', 'thief')));
});

test('what comes from the server passes, and nothing from one host outside to another', (t) => {
  const { firewall } = firewallOf({ rules: [], policy: 'allow' });
  const toAlice = { ...toward(50_000), to: { host: 'alice-phone', port: 50_000 } };
  t.true(firewall.passes({ ...toAlice, from: { host: 'crs', port: 5061 } }));
  t.false(firewall.passes({ ...toAlice, from: { host: 'bob-phone', port: 50_000 } }));
  t.deepEqual(
    firewall.dropped.map(({ source, port }) => [source, port]),
    [['bob-phone', 50_000]],
  );
});

test('a firewall without the rule of the default drops nothing by it', (t) => {
  const { firewall } = firewallOf({ rules: ['deny tcp 22'] }, ['firewall.default-deny']);
  t.true(firewall.passes(toward(23)));
  t.false(firewall.passes(toward(22)));
});

test('rules are added behind, shown with numbers, and removed by number; each change is in the trace', (t) => {
  const { trace, type } = firewallOf({ rules: ['allow tcp 5061'] });
  t.deepEqual(type('allow udp 16384-32767 from vpn'), ['Rule 2: allow udp 16384-32767 from vpn.']);
  type('deny any');
  t.deepEqual(type('show').slice(1, 5), [
    '1. allow tcp 5061',
    '2. allow udp 16384-32767 from vpn',
    '3. deny any',
    'otherwise: deny',
  ]);
  t.deepEqual(type('remove 1'), ['Removed: allow tcp 5061.']);
  t.is(
    codeOf(() => type('remove 3')),
    'FIREWALL_NO_RULE',
  );
  t.is(
    codeOf(() => type('allow everything')),
    'FIREWALL_RULE',
  );
  const last = trace.events.findLast(({ type: each }) => each === 'firewall.rules-set');
  t.deepEqual(last?.data, {
    rules: ['allow udp 16384-32767 from vpn', 'deny any'],
    count: 2,
    policy: 'deny',
    by: 'crs-admin',
  });
});

test('there is an end to rules', (t) => {
  const { type } = firewallOf({ rules: Array.from({ length: 255 }, (_, i) => `allow tcp ${i + 1}`) });
  type('deny tcp 500');
  t.is(
    codeOf(() => type('deny tcp 501')),
    'FIREWALL_FULL',
  );
});

test('what is dropped is one line for each source and port, with a count', (t) => {
  const { firewall, trace, type } = firewallOf();
  for (let i = 0; i < 5; i++) firewall.passes(toward(22, 'tcp', 'thief'));
  firewall.passes(toward(22, 'udp', 'thief'));
  t.deepEqual(type('log'), [
    '2 lines',
    'dropped tcp 22 from thief (5 times)',
    'dropped udp 22 from thief (1 times)',
  ]);
  t.is(trace.events.filter(({ type: each }) => each === 'firewall.dropped').length, 2);
});

test('a scan of more ports than the log has lines makes room and says so, and ends telling the trace', (t) => {
  const { firewall, trace, type } = firewallOf();
  for (let port = 1; port <= DROP_LINES_MAX + 50; port++) firewall.passes(toward(port + 6000));
  t.is(firewall.dropped.length, DROP_LINES_MAX);
  t.is(type('log')[0], `${DROP_LINES_MAX} lines, 50 made room`);
  t.is(trace.events.filter(({ type: each }) => each === 'firewall.dropped').length, DROP_LINES_MAX);
});

test('stopped it lets nothing through either way, and started it filters as before', (t) => {
  const { firewall, type, trace } = firewallOf();
  t.deepEqual(type('start'), ['It filters already.']);
  type('stop');
  t.deepEqual(type('stop'), ['It is stopped already.']);
  t.false(firewall.passes(toward(5061)));
  t.false(firewall.passes({ ...toward(1), to: { host: 'alice-phone', port: 1 } }));
  t.is(firewall.screen()[0], 'stopped, in front of crs');
  type('start');
  t.true(firewall.passes(toward(5061)));
  t.deepEqual(
    trace.events.flatMap(({ type: each }) => (/stopped|started/.test(each) ? each : [])),
    ['firewall.stopped', 'firewall.started'],
  );
});
