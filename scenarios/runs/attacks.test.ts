import test, { type ExecutionContext } from 'ava';
import { SECOND } from '../../sim/clock.ts';
import type { RuleName } from '../../devices/rules.ts';
import { decodeG711 } from '../../network/rtp/index.ts';
import type { AttackReport } from '../../devices/attacker/index.ts';
import { codeOf } from '../../devices/testbed.fixture.ts';
import type { World } from '../world/index.ts';
import { assets, worldOf, type HallOptions } from '../world/hall.fixture.ts';
import { attackerKind } from '../../devices/attacker/kind.ts';

/** Alice has called Bob and Bob has called Alice. */
function played(options: HallOptions = {}): World {
  const world = worldOf(options);
  for (const [time, by, to] of [
    [30, 'alice', 'bob'],
    [50, 'bob', 'alice'],
  ] as const) {
    world.runUntil(time * SECOND);
    world.type(by, `${by}-phone`, `call ${to} --for 6s`);
  }
  world.runUntil(80 * SECOND);
  return world;
}

/** Makes a probe of a line in a fork. */
function probe(world: World, by: string, line: string): AttackReport {
  const fork = world.fork();
  const reports: AttackReport[] = [];
  fork
    .ofKind(attackerKind)
    .get(by)
    ?.probeNext((report) => reports.push(report));
  fork.type(by, by, line);
  for (let n = 0; reports.length === 0 && n < 4_000_000 && fork.clock.step(); n++);
  const [report] = reports;
  if (report === undefined) throw new Error(`${line} came to no end`);
  return report;
}

function expectOutcome(
  t: ExecutionContext,
  world: World,
  by: string,
  line: string,
  outcome: 'opened' | 'refused',
): AttackReport {
  const report = probe(world, by, line);
  t.is(report.attempt.outcome, outcome, `${line}: ${report.attempt.because}`);
  t.is(report.positive.outcome, 'opened', `${line}: the right key, ${report.positive.because}`);
  t.is(report.negative.outcome, 'refused', `${line}: a wrong key, ${report.negative.because}`);
  return report;
}

test('undeclared ports answer without a firewall, with a rule too many, and not behind the usual rules', (t) => {
  const topology = (rules: string) => `  topology: { firewall: ${rules} }\n`;
  const undeclared = 'scan-ports --undeclared';
  const open = expectOutcome(t, worldOf(), 'thief', undeclared, 'opened');
  t.regex(open.attempt.because, /^44 of 44 ports answer: 21, 22, 23, 25, 53, 80, 110, 111 and 36 more$/);
  const guarded = worldOf({ world: topology('standard') });
  expectOutcome(t, guarded, 'thief', undeclared, 'refused');
  expectOutcome(t, guarded, 'thief', `${undeclared} --ports 5000-5100`, 'refused');
  const loose = worldOf({ world: topology('{ rules: [allow tcp 5061, allow tcp 22] }') });
  const found = expectOutcome(t, loose, 'thief', undeclared, 'opened');
  t.is(found.attempt.because, '1 of 44 ports answers: 22');
  const broken = worldOf({ world: topology('standard'), broken: ['firewall.default-deny'] });
  expectOutcome(t, broken, 'thief', undeclared, 'opened');
  t.is(
    codeOf(() => guarded.type('thief', 'thief', 'scan-ports --ports 1-65536')),
    'CONSOLE_VALUE',
  );
});

test('the usual rules let anybody reach the declared port, and a list of phones does not', (t) => {
  const usual = worldOf({ world: '  topology: { firewall: standard }\n' });
  const reached = expectOutcome(t, usual, 'thief', 'scan-ports', 'opened');
  t.is(reached.attempt.because, '1 of 45 ports answers: 5061');
  const phones = 'alice-phone,bob-phone,carol-phone';
  const rules = `["allow tcp 5061 from ${phones}", "allow udp 49152-65535 from ${phones}"]`;
  const listed = (...broken: readonly RuleName[]) =>
    worldOf({ world: `  topology: { firewall: { rules: ${rules} } }\n`, broken });
  const { attempt } = expectOutcome(t, listed(), 'thief', 'scan-ports', 'refused');
  t.is(attempt.reason, 'firewall');
  expectOutcome(t, listed('firewall.default-deny'), 'thief', 'scan-ports', 'opened');
  const world = listed();
  world.type('alice', 'alice-phone', 'call bob --for 2s');
  world.runUntil(50 * SECOND);
  t.is(
    world.trace.events.filter(({ type }) => type === 'handset.call-secure').length,
    2,
    'whoever is in the list calls as before',
  );
  world.type('thief', 'thief', 'seize alice-phone --leave-it');
  const clone = probe(world, 'thief', 'call-as alice bob').attempt;
  t.deepEqual([clone.outcome, clone.reason], ['refused', 'firewall'], 'a clone is not in the list');
});

