import test from 'ava';
import { serialise } from '../../network/sip/index.ts';
import { INVITE } from '../../network/sip/sip.fuzz.ts';
import { LIKE_3GPP } from '../../network/mikey/message.fuzz.ts';
import * as vectors from '../../network/mikey/rfc6509.vectors.ts';
import { SAMPLE_TRACE } from '../../scenarios/host/trace-file.fuzz.ts';
import { toHex } from '../../sim/octets.ts';
import { type } from '../context.fixture.ts';

const invite = Buffer.from(serialise(INVITE)).toString('latin1');
const id = (number: string) => Buffer.from(`2011-02\0tel:${number}\0`).toString('hex');
const files = {
  'full.txt': vectors.full.base64,
  'folded.txt': `a=key-mgmt:mikey ${vectors.fullSha256.base64.replaceAll(/.{64}/g, '$&\n')}\n`,
  'anonymous.txt': vectors.withoutIdentities.base64,
  'cut.txt': vectors.full.base64.slice(0, 100),
  '3gpp.txt': Buffer.from(LIKE_3GPP).toString('base64'),
  'invite.txt': invite,
  'unix.txt': invite.replaceAll('\r\n', '\n'),
  'trace.ndjson': SAMPLE_TRACE,
  'cut.ndjson': SAMPLE_TRACE.slice(0, SAMPLE_TRACE.indexOf('{"n":3')),
};
const inspect = (...words: readonly string[]) => type(['inspect', ...words], { files });

test('mikey: every field of the message of RFC 6509, at its offset', async (t) => {
  const { exit, stdout, stderr } = await inspect('mikey', 'full.txt');
  t.is(exit, 0);
  t.is(stderr, '');
  t.regex(stdout, /^offset {2}length {2}name +value +note\n {5}0 {7}1 {2}HDR version +1\n/);
  t.regex(stdout, /\n {4}30 {7}4 {2}T seconds +3506763600 +2011-02-15T13:00:00Z\n/);
  t.regex(stdout, /\n {4}61 {6}17 {2}IDR data +tel:\+447700900123\n/);
  t.regex(stdout, /464 of 593 octets are signed; --kpak verifies/);
});

for (const file of ['full.txt', 'folded.txt']) {
  test(`mikey: the signature of ${file} verifies for the sender that it claims, and for no other`, async (t) => {
    const claimed = await inspect('mikey', file, '--kpak', vectors.KPAK);
    t.is(claimed.exit, 0);
    t.regex(claimed.stdout, /\nverified: the signature of 2011-02 tel:\+447700900123;/);
    const other = await inspect('mikey', file, '--kpak', vectors.KPAK, '--id', id('+447700900456'));
    t.is(other.exit, 1);
    t.regex(other.stdout, /\nNOT verified: the signature of 2011-02 tel:\+447700900456;/);
  });
}

test('mikey: planted: one bit of the message is wrong, and the signature does not verify', async (t) => {
  const octets = Buffer.from(vectors.full.base64, 'base64');
  octets[45] = (octets[45] ?? 0) ^ 1;
  const scene = { files: { 'bad.txt': octets.toString('base64') } };
  t.is((await type(['inspect', 'mikey', 'bad.txt', '--kpak', vectors.KPAK], scene)).exit, 1);
});

test('mikey: a message that names no sender is verified for the one that is given', async (t) => {
  const without = await inspect('mikey', 'anonymous.txt', '--kpak', vectors.KPAK);
  t.is(without.exit, 2);
  t.regex(without.stderr, /CLI_INPUT_SENDER/);
  t.is(
    (await inspect('mikey', 'anonymous.txt', '--kpak', vectors.KPAK, '--id', id('+447700900123'))).exit,
    0,
  );
});

test('mikey: --json is one object with every field', async (t) => {
  const { stdout } = await inspect('mikey', 'full.txt', '--kpak', vectors.KPAK, '--json');
  const content = JSON.parse(stdout);
  t.is(content.octets, 593);
  t.deepEqual(content.signature, { verified: true, signer: '2011-02 tel:+447700900123' });
  let at = 0;
  for (const field of content.fields) {
    t.is(field.offset, at);
    at += field.length;
  }
  t.is(at, 593);
});

