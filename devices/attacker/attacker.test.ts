import test from 'ava';
import { codeOf } from '../testbed.fixture.ts';
import { opened, refused, type Arm, type Attack, type Outcome } from './attack.ts';
import type { AttackReport } from './attacker.ts';
import { Hideout } from './hideout.fixture.ts';
import { NOTHING, type Holdings } from './holdings.ts';

/** An attack that ends when it is told to, and remembers who tried it with what. */
class Told implements Attack {
  readonly asset = 'a thing';
  readonly capability = 'open';
  readonly tried: (readonly [Arm, Holdings])[] = [];
  #waiting: ((outcome: Outcome) => void) | undefined;

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
const GAINED = opened('so', ['a key'], { gained: { ...NOTHING, packages: [PACKAGE] } });

test('a line makes one attempt, and what it gains is held from then on', (t) => {
  const { attacker, bed } = new Hideout();
  const attack = new Told();
  t.is(attacker.begin('open', attack), 'Trying to open: a thing.');
  t.deepEqual(attack.tried, [['attempt', NOTHING]]);
  t.deepEqual(bed.last('attack.began'), {
    attack: 'open',
    asset: 'a thing',
    capability: 'open',
    arm: 'attempt',
  });
  attack.end(GAINED);
  t.deepEqual(bed.last('attack.ended'), {
    attack: 'open',
    asset: 'a thing',
    capability: 'open',
    arm: 'attempt',
    outcome: 'opened',
    because: 'so',
    means: ['a key'],
  });
  const [began, ended] = [bed.events('attack.began')[0], bed.events('attack.ended')[0]];
  t.is(ended?.cause, began?.n);
  t.deepEqual([began?.on, ended?.on], ['thief', 'thief']);
  t.deepEqual(attacker.holdings, { ...NOTHING, packages: [PACKAGE] });
  t.deepEqual(bed.last('attack.holds'), { psks: 0, userKeys: [], updateKeys: 0, packages: 1 });
});

test('an attempt that gains nothing leaves the holdings alone', (t) => {
  const { attacker, bed } = new Hideout();
  const attack = new Told();
  attacker.begin('open', attack);
  attack.end(refused('no'));
  t.is(attacker.holdings, NOTHING);
  t.is(bed.events('attack.holds').length, 0);
});

test('one attack at a time: the next is refused until the last has ended', (t) => {
  const { attacker } = new Hideout();
  const attack = new Told();
  attacker.begin('open', attack);
  t.true(attacker.screen().includes('busy'));
  t.is(
    codeOf(() => attacker.begin('open', new Told())),
    'ATTACK_BUSY',
  );
  attack.end(refused('no'));
  t.true(attacker.screen().includes('idle'));
  t.is(
    codeOf(() => attacker.begin('open', new Told())),
    'answered',
  );
});

test('a probe makes the attempt and both controls, one after the other, and gains nothing', (t) => {
  const { attacker, bed } = new Hideout();
  const attack = new Told();
  const reports: AttackReport[] = [];
  attacker.probeNext((report) => reports.push(report));
  attacker.begin('open', attack);
  attack.end(GAINED);
  attack.end(opened('the right key', ['another key']));
  t.is(
    codeOf(() => attacker.begin('open', new Told())),
    'ATTACK_BUSY',
  );
  t.deepEqual(reports, []);
  attack.end(refused('a wrong key'));
  t.deepEqual(
    attack.tried.map(([arm]) => arm),
    ['attempt', 'positive', 'negative'],
  );
  t.deepEqual(reports, [
    {
      asset: 'a thing',
      capability: 'open',
      attempt: GAINED,
      positive: opened('the right key', ['another key']),
      negative: refused('a wrong key'),
    },
  ]);
  t.is(attacker.holdings, NOTHING);
  t.deepEqual(
    bed.events('attack.ended').map(({ data }) => data.arm),
    ['attempt', 'positive', 'negative'],
  );
  // Only one line is a probe.
  const next = new Told();
  attacker.begin('open', next);
  next.end(refused('no'));
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
  attacker.begin('open', attack);
  attack.end(refused('no'));
  t.is(attack.tried.length, 1);
  const used = attacker.probeNext(() => undefined);
  attacker.begin('open', attack);
  t.false(used());
});

test('an attack that answers twice is a fault of its own', (t) => {
  const { attacker } = new Hideout();
  let done: ((outcome: Outcome) => void) | undefined;
  attacker.begin('open', {
    asset: 'a thing',
    capability: 'open',
    try: (_arm, _held, answer) => {
      done = answer;
    },
  });
  done?.(refused('no'));
  t.throws(() => done?.(refused('no')), { message: /open answers once/ });
});

test('an attacker whose rule is broken says that it did not try, and tries the controls', (t) => {
  const { attacker } = new Hideout({ broken: ['attacker.really-tries'] });
  const attack = new Told();
  const reports: AttackReport[] = [];
  attacker.probeNext((report) => reports.push(report));
  attacker.begin('open', attack);
  attack.end(opened('the right key', []));
  attack.end(refused('a wrong key'));
  t.deepEqual(reports[0]?.attempt, refused('it did not even try'));
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
  hideout.attacker.begin('open', attack);
  t.deepEqual(attack.tried, [['attempt', hideout.truthOf('alice')]]);
});

test('each place on the network has a name of its own, and taps are named', (t) => {
  const { attacker } = new Hideout({ taps: [] });
  t.deepEqual([attacker.host(), attacker.host()], ['thief-1', 'thief-2']);
  t.is(attacker.screen()[0], 'taps: none');
  t.deepEqual(attacker.recorder.identities(), []);
});
