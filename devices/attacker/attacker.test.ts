import test from 'ava';
import { Secret } from '../../sim/secret.ts';
import { codeOf } from '../testbed.fixture.ts';
import { opened, refused, type Arm, type Attack, type Outcome } from './attack.ts';
import type { AttackReport } from './attacker.ts';
import { Hideout } from './hideout.fixture.ts';
import { NOTHING, secretOf, type Holdings } from './holdings.ts';
import { labelsOf } from './outcome.fixture.ts';
import type { AttackAim } from './path.ts';

const AIM: AttackAim = {
  attack: 'unwrap-package',
  route: 'given',
  needs: ['package'],
  asset: 'a thing',
  capability: 'open',
  victim: 'alice',
  call: null,
};

/** An attack that ends when it is told to, and remembers who tried it with what. */
class Told implements Attack {
  readonly tried: (readonly [Arm, Holdings])[] = [];
  #waiting: ((outcome: Outcome) => void) | undefined;

  aim(): AttackAim {
    return AIM;
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    this.tried.push([arm, held]);
    this.#waiting = done;
  }

  end(outcome: Outcome): void {
    const done = this.#waiting;
    this.#waiting = undefined;
    done?.(outcome);
  }
}

const PACKAGE = new Uint8Array([1, 2, 3]);
const KEY = new Secret('PSK', 'somebody', new Uint8Array(32));
const GAINED = opened('so', { means: [KEY] }, { gained: { ...NOTHING, packages: [PACKAGE] } });
const REFUSED = refused('no-psk');

test('a line makes one attempt, and what it gains is held from then on', (t) => {
  const { attacker, bed } = new Hideout();
  const attack = new Told();
  t.is(attacker.begin(attack), 'Trying to open: a thing.');
  t.deepEqual(attack.tried, [['attempt', NOTHING]]);
  t.deepEqual(bed.last('attack.began'), {
    ...AIM,
    arm: 'attempt',
  });
  attack.end(GAINED);
  t.deepEqual(bed.last('attack.ended'), {
    ...AIM,
    arm: 'attempt',
    outcome: 'opened',
    because: 'so',
    reason: null,
    missing: [],
    means: [KEY.label],
    sources: [],
    audioSeconds: 0,
  });
  t.deepEqual(bed.last('custody.used', 'thief'), { secrets: [KEY], from: 'thief', to: 'thief' });
  const [began, ended] = [bed.events('attack.began')[0], bed.events('attack.ended')[0]];
  t.is(ended?.cause, began?.n);
  t.deepEqual([began?.on, ended?.on], ['thief', 'thief']);
  t.deepEqual(attacker.holdings, { ...NOTHING, packages: [PACKAGE] });
  t.deepEqual(bed.last('attack.holds'), { psks: 0, userKeys: [], updateKeys: 0, packages: 1 });
});

test('an attempt that gains nothing leaves the holdings alone', (t) => {
  const { attacker, bed } = new Hideout();
  const attack = new Told();
  attacker.begin(attack);
  attack.end(REFUSED);
  t.is(attacker.holdings, NOTHING);
  t.is(bed.events('attack.holds').length, 0);
});

test('one attack at a time: the next is refused until the last has ended', (t) => {
  const { attacker } = new Hideout();
  const attack = new Told();
  attacker.begin(attack);
  t.true(attacker.screen().includes('busy'));
  t.is(
    codeOf(() => attacker.begin(new Told())),
    'ATTACK_BUSY',
  );
  attack.end(REFUSED);
  t.true(attacker.screen().includes('idle'));
  t.is(
    codeOf(() => attacker.begin(new Told())),
    'answered',
  );
});

test('a probe makes the attempt and both controls, one after the other, and gains nothing', (t) => {
  const { attacker, bed } = new Hideout();
  const attack = new Told();
  const reports: AttackReport[] = [];
  attacker.probeNext((report) => reports.push(report));
  attacker.begin(attack);
  attack.end(GAINED);
  attack.end(opened('the right key', { means: [KEY] }));
  t.is(
    codeOf(() => attacker.begin(new Told())),
    'ATTACK_BUSY',
  );
  t.deepEqual(reports, []);
  attack.end(REFUSED);
  t.deepEqual(
    attack.tried.map(([arm]) => arm),
    ['attempt', 'positive', 'negative'],
  );
  t.deepEqual(reports, [
    {
      aim: AIM,
      attempt: GAINED,
      positive: opened('the right key', { means: [KEY] }),
      negative: REFUSED,
    },
  ]);
  t.is(attacker.holdings, NOTHING);
  t.deepEqual(
    bed.events('attack.ended').map(({ data }) => data.arm),
    ['attempt', 'positive', 'negative'],
  );
  // Only one line is a probe.
  const next = new Told();
  attacker.begin(next);
  next.end(REFUSED);
  t.deepEqual(
    next.tried.map(([arm]) => arm),
    ['attempt'],
  );
});

test('waiting for a line can be given up, once', (t) => {
  const { attacker, console } = new Hideout();
  const giveUp = attacker.probeNext(() => t.fail());
  console.type('holdings', 'thief');
  t.true(giveUp());
  t.false(giveUp());
  const attack = new Told();
  attacker.begin(attack);
  attack.end(REFUSED);
  t.is(attack.tried.length, 1);
  const used = attacker.probeNext(() => undefined);
  attacker.begin(attack);
  t.false(used());
});

test('an attack that answers twice is a fault of its own', (t) => {
  const { attacker } = new Hideout();
  let done: ((outcome: Outcome) => void) | undefined;
  attacker.begin({
    aim: () => AIM,
    try: (_arm, _held, answer) => {
      done = answer;
    },
  });
  done?.(REFUSED);
  t.throws(() => done?.(REFUSED), { message: /unwrap-package answers once/ });
});

