/**
 * A directed run on three hosts, as the worked example of docs/director.md has it: the director on one, the CRS on the second, the phones
 * on the third; the token is copied, the exchange folder shared. Then what goes wrong between hosts: a cable that is pulled out in the middle
 * of a call, a device that goes to the wrong host, or with the wrong token.
 */
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import type { ToldProcess } from '../cli/commands/directed-run.fixture.ts';
import type { FiledEvent } from '../scenarios/host/index.ts';
import { wordsOf } from '../devices/console/index.ts';
import { Hosts, namespaces } from './hosts.ts';
import { program, testWith } from './needs.ts';

const test = testWith(program('ip', 'iproute2', ['-V']), namespaces);

const scenario = (seconds: number): string => `scenario: hosts
title: A call between hosts
begins: 2015-10-14T08:00:00Z
ends: "08:09"
world:
  people: [cms-operator, crs-admin]
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
steps:
  - { at: "08:05", by: alice, on: alice-phone, type: "call bob --for ${seconds}s" }
expect:
  - { id: both-secure, see: handset.call-secure, times: 2 }
  - { id: relayed, every: audit.media-path, has: { direct: 0 } }
  - { id: suite, every: audit.server-hello, has: { suite: "0x008C", version: "TLS 1.2" } }
  - { id: key-per-direction, every: audit.call-keys, has: { directions: 2, distinct: 2 } }
`;

const GUIDE = await readFile('docs/director.md', 'utf8');

/** Where each device lives. */
const ADDRESSES: Readonly<Record<string, string>> = {
  crs: '192.0.2.2',
  'alice-phone': '192.0.2.3',
  'bob-phone': '192.0.2.4',
};

async function threeHosts(t: ExecutionContext, seconds: number) {
  t.timeout(200_000);
  const folder = await mkdtemp(join(tmpdir(), 'calldrill-hosts-'));
  const hosts = new Hosts(t, {
    director: ['192.0.2.1'],
    crs: ['192.0.2.2'],
    phones: ['192.0.2.3', '192.0.2.4'],
  });
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'hosts.yaml'), scenario(seconds));
  const director = hosts.start('director', folder, [
    ...['director', './hosts.yaml', '--wait-for', 'all', '--bind', '192.0.2.1', '--port', '40000'],
    ...['--folder', 'kept', '--lag-bound', '1h', '--quiet'],
  ]);
  await director.says(/device handset bob-phone .*\n/);
  const token = join(folder, 'copied-token');
  const hostOf = (device: string): 'crs' | 'phones' => (device === 'crs' ? 'crs' : 'phones');
  await copyFile(join(folder, 'kept/token'), token);
  /** The line that the director printed, with what is this host's own put in. */
  const lineOf = (device: string): readonly string[] => {
    const line = new RegExp(`calldrill (device \\w+ ${device} .*)\n`).exec(director.text)?.[1] ?? '';
    const own: Readonly<Record<string, string>> = {
      '--token': token,
      '--state': join(folder, `state-on-${hostOf(device)}`),
      '--bind': ADDRESSES[device] ?? '',
    };
    const words = wordsOf(line).map(({ text }) => text);
    return [...words.map((word, at) => own[words[at - 1] ?? ''] ?? word), '--no-console'];
  };
  const start = (device: string): ToldProcess => hosts.start(hostOf(device), folder, lineOf(device));
  return { folder, hosts, director, lineOf, start };
}

/** Verdicts of the report by check. */
async function verdictsIn(file: string): Promise<Readonly<Record<string, string>>> {
  const report: {
    readonly scenarios: readonly {
      readonly variants: readonly {
        readonly checks: readonly { readonly id: string; readonly verdict: string }[];
      }[];
    }[];
  } = JSON.parse(await readFile(file, 'utf8'));
  const checks = report.scenarios.flatMap(({ variants }) => variants).flatMap((variant) => variant.checks);
  return Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));
}

async function traceIn(folder: string): Promise<readonly FiledEvent[]> {
  const text = await readFile(join(folder, 'results/hosts/main/trace.ndjson'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line): FiledEvent => JSON.parse(line));
}

