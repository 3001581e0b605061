/** No output has a secret of its run, in whichever encoding, unless it was asked for; and where it was, everything says so. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { encodingsOf, knownSecrets, LeakFinder } from './known-secrets.fixture.ts';
import { typedInFolder } from './typed-in-folder.fixture.ts';
import { filesIn } from './verify/tampering.fixture.ts';

const { place, calldrill } = typedInFolder('secrecy');
const SEEDED = ['--seed', 'disk', '--jobs', '1'] as const;
const KINDS = [
  'RSK',
  'SSK',
  'PSK',
  'update key',
  'SSV',
  'TEK',
  'KSAK',
  'z_T',
  'master secret of a TLS session',
  'SRTP',
];

/** As people and programs are told; of a capture it is the block of secrets itself, and of the sources what was asked for. */
const MARK = /keys are revealed|reveals-?keys|,keys\r?\n|CLIENT_RANDOM|"secrets": true/i;
/** So many secrets of a run are planted. */
const PLANTED = 12;
/** What says nothing of a run but digests, what was made of the catalogue alone, and what is the same octets with keys and without. */
const NOT_MARKED =
  /\.(?:wav|sha256)$|^sources\/[^i]|trace\.ndjson$|^(?:manifest|timing|oscal-catalog|oscal-component-definition)\.json$|^\.calldrill-results$/;

/** Leaks of every file of a folder. */
function leaksBelow(folder: string, finder: LeakFinder): readonly string[] {
  return filesIn(join(place, folder)).flatMap((path) =>
    finder.leaksIn(readFileSync(join(place, folder, path))).map((what) => `${path}: ${what}`),
  );
}

const told = new Set<string>();
for (const run of [
  { scenario: 'client-compromise', variant: 'wipe-destroy-block' },
  { scenario: 'lost-qr', variant: undefined },
  { scenario: 'harvest-chain', variant: undefined },
] as const)
  test.serial(`no file of ${run.scenario} has a secret, and neither has what is printed`, async (t) => {
    const { stdout: shown } = await calldrill('show', run.scenario, '--json');
    const variant =
      run.variant ?? (JSON.parse(shown) as { variants: { name: string }[] }).variants[0]?.name ?? '';
    const secrets = await knownSecrets({ scenario: run.scenario, variant });
    for (const kind of KINDS) if (secrets.some(({ what }) => what.startsWith(kind))) told.add(kind);
    const finder = new LeakFinder(secrets);
    const line = ['run', run.scenario, '--variant', variant, ...SEEDED, '--pcap', '--wav', '--details'];
    const { stdout, stderr } = await calldrill(...line, '--out', run.scenario);
    t.deepEqual(leaksBelow(run.scenario, finder), []);
    const { stdout: read } = await calldrill(
      'inspect',
      'trace',
      `${run.scenario}/${run.scenario}/${variant}/trace.ndjson`,
    );
    for (const text of [stdout, stderr, read]) t.deepEqual(finder.leaksIn(Buffer.from(text)), []);
    // The same, with each secret in turn put into a file in each encoding: none goes unnoticed.
    const page = readFileSync(join(place, run.scenario, 'index.html'));
    for (const { what, octets } of secrets.slice(0, PLANTED))
      for (const encoding of encodingsOf({ what, octets })) {
        const planted = Buffer.concat([Buffer.from('x'), encoding, page.subarray(0, 99)]);
        if (!finder.leaksIn(planted).includes(what))
          t.fail(`${what} as ${encoding.toString('latin1')} is not noticed`);
      }
  });

test.serial('secrets of every kind were looked for', (t) => {
  t.deepEqual([...told].sort(), [...KINDS].sort());
});

test.serial(
  'a base64 text of more than the secret is seen through, wherever the secret begins in it',
  (t) => {
    const secret = { what: 'x', octets: Buffer.from('0123456789abcdef0123456789abcdef', 'hex') };
    const finder = new LeakFinder([secret]);
    for (const before of [0, 1, 2, 3, 4, 5])
      for (const after of [0, 1, 2, 3]) {
        const within = Buffer.concat([Buffer.alloc(before, 0x5a), secret.octets, Buffer.alloc(after, 0xa5)]);
        t.deepEqual(finder.leaksIn(Buffer.from(within.toString('base64'))), ['x'], `${before} ${after}`);
        t.deepEqual(finder.leaksIn(Buffer.from(within.toString('base64url'))), ['x'], `${before} ${after}`);
      }
  },
);

test.serial(
  'keys that were asked for are found in the capture alone, and every report says that they are there',
  async (t) => {
    const run = { scenario: 'client-compromise', variant: 'wipe-destroy-block' };
    const line = [
      'run',
      run.scenario,
      '--variant',
      run.variant,
      ...SEEDED,
      '--pcap',
      '--pcap-secrets',
      '--reveal-keys',
    ];
    const { stdout } = await calldrill(...line, '--out', 'revealed');
    const leaks = leaksBelow('revealed', new LeakFinder(await knownSecrets(run)));
    t.true(leaks.length > 0);
    t.deepEqual(
      [...new Set(leaks)],
      ['client-compromise/wipe-destroy-block/capture.pcapng: master secret of a TLS session'],
    );
    t.regex(stdout, /^Keys are revealed/m);
    const all = filesIn(join(place, 'revealed')).filter((path) => !NOT_MARKED.test(path));
    const marked = all.filter((path) => MARK.test(readFileSync(join(place, 'revealed', path), 'latin1')));
    t.deepEqual(marked, all);
    t.true(all.length > 10);
    const plain = filesIn(join(place, run.scenario)).filter((path) =>
      MARK.test(readFileSync(join(place, run.scenario, path), 'latin1')),
    );
    t.deepEqual(plain, []);
  },
);
