/** SRTCP against libsrtp2, both ways and to the octet: the label of the key derivation stands where libsrtp has it. */
import test from 'ava';
import { fromHex, toHex } from '../sim/octets.ts';
import { SeededRandom } from '../sim/random.ts';
import { SrtcpReceiver, SrtcpSender, type SrtpMaster } from '../network/rtp/index.ts';
import { CPeer } from './c-peer.ts';

const REPORTS = 100;
const RECEIVER_REPORT = 201;
const SSRC = 0x11223344;
/** Statuses of srtp2/srtp.h. */
const AUTHENTICATION_FAILED = 'refused 7';

const libsrtp = new CPeer('libsrtp', 'srtp2');
const random = new SeededRandom('interop srtcp').stream('reports');
const reports = Array.from({ length: REPORTS }, (_, i) => reportOf(i % 32));

const PROFILES = [
  { profile: 'AES_CM_128_HMAC_SHA1_80', bits: '80' },
  { profile: 'AES_CM_128_HMAC_SHA1_32', bits: '32' },
] as const;

/** A receiver report (RFC 3550 section 6.4.2) with this many blocks of 24 octets. */
function reportOf(blocks: number): Uint8Array {
  const body = random.octets(24 * blocks);
  const report = new Uint8Array(8 + body.length);
  const view = new DataView(report.buffer);
  view.setUint8(0, 0x80 | blocks);
  view.setUint8(1, RECEIVER_REPORT);
  view.setUint16(2, report.length / 4 - 1);
  view.setUint32(4, SSRC);
  report.set(body, 8);
  return report;
}

function ask(
  way: 'protect' | 'unprotect',
  bits: string,
  { masterKey, masterSalt }: SrtpMaster,
  given: readonly Uint8Array[],
): readonly string[] {
  return libsrtp.ask(
    given.map((packet) => `rtcp ${toHex(packet)}`),
    [way, bits, toHex(masterKey) + toHex(masterSalt)],
  );
}

for (const { profile, bits } of PROFILES) {
  const master: SrtpMaster = { masterKey: random.octets(16), masterSalt: random.octets(14), profile };
  const protect = (): Uint8Array[] => {
    const sender = new SrtcpSender(master);
    return reports.map((report) => sender.protect(report));
  };

  test(`${profile}: libsrtp opens the reports that we protect, to the octet`, (t) => {
    t.deepEqual(ask('unprotect', bits, master, protect()), reports.map(toHex));
  });

  test(`${profile}: we open the reports that libsrtp protects, which are what we would have made`, (t) => {
    const theirs = ask('protect', bits, master, reports);
    t.deepEqual(theirs, protect().map(toHex));
    const receiver = new SrtcpReceiver(master);
    for (const [i, packet] of theirs.entries())
      t.deepEqual(receiver.unprotect(fromHex(packet) ?? new Uint8Array(0)), reports[i]);
  });

  test(`${profile}: planted: an altered report, another key and a report that comes twice are refused by both`, (t) => {
    const ours = protect();
    const altered = ours.map((packet, i) => {
      const copy = packet.slice();
      // Not the first octets: they decide what kind of packet it is.
      const at = 8 + ((i * 7) % (copy.length - 8));
      copy[at] = (copy[at] ?? 0) ^ 4;
      return copy;
    });
    t.deepEqual(new Set(ask('unprotect', bits, master, altered)), new Set([AUTHENTICATION_FAILED]));
    const receiver = new SrtcpReceiver(master);
    for (const packet of altered) t.throws(() => receiver.unprotect(packet), { code: 'SRTCP_TAG' });
    const stranger = { ...master, masterSalt: random.octets(14) };
    t.deepEqual(new Set(ask('unprotect', bits, stranger, ours)), new Set([AUTHENTICATION_FAILED]));
    const [first] = ours;
    const twice = first === undefined ? [] : [first, first];
    t.regex(ask('unprotect', bits, master, twice)[1] ?? '', /^refused (?:9|10)$/);
    t.notThrows(() => twice.slice(1).map((packet) => receiver.unprotect(packet)));
    t.throws(() => twice.slice(1).map((packet) => receiver.unprotect(packet)), { code: 'SRTCP_REPLAY' });
  });
}