test('without anything in hand nothing opens', (t) => {
  const world = played();
  for (const [by, line] of [
    ['thief', 'decrypt alice-to-bob#1'],
    ['insider', 'decrypt alice-to-bob#1 --with crs'],
    ['thief', 'read-signalling alice'],
    ['thief', 'call-as alice bob'],
    ['thief', 'receive-as alice bob'],
    ['thief', 'forge alice bob'],
    ['thief', 'enumerate alice'],
    ['thief', 'impersonate-crs bob-phone bob'],
    ['insider', 'replay alice-to-bob#1'],
    ['insider', 'replay alice-to-bob#1 --malleated'],
    ['insider', 'replay alice-to-bob#1 --after-restart'],
    ['insider', 'substitute content alice bob'],
    ['insider', 'search-relay alice-to-bob#1'],
    ['insider', 'serve-package alice 2015-10'],
  ] as const)
    expectOutcome(t, world, by, line, 'refused');
});

test('with a stolen phone its calls, its identity and its signalling open', (t) => {
  const world = played();
  world.type('thief', 'thief', 'seize alice-phone');
  world.runUntil(82 * SECOND);
  expectOutcome(t, world, 'thief', 'decrypt bob-to-alice#1', 'opened');
  expectOutcome(t, world, 'thief', 'decrypt alice-to-bob#1', 'refused');
  expectOutcome(t, world, 'thief', 'read-signalling alice', 'opened');
  expectOutcome(t, world, 'thief', 'call-as alice bob', 'opened');
  expectOutcome(t, world, 'thief', 'receive-as alice bob', 'opened');
  expectOutcome(t, world, 'thief', 'forge alice bob', 'opened');
  expectOutcome(t, world, 'thief', 'forge alice bob --via carol', 'refused');
  expectOutcome(t, world, 'thief', 'forge alice bob --sent 2015-10-13T08:00:00Z', 'refused');
  expectOutcome(t, world, 'thief', 'impersonate-crs alice-phone alice', 'opened');
  const now = expectOutcome(t, world, 'thief', 'fetch-package alice 2015-10', 'opened');
  t.is(now.attempt.gained?.packages.length, 1);
  expectOutcome(t, world, 'thief', 'fetch-package alice 2015-11', 'refused');
  const unwrapped = expectOutcome(t, world, 'thief', 'unwrap-package alice 2015-10 --given', 'opened');
  t.is(unwrapped.negative.reason, 'wrapped');
});

test('what the CRS can do, and what other choices open', (t) => {
  const world = played();
  expectOutcome(t, world, 'insider', 'substitute identity alice bob', 'opened');
  expectOutcome(t, world, 'insider', 'call-graph', 'opened');
  expectOutcome(t, world, 'insider', 'read-signalling alice --given-psk', 'opened');
  const telling = played({ parameters: { 'unknown-identity': 'alert' } });
  expectOutcome(t, telling, 'thief', 'enumerate alice', 'opened');
  // Nobody taps Carol's link: what the CRS would tell is there, but no identity of hers to ask it with.
  const untapped = expectOutcome(t, telling, 'thief', 'enumerate carol', 'refused');
  t.is(untapped.attempt.reason, 'not-tapped');
  const malleable = played({ parameters: { 'replay-cache': 'whole-message' } });
  expectOutcome(t, malleable, 'insider', 'replay alice-to-bob#1 --malleated', 'opened');
  const keeping = played({ parameters: { 'keep-ssv': true } });
  keeping.type('thief', 'thief', 'seize alice-phone');
  expectOutcome(t, keeping, 'thief', 'decrypt alice-to-bob#1', 'opened');
  const leaking = played({ broken: ['handset.keeps-ssv-to-itself'] });
  t.truthy(probe(leaking, 'insider', 'search-relay alice-to-bob#1'));
});