test('an attacker whose rule is broken says that it did not try, and tries the controls', (t) => {
  const { attacker } = new Hideout({ broken: ['attacker.really-tries'] });
  const attack = new Told();
  const reports: AttackReport[] = [];
  attacker.probeNext((report) => reports.push(report));
  attacker.begin(attack);
  attack.end(opened('the right key', {}));
  attack.end(REFUSED);
  t.is(reports[0]?.attempt.outcome, 'refused');
  t.regex(reports[0]?.attempt.because ?? '', /it did not even try/);
  t.deepEqual(
    attack.tried.map(([arm]) => arm),
    ['positive', 'negative'],
  );
});

test('a seized phone is taken apart, and its holdings are told without a secret', (t) => {
  const hideout = new Hideout();
  hideout.seize('alice');
  const { attacker, bed } = hideout;
  t.deepEqual(attacker.holdings, hideout.truthOf('alice'));
  t.deepEqual(bed.last('attack.holds'), {
    psks: 1,
    userKeys: ['+447700900001 2015-10'],
    updateKeys: 1,
    packages: 0,
  });
  hideout.seize('bob');
  t.deepEqual(bed.last('attack.holds')?.userKeys, ['+447700900001 2015-10', '+447700900002 2015-10']);
  t.deepEqual(hideout.type('holdings'), [
    'taps: alice-phone-crs, bob-phone-crs',
    'holds 2 PSKs, 2 update keys, 0 packages',
    'holds RSK and SSK of +447700900001 2015-10',
    'holds RSK and SSK of +447700900002 2015-10',
    'idle',
  ]);
});

test('an attempt is made with what is held at that moment', (t) => {
  const hideout = new Hideout();
  hideout.seize('alice');
  const attack = new Told();
  hideout.attacker.begin(attack);
  t.deepEqual(attack.tried, [['attempt', hideout.truthOf('alice')]]);
});

test('each place on the network has a name of its own, and taps are named', (t) => {
  const { attacker } = new Hideout({ taps: [] });
  t.deepEqual([attacker.host(), attacker.host()], ['thief-1', 'thief-2']);
  t.is(attacker.screen()[0], 'taps: none');
  t.deepEqual(attacker.recorder.identities(), []);
});

test('means bear the labels under which custody gave them to the attacker, and what a friend gives is a source', (t) => {
  const hideout = new Hideout({ colludes: 'carol' });
  hideout.seize('alice');
  const { attacker, bed } = hideout;
  const given = bed.events('custody.seized').flatMap(({ data }) => data.secrets);
  const [alice, carol] = [hideout.truthOf('alice'), hideout.truthOf('carol')];
  const secrets = [alice, carol].flatMap(({ psks, updateKeys }) => [
    ...psks.map(secretOf.psk),
    ...updateKeys.map(({ key }) => secretOf.updateKey({ key, number: undefined })),
  ]);
  const attack = new Told();
  const reports: AttackReport[] = [];
  attacker.probeNext((report) => reports.push(report));
  attacker.begin(attack);
  t.deepEqual(attack.tried[0]?.[1].psks, [...alice.psks, ...carol.psks]);
  attack.end(opened('so', { means: secrets, sources: ['crs'] }));
  attack.end(opened('so', {}));
  attack.end(REFUSED);
  const { means = [], sources } = reports[0]?.attempt ?? {};
  t.is(means.length, 2);
  for (const label of labelsOf(means)) t.true(labelsOf(given).includes(label), label);
  t.deepEqual(sources, ['crs', 'carol']);
});

test('what a typed line is given is held from then on, with custody of it, and a probe is given nothing', (t) => {
  for (const [line, owner, from] of [
    ['read-signalling alice --given-psk', 'PSK', null],
    ['unwrap-package alice 2015-10 --given', 'key package', 'crs'],
  ] as const) {
    const hideout = new Hideout();
    const { attacker, bed } = hideout;
    hideout.probe(line);
    t.deepEqual(bed.events('custody.given'), []);
    t.is(attacker.holdings.psks.length + attacker.holdings.packages.length, 0);
    hideout.type(line);
    const [given, ...others] = bed.events('custody.given');
    t.deepEqual(others, []);
    const [secret] = given?.data.secrets ?? [];
    t.is(secret?.kind, owner);
    t.deepEqual([given?.data.from, given?.data.to], [from, 'thief']);
    t.true((given?.n ?? 0) < (bed.events('attack.began').at(-1)?.n ?? 0));
    t.is(attacker.holdings.psks.length + attacker.holdings.packages.length, 1);
    const ended = bed.last('attack.ended');
    if (ended?.outcome === 'opened') t.true(ended.means.includes(secret?.label ?? ''));
    else t.is(ended?.reason, 'wrapped');
  }
});

test('what was erased before it was seized is known to have been there', (t) => {
  const hideout = new Hideout();
  hideout.bed.type(hideout.bed.mdm, 'wipe alice-phone');
  hideout.bed.run(10);
  hideout.seize('alice');
  const attack = new Told();
  hideout.attacker.begin(attack);
  const { erased = [] } = attack.tried[0]?.[1] ?? {};
  for (const key of ['PSK', 'RSK', 'SSK']) t.true(erased.includes(`${key} +447700900001 2015-10`), key);
  const later = new Hideout();
  later.seize('alice');
  later.bed.type(later.bed.mdm, 'wipe alice-phone');
  later.bed.run(10);
  const kept = new Told();
  later.attacker.begin(kept);
  t.deepEqual(kept.tried[0]?.[1].erased, [], 'a wipe erases the phone, not what was extracted');
});
