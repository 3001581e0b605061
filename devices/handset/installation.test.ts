import test from 'ava';
import { readFlashImage, residueIn } from '../hardware/index.ts';
import { codeOf, NUMBERS, Testbed } from '../testbed.fixture.ts';

test('the app is not installed on a platform that is not approved', (t) => {
  const bed = new Testbed({ phones: { alice: { platform: 'ios', version: '5.1' } } });
  t.is(bed.alice.service, 'notInstalled');
  t.is(bed.events('handset.install-refused').length, 1);
  t.is(
    codeOf(() => bed.enrolFails(bed.alice)),
    'HANDSET_NOT_INSTALLED',
  );
});

test('the oldest versions of the list are on it, and a gate that leaves them out is found by that', (t) => {
  const phones = {
    alice: { platform: 'android', version: '4.0' },
    bob: { platform: 'ios', version: '6.0' },
  } as const;
  for (const [broken, service] of [
    [[], 'notEnrolled'],
    [['handset.takes-listed-versions'], 'notInstalled'],
  ] as const) {
    const { alice, bob, carol } = new Testbed({ phones, broken });
    t.deepEqual([alice.service, bob.service, carol.service], [service, service, 'notEnrolled']);
  }
});

test('the install gate looks at the platform and at other VoIP applications', (t) => {
  const bed = new Testbed({
    phones: { alice: { otherVoip: 'chatter' }, bob: { platform: 'ios', version: '5.1' } },
  });
  t.is(bed.alice.service, 'notInstalled');
  t.is(bed.refusal(bed.alice, 'install'), 'HANDSET_INSTALL_REFUSED');
  t.is(
    bed.last('handset.install-refused', 'alice-phone')?.reason,
    'another VoIP application is on it: chatter',
  );
  t.true(bed.alice.screen().includes('other VoIP application: chatter'));
  t.is(bed.refusal(bed.alice, 'remove-app talker'), 'HANDSET_OTHER_APP');
  t.deepEqual(bed.type(bed.alice, 'remove-app chatter'), ['chatter is off the phone.']);
  t.is(bed.refusal(bed.alice, 'install'), 'answered');
  t.is(bed.alice.service, 'notEnrolled');
  t.is(bed.refusal(bed.bob, 'install'), 'HANDSET_INSTALL_REFUSED');
  t.regex(bed.last('handset.install-refused', 'bob-phone')?.reason ?? '', /^ios 5\.1 is not approved/);
});

test('another VoIP application beside the app is seen in the trace, and goes with a wipe', (t) => {
  const bed = Testbed.enrolled();
  t.is(bed.refusal(bed.alice, 'add-app Chatter!'), 'CONSOLE_VALUE');
  t.deepEqual(bed.type(bed.alice, 'add-app chatter'), ['chatter is on the phone.']);
  t.is(bed.refusal(bed.alice, 'add-app chatter'), 'HANDSET_OTHER_APP');
  t.deepEqual(bed.last('handset.other-voip'), { app: 'chatter', present: true });
  t.is(bed.alice.service, 'registered');
  for (let n = 1; n < 20; n++) bed.type(bed.alice, `add-app app-${n}`);
  t.is(bed.refusal(bed.alice, 'add-app app-20'), 'HANDSET_OTHER_APP');
  bed.type(bed.mdm, 'wipe alice-phone');
  bed.run(2);
  t.is(bed.refusal(bed.alice, 'install'), 'answered');
});

test('a wiped phone has nothing left that can be read', (t) => {
  const bed = Testbed.enrolled({ answers: true });
  bed.call(bed.alice, 'bob', '--for 3s');
  bed.run(10);
  const { rsk } = bed.cms.escrow.keysOf(NUMBERS.alice, bed.cms.period);
  t.not(residueIn(bed.alice.extract(), rsk).length, 0);
  bed.type(bed.mdm, 'wipe alice-phone');
  bed.run(2);
  t.is(bed.alice.service, 'wiped');
  t.deepEqual(residueIn(bed.alice.extract(), rsk), []);
  const { live, remnants } = readFlashImage(bed.alice.extract());
  t.is(live.size + remnants.length, 0);
  t.is(
    codeOf(() => bed.enrolFails(bed.alice)),
    'HANDSET_NOT_INSTALLED',
  );
  t.is(bed.events('mdm.wipe-acknowledged').length, 1);
});

test('a wiped phone is installed anew, and enrolled with a new code', (t) => {
  const bed = Testbed.enrolled({ answers: true });
  bed.call(bed.alice, 'bob', '--for 3s');
  bed.run(10);
  t.is(bed.refusal(bed.alice, 'install'), 'HANDSET_INSTALLED');
  bed.type(bed.mdm, 'wipe alice-phone');
  bed.run(2);
  const before = bed.events('handset.installed', 'alice-phone').length;
  t.is(before, 1, 'every phone was installed once');
  t.deepEqual(bed.type(bed.alice, 'install'), [
    'The app is installed. It has no keys yet: scan a QR code of the CMS.',
  ]);
  t.is(bed.events('handset.installed', 'alice-phone').length, before + 1);
  t.is(bed.alice.service, 'notEnrolled');
  t.deepEqual(bed.alice.screen(), ['alice (not enrolled)', 'service: notEnrolled', 'keys: none']);
  t.is(bed.refusal(bed.alice, 'install'), 'HANDSET_INSTALLED');
  t.is(bed.refusal(bed.alice, 'call bob'), 'HANDSET_NOT_ENROLLED');
  bed.type(bed.cms, `add-user ${NUMBERS.alice} alice --re-issue --reason lost`);
  bed.carryDisc(`--month ${bed.cms.period}`);
  bed.enrol(bed.alice);
  bed.run(5);
  t.is(bed.alice.service, 'registered');
  bed.call(bed.alice, 'bob', '--for 3s');
  bed.run(10);
  t.is(bed.last('handset.call-ended', 'alice-phone')?.reason, 'hung-up');
  const calls = [...readFlashImage(bed.alice.extract()).live.keys()].filter((name) =>
    name.startsWith('call/'),
  );
  t.deepEqual(
    calls.map((name) => Number(name.slice(5))),
    [1],
    'nothing tells how many calls there were before',
  );
  bed.type(bed.mdm, 'wipe alice-phone');
  bed.run(2);
  t.is(bed.alice.service, 'wiped', 'the agent of the MDM is still there');
});
