/** Keys, bundles, and bundles that somebody tampered with: each fault is named. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { SharedProcess, type Ended } from '../shared-process.fixture.ts';
import { manifestJson, manifestOf } from '../../reports/index.ts';
import { filesOfZip, zipOf } from '../verify/zip.ts';

const STORY = `scenario: hello
title: Somebody says something
begins: 2015-10-14T08:00:00Z
world: { users: {}, people: [ann, ben] }
steps:
  - { at: "08:01", by: ann, type: "tell ben hello" }
expect:
  - { id: told, see: person.told }
`;

const place = mkdtempSync(join(tmpdir(), 'calldrill-bundle-'));
const shared = new SharedProcess();
test.after.always(() => {
  shared.end();
  rmSync(place, { recursive: true, force: true });
});

function calldrill(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return shared.calldrill(words, { folder: place, env: { NO_COLOR: '1', ...env }, remembers: true });
}

test.before(async (t) => {
  writeFileSync(join(place, 'hello.yaml'), STORY);
  writeFileSync(join(place, 'other.yaml'), STORY.replace('tell ben hello', 'tell ben goodbye'));
  for (const line of [
    'run hello.yaml --out results --quiet',
    'run other.yaml --out others --quiet',
    'keygen --out ours.pem',
    'keygen --out theirs.pem',
    'bundle results --key ours.pem --out ours.zip',
    'bundle results --key theirs.pem --out theirs.zip',
    'bundle others --key ours.pem --out others.zip',
  ]) {
    const { exit, stderr } = await calldrill(line.split(' '));
    // Lines that nobody has to type leave one check of this story open.
    t.is(exit, line.startsWith('run ') ? 4 : 0, `${line}: ${stderr}`);
  }
});

interface Told {
  readonly exit: number;
  readonly came: Readonly<Record<string, string>>;
  readonly text: string;
}

async function verify(...words: readonly string[]): Promise<Told> {
  const { exit, stdout, stderr } = await calldrill(['verify', ...words, '--json']);
  const { results = [] } = JSON.parse(stdout) as {
    results?: { of: string; came: string; why: string; faults: string[] }[];
  };
  const text = results.flatMap(({ of, why, faults }) => [why, ...faults].map((each) => `${of}: ${each}`));
  return {
    exit,
    came: Object.fromEntries(results.map(({ of, came }) => [of, came])),
    text: `${text.join('\n')}${stderr}`,
  };
}

type Files = Map<string, Uint8Array>;
let count = 0;
/** A bundle with other files, packed as calldrill packs them. */
async function tampered(change: (files: Files) => void, from = 'ours.zip'): Promise<string> {
  const files = new Map(await filesOfZip(readFileSync(join(place, from))));
  change(files);
  const name = `tampered-${count++}.zip`;
  writeFileSync(join(place, name), zipOf(files));
  return name;
}

const textOf = (files: Files, path: string): string => Buffer.from(files.get(path) ?? []).toString('utf8');
const ATTESTATION = ['attestation/statement.dsse.json', 'attestation/signer.pub'];
function makeManifestRight(files: Files): void {
  const listed = [...files].filter(([path]) => path !== 'manifest.json' && !ATTESTATION.includes(path));
  files.set('manifest.json', Buffer.from(manifestJson(manifestOf(new Map(listed)))));
}

test('a pair of keys is for its owner, and replaces nothing', async (t) => {
  t.is(statSync(join(place, 'ours.pem')).mode & 0o777, 0o600);
  const before = readFileSync(join(place, 'ours.pem'));
  const { exit, stderr } = await calldrill(['keygen', '--out', 'ours.pem']);
  t.is(exit, 2);
  t.regex(stderr, /VERIFY_KEY_EXISTS/);
  t.deepEqual(readFileSync(join(place, 'ours.pem')), before);
  writeFileSync(join(place, 'half.pem.pub'), 'x');
  t.is((await calldrill(['keygen', '--out', 'half.pem'])).exit, 2);
  t.throws(() => statSync(join(place, 'half.pem')), { code: 'ENOENT' });
});

test('a private key that others may use signs nothing; no other kind of key is taken', async (t) => {
  await calldrill(['keygen', '--out', 'open.pem']);
  chmodSync(join(place, 'open.pem'), 0o640);
  for (const [key, code] of [
    ['open.pem', 'VERIFY_KEY_OPEN'],
    ['nowhere.pem', 'VERIFY_KEY'],
    ['hello.yaml', 'VERIFY_KEY'],
  ] as const) {
    if (key === 'hello.yaml') chmodSync(join(place, key), 0o600);
    const { exit, stderr } = await calldrill(['bundle', 'results', '--key', key, '--out', 'never.zip']);
    t.is(exit, 7);
    t.true(stderr.includes(code), stderr);
  }
  t.regex((await verify('ours.zip', '--key', 'ours.pem')).text, /private key, which nobody needs/);
});

test('with the key of the signer a bundle verifies, result by result', async (t) => {
  const { exit, came } = await verify('ours.zip', '--key', 'ours.pem.pub');
  t.is(exit, 0);
  t.deepEqual(Object.keys(came), [
    ...['container', 'signature', 'files', 'traces', 'sources', 'verdicts', 'exposures', 'clauses'],
    ...['catalogue', 'pages'],
  ]);
  t.true(Object.values(came).every((each) => each === 'verified'));
});

