/** Lines of whoever has a whole CRS: what they do stays, and what a log and its copy say of it. */
import test from 'ava';
import { codeOf, NUMBERS } from '../../testbed.fixture.ts';
import { holdingsOfCrs } from '../crs-image.ts';
import { Hideout } from '../hideout.fixture.ts';
import { pskFor } from '../holdings.ts';

const insider = (parameters: ConstructorParameters<typeof Hideout>[0] = {}): Hideout =>
  new Hideout({ controlsCrs: true, ...parameters });

test('a PSK that is added by hand lets its maker in, is on the disk and in the log, and the phone of the user comes in as before', (t) => {
  const hideout = insider();
  const { bed, attacker } = hideout;
  hideout.type('add-psk bob');
  const { identity, number } = bed.last('attack.psk-added') ?? {};
  t.is(number, NUMBERS.bob);
  t.like(bed.last('crs.unexpected'), { kind: 'PSK added by hand', subject: NUMBERS.bob, detail: identity });
  t.is(pskFor(attacker.holdings, NUMBERS.bob, hideout.period)?.identity, identity);
  const onDisk = holdingsOfCrs(bed.crs.extract()).psks.filter((psk) => psk.number === NUMBERS.bob);
  t.is(onDisk.length, 2);
  t.true(onDisk.some((psk) => psk.identity === identity));
  const report = hideout.probe('register-as bob');
  t.is(report.attempt.outcome, 'opened', report.attempt.because);
  bed.type(bed.bob, 'restart', 'bob');
  bed.run(60);
  t.true(bed.crs.registered.includes(NUMBERS.bob));
  t.is(
    codeOf(() => hideout.type('add-psk nobody')),
    'ATTACK_NO_USER',
  );
  t.is(
    codeOf(() => new Hideout().type('add-psk bob')),
    'ATTACK_NO_CRS',
  );
});

test('calls that are dropped ring nowhere and are in no log; those the other way go on', (t) => {
  const hideout = insider();
  const { bed } = hideout;
  hideout.type('drop-calls alice bob');
  const lines = bed.crs.log.entries.length;
  bed.type(bed.alice, 'call bob', 'alice');
  bed.run(20);
  t.deepEqual(bed.events('handset.ringing'), []);
  t.is(bed.crs.log.entries.length, lines);
  bed.type(bed.alice, 'hang-up', 'alice');
  bed.run(10);
  t.is(bed.alice.line, 'idle');
  t.is(hideout.probe('call alice bob').attempt.reason, 'no-path');
  hideout.call('bob', 'alice');
  t.true(bed.events('handset.call-secure').length > 0);
  t.deepEqual(bed.crs.save().exchange.switchboard.vanishing, [`${NUMBERS.alice} ${NUMBERS.bob}`]);
});

test('a log that was edited shows nothing, and differs from its copy off the machine where there is one', (t) => {
  for (const copy of ['off', 'on'] as const) {
    const hideout = insider({ parameters: { 'log-copy': copy } });
    const { bed } = hideout;
    bed.type(bed.crs, `block-user ${NUMBERS.bob}`, 'crs-admin');
    bed.type(bed.crs, `unblock-user ${NUMBERS.bob}`, 'thief');
    t.is(bed.last('crs.unexpected')?.kind, 'unblocked without new keys');
    bed.type(bed.crs, 'check-log');
    t.is(bed.last('crs.log-checked')?.unexpected, 1);
    t.is(bed.last('crs.log-compared')?.missing, copy === 'on' ? 0 : undefined);
    hideout.type('edit-log bob');
    t.true((bed.last('attack.log-edited')?.lines ?? 0) >= 2);
    const told = bed.type(bed.crs, 'check-log');
    t.is(bed.last('crs.log-checked')?.unexpected, 0);
    t.is(
      told.some((line) => line.includes('in the copy, and not in the log')),
      copy === 'on',
    );
    if (copy === 'on') t.true((bed.last('crs.log-compared')?.missing ?? 0) >= 2);
    // A server that is installed anew begins both anew.
    bed.type(bed.crs, 'reinstall');
    bed.type(bed.crs, 'check-log');
    t.is(bed.last('crs.log-compared')?.missing, copy === 'on' ? 0 : undefined);
  }
});

test('who is let in again with new keys is no mark in the log', (t) => {
  const { bed } = insider();
  bed.type(bed.crs, `block-user ${NUMBERS.bob}`, 'crs-admin');
  const [credential] = bed.crs.accounts.credentials.filter(({ number }) => number === NUMBERS.bob);
  if (credential === undefined) return t.fail();
  const { accounts } = bed.crs;
  accounts.load('hq', bed.crs.accounts.save().accounts[0]?.kms ?? '', credential.period, [
    { number: NUMBERS.bob, psk: { ...credential, identity: 'another' }, package: Uint8Array.of(1) },
  ]);
  bed.type(bed.crs, `unblock-user ${NUMBERS.bob}`, 'crs-admin');
  t.is(bed.last('crs.unexpected'), undefined);
});