test('director, CRS and phones on three hosts come to the verdicts of one, and leave nothing behind', async (t) => {
  const { folder, hosts, director, start } = await threeHosts(t, 2);
  const devices = Object.keys(ADDRESSES).map((device) => ({ device, process: start(device) }));
  t.is(await director.ends(), 0, director.text);
  for (const { device, process } of devices) t.is(await process.ends(), 0, `${device}: ${process.text}`);
  const directed = await verdictsIn(join(folder, 'results/report.json'));
  const live = hosts.start('director', folder, [
    'live',
    './hosts.yaml',
    '--lag-bound',
    '1h',
    '-o',
    'live',
    '-q',
  ]);
  t.is(await live.ends(), 0, live.text);
  t.deepEqual(directed, await verdictsIn(join(folder, 'live/report.json')));
  t.deepEqual(new Set(Object.values(directed)), new Set(['pass']));
  const joined = /^Device {2}(\S+): p99/gm;
  t.deepEqual(
    [...director.text.matchAll(joined)].map(([, name]) => name),
    Object.keys(ADDRESSES),
  );
  for (const [host, files] of [
    ['crs', ['crs.state']],
    ['phones', ['alice-phone.flash', 'bob-phone.flash']],
  ] as const) {
    const state = join(folder, `state-on-${host}`);
    t.deepEqual((await readdir(state)).toSorted(), files, 'and no temporary file');
    t.is((await stat(state)).mode & 0o777, 0o700);
    for (const file of files) t.is((await stat(join(state, file))).mode & 0o777, 0o600, file);
  }
  t.deepEqual(await readdir(join(folder, 'kept')), ['exchange'], 'the token is gone');
  t.deepEqual(await readdir(join(folder, 'kept/exchange')), []);
  t.deepEqual([hosts.processes, hosts.sockets], [[], []]);
  hosts.remove();
  t.deepEqual(Hosts.left, []);
});

test('the worked example of the guide has the lines that were typed', async (t) => {
  const { folder, director, lineOf } = await threeHosts(t, 1);
  for (const device of Object.keys(ADDRESSES)) {
    const typed = lineOf(device)
      .join(' ')
      .replace(join(folder, 'copied-token'), '~/token')
      .replace(/\S+\/state-on-\w+/, '~/state')
      .replace('kept/exchange', '/srv/drill/exchange')
      .replace(' --no-console', '');
    t.true(GUIDE.includes(`\ncalldrill ${typed}\n`), typed);
  }
  director.type('quit');
  t.is(await director.ends(), 6, director.text);
});

test('a cable that is pulled out in a call ends the call, and users come back when it is in again', async (t) => {
  const { folder, hosts, director, start } = await threeHosts(t, 100);
  const [crs] = Object.keys(ADDRESSES).map(start);
  await director.inCall();
  hosts.cable('crs', 'down');
  await director.says(/crs is gone: nothing is heard of it any more\. No time is skipped until it is back/);
  t.is(await crs?.ends(), 4, crs?.text);
  t.regex(crs?.text ?? '', /CONTROL_DIRECTOR_LOST.*nothing is heard of the director any more/);
  hosts.cable('crs', 'up');
  start('crs');
  t.is(await director.ends(), 0, director.text);
  t.regex(director.text, /^Result {2}pass$/m);
  const events = await traceIn(folder);
  const lost = events.find(({ type }) => type === 'director.device-lost');
  const of = (type: string) =>
    events.filter((event) => event.type === type && event.t > (lost?.t ?? Infinity));
  t.deepEqual(
    of('handset.call-ended')
      .map(({ on, data }) => `${on} ${String(data['reason'])}`)
      .toSorted(),
    ['alice-phone session-lost', 'bob-phone session-lost'],
  );
  t.deepEqual([...new Set(of('handset.registered').map(({ on }) => on))].toSorted(), [
    'alice-phone',
    'bob-phone',
  ]);
});

test('a device that goes to the wrong host, or with the wrong token, is told so and ends', async (t) => {
  const { folder, hosts, director, lineOf } = await threeHosts(t, 1);
  const guessed = join(folder, 'guessed-token');
  await writeFile(guessed, `${'ab'.repeat(32)}\n`, { mode: 0o600 });
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['--token', guessed, /CONTROL_TOKEN.*crs does not know the token/s],
    ['--director', '192.0.2.1:40001', /CONTROL_UNREACHABLE.*no director answers at 192\.0\.2\.1:40001/s],
    ['--director', '192.0.2.77:40000', /CONTROL_UNREACHABLE.*no director answers at 192\.0\.2\.77:40000/s],
    ['--director', '203.0.113.1:40000', /CONTROL_UNREACHABLE/],
    ['--token', join(folder, 'nowhere'), /HOST_FILE_MISSING/],
  ];
  for (const [option, value, says] of cases) {
    const words = lineOf('crs');
    const device = hosts.start(
      'crs',
      folder,
      words.map((word, at) => (words[at - 1] === option ? value : word)),
    );
    t.is(await device.ends(), 2, device.text);
    t.regex(device.text, says);
  }
  t.notRegex(director.text, /is here/);
  director.type('quit');
  t.is(await director.ends(), 6, director.text);
});