test('a package that a phone did not ask for is refused by it, and by nothing else', (t) => {
  for (const [broken, outcome] of [
    [[], 'refused'],
    [['handset.own-packages'], 'opened'],
  ] as const) {
    const world = played({ broken });
    world.type('insider', 'insider', 'seize alice-phone --leave-it');
    const { attempt } = expectOutcome(t, world, 'insider', 'serve-package alice 2015-10', outcome);
    t.is(attempt.means.length, outcome === 'opened' ? 4 : 0);
    t.is(attempt.reason, outcome === 'opened' ? null : 'wrong-month');
  }
});

test('a control that needs one more user says so when there is none', (t) => {
  const world = played();
  world.type('thief', 'thief', 'seize alice-phone');
  world.type('crs-admin', 'crs', 'block-user +447700900003');
  for (const [by, line] of [
    ['thief', 'call-as alice bob'],
    ['thief', 'receive-as alice bob'],
    ['insider', 'forge alice bob --via crs'],
  ] as const) {
    const { positive } = probe(world, by, line);
    t.deepEqual(
      [positive.outcome, positive.because],
      [
        'inconclusive',
        'the positive control needs one more user, enrolled and not blocked, beside alice and bob: there is none',
      ],
      line,
    );
  }
  world.type('crs-admin', 'crs', 'block-user +447700900002');
  t.regex(
    probe(world, 'thief', 'fetch-package alice 2015-10').positive.because,
    /beside alice: there is none/,
  );
});

test('an attacker that does not really try is noticed: its attempt fails where it must not', (t) => {
  const world = played({ broken: ['attacker.really-tries'] });
  world.type('thief', 'thief', 'seize alice-phone');
  const report = probe(world, 'thief', 'decrypt bob-to-alice#1');
  t.not([report.attempt, report.positive].map(({ outcome }) => outcome).join(), 'opened,opened');
});

test('recovered audio is what was said, in every packet that was captured, and silence elsewhere', (t) => {
  const world = played({ parameters: { 'network-profile': '3g' } });
  world.type('thief', 'thief', 'seize alice-phone');
  const { attempt } = probe(world, 'thief', 'decrypt bob-to-alice#1');
  t.is(attempt.outcome, 'opened');
  const wav = attempt.artefacts?.find(({ name }) => name.endsWith('caller.wav'))?.octets ?? new Uint8Array(0);
  const samples = new Int16Array(wav.slice(44).buffer);
  const said = decodeG711(assets.speech[1] ?? new Uint8Array(0), 'mu-law');
  const silent = decodeG711(new Uint8Array(160).fill(0xff), 'mu-law')[0];
  let voiced = 0;
  // The first frame that was captured need not be the first that was sent: it is found by what it says.
  const offset = Array.from({ length: 40 }, (_, n) => n * 160).find((from) =>
    samples.subarray(0, 160).every((sample, n) => sample === said[from + n]),
  );
  t.not(offset, undefined);
  for (let frame = 0; frame * 160 < samples.length; frame++) {
    const heard = samples.subarray(frame * 160, frame * 160 + 160);
    const at = (offset ?? 0) + frame * 160;
    if (heard.every((sample, n) => sample === said[(at + n) % said.length])) voiced++;
    else
      t.true(
        heard.every((sample) => sample === 0 || sample === silent),
        `frame ${frame}`,
      );
  }
  t.true(voiced > 100 && voiced * 160 <= samples.length, `${voiced} frames`);
});

test('lines that an attacker cannot type', (t) => {
  const world = played();
  const refusal = (by: string, line: string) => codeOf(() => world.type(by, by, line));
  t.is(refusal('thief', 'decrypt bob-to-carol#1'), 'ATTACK_NO_CALL');
  t.is(refusal('thief', 'enumerate mallory'), 'ATTACK_NO_USER');
  t.is(refusal('thief', 'call-graph'), 'ATTACK_NO_CRS');
  t.is(refusal('thief', 'serve-package alice 2015-10'), 'ATTACK_NO_CRS');
  t.is(refusal('thief', 'forge alice bob --sent yesterday'), 'CONSOLE_VALUE');
  t.is(refusal('thief', 'forge alice bob --via mallory'), 'ATTACK_NO_USER');
  t.is(refusal('thief', 'call-as alice bob'), 'answered');
  world.type('thief', 'thief', 'seize alice-phone');
  world.type('thief', 'thief', 'call-as alice bob');
  t.is(refusal('thief', 'call-as alice bob'), 'ATTACK_BUSY');
  t.true(world.type('thief', 'thief', 'holdings').includes('busy'));
  world.runUntil(300 * SECOND);
  t.true(world.type('thief', 'thief', 'holdings').includes('idle'));
});
