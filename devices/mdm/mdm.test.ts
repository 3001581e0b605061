import test from 'ava';
import { codeOf, Testbed } from '../testbed.fixture.ts';
import { decodeMdmMessage, encodeMdmMessage, MDM_AGENT_PORT } from './mdm-message.ts';

test('a wipe message is nine octets, and nothing else is one', (t) => {
  for (const kind of ['wipe', 'wiped'] as const)
    t.deepEqual(decodeMdmMessage(encodeMdmMessage({ kind, order: 0xffffffff, values: {} })), {
      kind,
      order: 0xffffffff,
      values: {},
    });
  const octets = encodeMdmMessage({ kind: 'wipe', order: 1, values: {} });
  t.is(
    codeOf(() => decodeMdmMessage(octets.subarray(0, 8))),
    'MDM_MESSAGE',
  );
  t.is(
    codeOf(() => decodeMdmMessage(octets.with(0, 0))),
    'MDM_MESSAGE',
  );
  t.is(
    codeOf(() => decodeMdmMessage(octets.with(4, 7))),
    'MDM_MESSAGE',
  );
});

test('an acknowledgement counts only from the phone that was ordered, for an order there is', (t) => {
  const bed = new Testbed();
  bed.alice.shield(true);
  bed.type(bed.mdm, 'wipe alice-phone');
  const liar = bed.fabric.attach('liar');
  bed.fabric.link('liar-mdm', 'liar', 'mdm');
  const socket = liar.openDatagram(0, () => undefined);
  for (const order of [1, 2]) {
    for (const port of [49_152, 49_153])
      socket.send({ host: 'mdm', port }, encodeMdmMessage({ kind: 'wiped', order, values: {} }));
  }
  bed.run(1);
  t.is(bed.events('mdm.wipe-acknowledged').length, 0);
  t.deepEqual(bed.mdm.screen(), ['order 1: wipe alice-phone: ordered, sent 1 times']);
  bed.alice.shield(false);
  bed.run(301);
  t.is(bed.events('mdm.wipe-acknowledged').length, 1);
});

test('only the first attempts are traced, and a phone wiped twice is wiped once', (t) => {
  const bed = new Testbed();
  bed.alice.shield(true);
  bed.type(bed.mdm, 'wipe alice-phone');
  bed.type(bed.mdm, 'wipe alice-phone');
  bed.run(2_000);
  t.is(bed.events('mdm.wipe-sent').length, 6);
  bed.alice.shield(false);
  bed.run(400);
  t.is(bed.events('mdm.wipe-acknowledged').length, 2);
  t.is(bed.events('handset.wiped').length, 1);
});

test('a phone ignores what is not an order', (t) => {
  const bed = new Testbed();
  const noise = bed.fabric.attach('noise');
  bed.fabric.link('noise-alice', 'noise', 'alice-phone');
  const socket = noise.openDatagram(0, () => undefined);
  const to = { host: 'alice-phone', port: MDM_AGENT_PORT };
  socket.send(to, new Uint8Array(9));
  socket.send(to, encodeMdmMessage({ kind: 'wiped', order: 1, values: {} }));
  bed.run(1);
  t.is(bed.alice.service, 'notEnrolled');
});

const bytes = (kind: number, text: string): Uint8Array =>
  new Uint8Array([
    0x43,
    0x44,
    0x4d,
    0x57,
    kind,
    0,
    0,
    0,
    1,
    ...Array.from(text).map((each) => each.charCodeAt(0)),
  ]);

test('a report is lines of names and values, and nothing else is one', (t) => {
  const values = { platform: 'ios', version: '8.4', apps: '' };
  t.deepEqual(decodeMdmMessage(encodeMdmMessage({ kind: 'report', order: 1, values })).values, values);
  for (const text of ['a=b', 'a=b\na=c\n', 'A=b\n', '=b\n', 'a=\u0007\n', 'a\n', `a=${'b'.repeat(1000)}\n`])
    t.is(
      codeOf(() => decodeMdmMessage(bytes(4, text))),
      'MDM_MESSAGE',
      text.slice(0, 20),
    );
  t.is(
    codeOf(() => decodeMdmMessage(bytes(1, 'a=b\n'))),
    'MDM_MESSAGE',
    'an order to wipe has no text',
  );
});