test('without a key the signer is unknown, and nothing is called authentic', async (t) => {
  const { exit, stdout } = await calldrill(['verify', 'ours.zip']);
  t.is(exit, 0);
  t.regex(stdout, /^signature +consistent: signature consistent, signer unknown [0-9a-f]{64}$/m);
  t.notRegex(stdout, /authentic/);
});

test('what was not tested is not passed in what is signed', async (t) => {
  const files = await filesOfZip(readFileSync(join(place, 'ours.zip')));
  const { payload } = JSON.parse(textOf(new Map(files), ATTESTATION[0] ?? '')) as { payload: string };
  const { predicate, subject } = JSON.parse(Buffer.from(payload, 'base64').toString()) as {
    predicate: { result: string; passedTests: string[]; warnedTests: string[] };
    subject: { name: string }[];
  };
  t.is(predicate.result, 'WARNED');
  t.true(predicate.passedTests.includes('hello/main/told'));
  t.true(predicate.warnedTests.includes('clause/para-1'));
  t.deepEqual(
    subject.map(({ name }) => name),
    ['manifest.json'],
  );
});

test('the same results and key are the same octets, in whichever zone and language', async (t) => {
  const env = { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
  const { exit } = await calldrill(['bundle', 'results', '--key', 'ours.pem', '--out', 'far.zip'], env);
  t.is(exit, 0);
  t.deepEqual(readFileSync(join(place, 'far.zip')), readFileSync(join(place, 'ours.zip')));
});

test('one octet changed anywhere in a bundle is told', async (t) => {
  const zip = readFileSync(join(place, 'ours.zip'));
  for (let at = 0; at < zip.length; at += Math.ceil(zip.length / 24)) {
    const other = Buffer.from(zip);
    other[at] = (other[at] ?? 0) ^ 1;
    writeFileSync(join(place, 'flipped.zip'), other);
    t.is((await verify('flipped.zip')).exit, 7, String(at));
  }
});

test('a manifest that was signed with another key is told', async (t) => {
  const { exit, text } = await verify('theirs.zip', '--key', 'ours.pem.pub');
  t.is(exit, 7);
  t.regex(text, /signature: it is of the key [0-9a-f]{64}, and not of the given one, [0-9a-f]{64}/);
});

test('an old signature on a new bundle is told, and so is what was changed under a signature', async (t) => {
  const old = new Map(await filesOfZip(readFileSync(join(place, 'ours.zip'))));
  const moved = await tampered((files) => {
    for (const path of ATTESTATION) files.set(path, old.get(path) ?? new Uint8Array());
  }, 'others.zip');
  t.regex(
    (await verify(moved, '--key', 'ours.pem.pub')).text,
    /signature: it was signed about something else/,
  );
  const edited = await tampered((files) => {
    files.set(
      'report.json',
      Buffer.from(textOf(files, 'report.json').replace('"verdict": "pass"', '"verdict": "fail"')),
    );
    makeManifestRight(files);
  });
  const { exit, came, text } = await verify(edited, '--key', 'ours.pem.pub');
  t.is(exit, 7);
  t.like(came, { container: 'verified', files: 'verified', signature: 'failed', verdicts: 'failed' });
  t.regex(
    text,
    /verdicts: hello\/main: check told: the report says fail, the evidence shows pass \(event \d+\)/,
  );
});

test('a signature that was taken away, or made of something else, is told', async (t) => {
  const without = await tampered((files) => void files.delete(ATTESTATION[0] ?? ''));
  t.regex((await verify(without)).text, /signature: attestation\/statement.dsse.json is missing/);
  const swapped = await tampered((files) => {
    const path = ATTESTATION[0] ?? '';
    files.set(path, Buffer.from(textOf(files, path).replace('in-toto+json', 'in-toto')));
  });
  t.regex((await verify(swapped)).text, /signature: what was signed is of the type/);
});

test('files of a bundle that were dropped, added or renamed are told', async (t) => {
  const trace = 'hello/main/trace.ndjson';
  for (const [change, fault] of [
    [(files: Files) => void files.delete(trace), /files: hello\/main\/trace.ndjson is missing/],
    [(files: Files) => void files.set('x.txt', Buffer.from('x')), /files: x.txt is not in the manifest/],
    [
      (files: Files) => {
        files.set('hello/main/Trace.ndjson', files.get(trace) ?? new Uint8Array());
        files.delete(trace);
      },
      /files: hello\/main\/Trace.ndjson is not in the manifest \(hello\/main\/trace.ndjson is/,
    ],
  ] as const)
    t.regex((await verify(await tampered(change))).text, fault);
});

test('what does not hold is not bundled, and no bundle replaces a file', async (t) => {
  await calldrill(['run', 'hello.yaml', '--out', 'broken', '--quiet']);
  writeFileSync(join(place, 'broken/index.html'), 'all is well');
  const { exit, stderr } = await calldrill(['bundle', 'broken', '--key', 'ours.pem', '--out', 'broken.zip']);
  t.is(exit, 7);
  t.regex(stderr, /VERIFY_NOT_WHOLE/);
  const again = await calldrill(['bundle', 'results', '--key', 'ours.pem', '--out', 'ours.zip']);
  t.regex(again.stderr, /CLI_OUT_WRITE/);
});
