import test from 'ava';
import fc from 'fast-check';
import { fromAscii } from '../../sim/octets.ts';
import type { SecureStream } from '../../network/fabric.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';

/** A client that is let in with Carol's PSK, and then sends what it likes. */
function intruder(bed: Testbed): SecureStream {
  const psk = bed.cms.escrow.psksOf(NUMBERS.carol, [bed.cms.period])[0];
  const host = `intruder-${bed.trace.events.length}`;
  bed.fabric.link(`${host}-crs`, host, 'crs');
  const stream = bed.fabric.attach(host).connectSecure(
    { host: 'crs', port: 5061 },
    {
      identity: psk?.identity ?? '',
      psk: psk?.psk ?? new Uint8Array(32),
      encryptThenMac: true,
      extendedMasterSecret: true,
    },
    { onData: () => undefined, onClose: () => undefined },
  );
  bed.run(1);
  return stream;
}

const METHODS = ['INVITE', 'REGISTER', 'MESSAGE', 'BYE', 'CANCEL', 'ACK', 'OPTIONS', 'SUBSCRIBE'];

const request = fc
  .record({
    method: fc.constantFrom(...METHODS),
    uri: fc.constantFrom('tel:+447700900001', 'tel:+447700900888', 'sip:crs', 'sip:packages@crs'),
    from: fc.constantFrom('tel:+447700900003', 'tel:+447700900001', 'sip:x@y'),
    type: fc.constantFrom('application/sdp', 'application/x-calldrill-month', 'text/plain'),
    body: fc.oneof(fc.constantFrom('2015-10', '2015-13', '2016-01', 'v=0\r\n'), fc.string({ maxLength: 60 })),
  })
  .map(({ method, uri, from, type, body }) =>
    fromAscii(
      `${method} ${uri} SIP/2.0\r\nVia: SIP/2.0/TLS x:1;branch=z9hG4bK1\r\nMax-Forwards: 70\r\nFrom: <${from}>;tag=1\r\n` +
        `To: <${uri}>\r\nCall-ID: a\r\nCSeq: 1 ${method}\r\nContact: <sip:x:1>\r\nContent-Type: ${type}\r\n` +
        `Content-Length: ${body.length}\r\n\r\n${body.replace(/[^\x20-\x7e\r\n]/g, '?')}`,
    ),
  );

test('whatever comes over a session, the CRS goes on serving the others', (t) => {
  const bed = Testbed.enrolled({ answers: true });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(request, fc.uint8Array({ maxLength: 200 })), { maxLength: 6 }),
      (messages) => {
        const stream = intruder(bed);
        for (const octets of messages) stream.write(octets);
        bed.run(1);
        stream.reset();
      },
    ),
    { numRuns: 150 },
  );
  t.true(bed.events('crs.unexpected').length > 0);
  bed.call(bed.alice, 'bob', '--for 2s');
  bed.run(5);
  t.is(bed.events('handset.call-secure').length, 2);
});

test('whatever the server sends, a phone stays in service', (t) => {
  const bed = Testbed.enrolled({ answers: true });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (body) => {
      bed.crs.inviteDirectly(NUMBERS.bob, NUMBERS.alice, body, () => undefined);
      bed.run(1);
    }),
    { numRuns: 150 },
  );
  t.is(bed.bob.line, 'idle');
  t.is(bed.events('mikey.accepted').length, 0);
  const socket = bed.fabric.attach('noise').openDatagram(0, () => undefined);
  bed.fabric.link('noise-bob', 'noise', 'bob-phone');
  bed.fabric.link('noise-mdm', 'noise', 'mdm');
  for (let n = 0; n < 40; n++) {
    socket.send({ host: 'bob-phone', port: 2195 }, new Uint8Array(n));
    for (const port of [49_152, 49_153]) socket.send({ host: 'mdm', port }, new Uint8Array(n));
  }
  bed.call(bed.alice, 'bob', '--for 2s');
  bed.run(5);
  t.is(bed.events('handset.call-secure').length, 2);
});