test('an inventory sees what a phone runs once it answers, and names what is not let be there', (t) => {
  const bed = new Testbed();
  bed.type(bed.alice, 'add-app chatter');
  bed.alice.shield(true);
  bed.type(bed.mdm, 'inventory alice-phone');
  bed.run(10);
  t.is(bed.events('mdm.inventory-taken').length, 0, 'a phone out of reach was not looked at');
  bed.alice.shield(false);
  bed.run(301);
  t.like(bed.last('mdm.inventory-taken'), {
    phone: 'alice-phone',
    version: '5.1',
    apps: 'chatter',
    others: 1,
  });
  t.deepEqual(bed.last('mdm.finding'), { phone: 'alice-phone', kind: 'other-voip', subject: 'chatter' });
  bed.type(bed.mdm, 'allow-app alice-phone chatter');
  bed.type(bed.mdm, 'inventory alice-phone');
  bed.run(2);
  t.is(bed.events('mdm.inventory-taken').length, 2);
  t.is(bed.events('mdm.finding').length, 1);
});

test('a policy holds once the phone has heard of it', (t) => {
  const bed = new Testbed();
  bed.alice.shield(true);
  bed.type(bed.mdm, 'policy alice-phone store closed');
  bed.type(bed.alice, 'add-app chatter');
  bed.alice.shield(false);
  bed.run(301);
  t.is(bed.events('mdm.policy-kept').length, 1);
  t.is(
    codeOf(() => bed.type(bed.alice, 'add-app other')),
    'HANDSET_POLICY',
  );
  bed.type(bed.mdm, 'policy alice-phone updates held');
  bed.run(2);
  t.is(
    codeOf(() => bed.type(bed.alice, 'update-system 6.0')),
    'HANDSET_POLICY',
  );
  bed.type(bed.mdm, 'policy alice-phone updates free');
  bed.run(2);
  bed.type(bed.alice, 'update-system 6.0');
  t.is(
    codeOf(() => bed.type(bed.alice, 'update-system 5.9')),
    'HANDSET_NO_UPDATE',
  );
  t.is(
    codeOf(() => bed.type(bed.mdm, 'policy alice-phone store held')),
    'MDM_POLICY',
  );
});

test('an iOS that is neither validated nor decided about is named, and an Android never', (t) => {
  const bed = new Testbed({ phones: { bob: { platform: 'ios', version: '8.4' } } });
  for (const line of ['release ios 8.4 --validated', 'release ios 9.0', 'release android 6.0'])
    bed.type(bed.mdm, line);
  const findings = (): readonly unknown[] => {
    const before = bed.events('mdm.finding').length;
    for (const phone of ['alice-phone', 'bob-phone']) bed.type(bed.mdm, `inventory ${phone}`);
    bed.run(2);
    return bed
      .events('mdm.finding')
      .slice(before)
      .map(({ data }) => [data.phone, data.kind, data.subject]);
  };
  t.deepEqual(findings(), []);
  bed.type(bed.alice, 'update-system 6.0');
  bed.type(bed.bob, 'update-system 9.0');
  t.deepEqual(findings(), [['bob-phone', 'no-decision', '9.0']]);
  bed.type(bed.mdm, 'allow-version ios 9.0 decision-1');
  t.deepEqual(findings(), []);
  bed.type(bed.bob, 'update-system 9.1');
  t.deepEqual(findings(), [['bob-phone', 'unknown-version', '9.1']]);
  bed.type(bed.mdm, 'release ios 9.1');
  t.deepEqual(findings(), [['bob-phone', 'no-decision', '9.1']]);
  bed.type(bed.mdm, 'validated ios 9.1');
  t.deepEqual(findings(), []);
  t.is(
    codeOf(() => bed.type(bed.mdm, 'validated ios 7.0')),
    'MDM_UNKNOWN_VERSION',
  );
});
