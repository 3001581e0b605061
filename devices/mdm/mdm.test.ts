import test from 'ava';
import { codeOf, Testbed } from '../testbed.fixture.ts';
import { decodeWipeMessage, encodeWipeMessage, MDM_AGENT_PORT } from './wipe-message.ts';

test('a wipe message is nine octets, and nothing else is one', (t) => {
  for (const kind of ['wipe', 'wiped'] as const)
    t.deepEqual(decodeWipeMessage(encodeWipeMessage({ kind, order: 0xffffffff })), {
      kind,
      order: 0xffffffff,
    });
  const octets = encodeWipeMessage({ kind: 'wipe', order: 1 });
  t.is(
    codeOf(() => decodeWipeMessage(octets.subarray(0, 8))),
    'MDM_MESSAGE',
  );
  t.is(
    codeOf(() => decodeWipeMessage(octets.with(0, 0))),
    'MDM_MESSAGE',
  );
  t.is(
    codeOf(() => decodeWipeMessage(octets.with(4, 3))),
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
      socket.send({ host: 'mdm', port }, encodeWipeMessage({ kind: 'wiped', order }));
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
  socket.send(to, encodeWipeMessage({ kind: 'wiped', order: 1 }));
  bed.run(1);
  t.is(bed.alice.service, 'notEnrolled');
});
