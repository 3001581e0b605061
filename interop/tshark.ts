/** tshark 4 as a judge of capture files: what it sees in them, and what it finds wrong. It checks every checksum. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { program } from './needs.ts';

/** What tests of captures need on the path. */
export const TSHARK = program('tshark', 'tshark');

const OUTPUT_OCTETS_MAX = 256 * 1024 * 1024;
const run = promisify(execFile);
const place = await mkdtemp(join(tmpdir(), 'calldrill-interop-'));
process.once('exit', () => rmSync(place, { recursive: true, force: true }));
let count = 0;

/** Checksums are not checked by default, because real ones are often left to the network card. */
const CHECKS_CHECKSUMS = ['ip', 'udp', 'tcp'].flatMap((protocol) => [
  '-o',
  `${protocol}.check_checksum:TRUE`,
]);

/** `Warn` of Wireshark's severities; below it are comments, chats and notes. */
const WARNING = 0x600000;

/** What tshark prints about a capture, without any settings that the user has made for themselves. */
export async function tshark(capture: Uint8Array, ...words: readonly string[]): Promise<string> {
  const file = join(place, `${count++}.pcapng`);
  await writeFile(file, capture);
  const { stdout } = await run('tshark', ['-r', file, '-n', ...CHECKS_CHECKSUMS, ...words], {
    maxBuffer: OUTPUT_OCTETS_MAX,
    env: { PATH: process.env['PATH'], HOME: place, LC_ALL: 'C.UTF-8' },
  });
  return stdout;
}

/** The values of `fields` in each packet that `filter` lets through; a field that occurs several times has its values in order. */
export async function fieldsOf(
  capture: Uint8Array,
  filter: string,
  fields: readonly string[],
  ...words: readonly string[]
): Promise<readonly (readonly (readonly string[])[])[]> {
  const wanted = fields.flatMap((field) => ['-e', field]);
  const format = ['-T', 'fields', '-E', 'separator=/t', '-E', 'aggregator=|', '-E', 'occurrence=a'];
  const text = await tshark(capture, '-Y', filter, ...format, ...wanted, ...words);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t').map((value) => (value === '' ? [] : value.split('|'))));
}

/** Everything that tshark finds wrong: malformed packets, warnings and errors, and checksums that are not good. */
export async function problemsIn(
  capture: Uint8Array,
  ...words: readonly string[]
): Promise<readonly string[]> {
  const good = 'ip.checksum.status == 1 && (udp.checksum.status == 1 || tcp.checksum.status == 1)';
  // To tshark it is a warning that it does not read what is encrypted, and that it sees a packet again on the next link.
  const wrong = `_ws.expert.severity >= ${WARNING} && !(_ws.expert.message contains "Encrypted RTCP Payload" || tcp.analysis.out_of_order)`;
  const filter = `_ws.malformed || (${wrong}) || !(${good})`;
  const fields = ['frame.number', '_ws.expert.message', '_ws.malformed'];
  const found = await fieldsOf(capture, filter, fields, ...words);
  return found.map(([number = [], messages = [], malformed = []]) =>
    [`packet ${number.join()}`, ...messages, ...malformed].join(': '),
  );
}