test('mikey: what is cut off is shown up to there, and then why', async (t) => {
  const { exit, stdout, stderr } = await inspect('mikey', 'cut.txt');
  t.is(exit, 2);
  t.regex(stdout, /\n {4}61 {6}\d+ {2}IDR|\n {4}38 {7}1 {2}RAND next payload/);
  t.regex(stdout, /\nrefused: MIKEY_TRUNCATED at octet \d+: /);
  t.regex(stderr, /cut\.txt.*octet \d+: error MIKEY_TRUNCATED/);
});

test('mikey: a message of a 3GPP system is shown whole, with all that a phone refuses it for', async (t) => {
  const { exit, stdout, stderr } = await inspect('mikey', '3gpp.txt');
  t.is(exit, 2);
  t.regex(stdout, /IDR role +8 +hashed initiator/);
  t.regex(stdout, /EXT type +7/);
  t.regex(stdout, /SIGN signature/);
  t.regex(stdout, /\nrefused: MIKEY_PRF at octet 3: PRF func 2 is unknown\n/);
  t.regex(stdout, /\nrefused: MIKEY_SAKKE at octet \d+: SAKKE data has 289 octets/);
  t.regex(stderr, /3gpp\.txt.*octet 3: error MIKEY_PRF/);
  const json = await inspect('mikey', '3gpp.txt', '--json');
  t.is(json.exit, 2);
  const content = JSON.parse(json.stdout);
  t.is(content.octets, LIKE_3GPP.length);
  t.is(content.refused.length, 6);
  t.deepEqual(content.refused[0], { code: 'MIKEY_PRF', message: 'PRF func 2 is unknown', offset: 3 });
});

test('sip: line by line, also when an editor changed the line ends', async (t) => {
  const { exit, stdout } = await inspect('sip', 'invite.txt');
  t.is(exit, 0);
  t.regex(stdout, /request line +INVITE tel:\+447700900002 SIP\/2\.0/);
  t.is((await inspect('sip', 'unix.txt')).stdout, stdout);
  t.is(JSON.parse((await inspect('sip', 'invite.txt', '--json')).stdout).octets, invite.length);
});

test('trace: what it is of, its digest and its events, all or some', async (t) => {
  const { exit, stdout } = await inspect('trace', 'trace.ndjson');
  t.is(exit, 0);
  t.regex(stdout, /scenario +sample\n/);
  t.regex(stdout, /events +3\n/);
  t.regex(stdout, /\n2 {2}5\.000000 {2}alice {2}person\.told +1 {2}to=bob text=hello\n/);
  const some = await inspect('trace', 'trace.ndjson', '--grep', 'person.');
  t.notRegex(some.stdout, /trace\.ended/);
  t.regex(some.stdout, /person\.told/);
  t.regex((await inspect('trace', 'cut.ndjson')).stdout, /2, and the end is missing/);
  t.is(JSON.parse((await inspect('trace', 'trace.ndjson', '--json')).stdout).events.length, 3);
});

for (const [words, code] of [
  [['mikey'], 'CLI_OPERANDS'],
  [['mike', 'full.txt'], 'CLI_OPERANDS'],
  [['constructor', 'full.txt'], 'CLI_OPERANDS'],
  [['mikey', 'missing.txt'], 'HOST_FILE_MISSING'],
  [['mikey', 'invite.txt'], 'CLI_INPUT_BASE64'],
  [['mikey', 'full.txt', '--kpak', 'xyz'], 'CLI_OPTION_VALUE'],
  [['mikey', 'full.txt', '--kpak', ''], 'CLI_OPTION_VALUE'],
  [['mikey', 'full.txt', '--kpak', '0011'], 'CLI_INPUT_HEX'],
  [['mikey', 'full.txt', '--kpak', toHex(new Uint8Array(65))], 'MIKEY_KMS_KEY_INVALID'],
  [['mikey', 'full.txt', '--id', '00'], 'CLI_OPTION_CONFLICT'],
  [['mikey', 'full.txt', '--grep', 'x'], 'CLI_OPTION_CONFLICT'],
  [['sip', 'invite.txt', '--kpak', '00'], 'CLI_OPTION_CONFLICT'],
  [['sip', 'full.txt'], 'SIP_'],
  [['trace', 'full.txt'], 'HOST_TRACE_LINE'],
] as const) {
  test(`cannot be inspected: ${words.join(' ').slice(0, 60)}`, async (t) => {
    const { exit, stdout, stderr } = await inspect(...words);
    t.is(exit, 2);
    t.is(stdout, '');
    t.regex(stderr, new RegExp(code));
  });
}
