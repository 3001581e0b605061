/** Evidence that is as it was, and evidence that somebody tampered with: each fault is named. */
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { edit, filesIn, flip, makeManifestRight } from '../verify/tampering.fixture.ts';
import { verifiedResults } from '../verify/verified-results.fixture.ts';

const STORY = `scenario: lost-phone
title: A phone is lost, and wiped ten minutes after it was told
begins: 2015-10-14T08:00:00Z
ends: "09:30"
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
  people: [mdm-admin]
steps:
  - { at: "08:10", by: alice, type: "tell mdm-admin I lost my phone" }
  - { at: "08:20", by: mdm-admin, on: mdm, type: "wipe alice-phone" }
moments:
  told: { first: person.told, to: mdm-admin }
  ordered: { first: mdm.wipe-ordered, phone: alice-phone }
expect:
  - { id: acknowledged, see: mdm.wipe-acknowledged, within: { target: wipe-acknowledged }, of: ordered, check: para-30.c1/acknowledged }
  - { id: first-step, see: mdm.wipe-ordered, within: { target: first-action }, of: told, check: para-29.c1/told-to-action }
  - { id: told, see: person.told, where: { to: mdm-admin } }
`;
const OURS = `deployment: ours
title: Ours
valid-on: 2015-10-14
targets: { first-action: 5m, wipe-acknowledged: 30m }
references:
  a: { title: Security characteristic, status: held, issue: v2.0, kept: the safe }
declared: { firewall: "it is a box of its own" }
waivers:
  - part: para-29.c1/told-to-action
    owner: Senior risk owner
    reason: nobody is on duty at night
    adviser: Accreditor
    date: 2015-09-01
    expires: 2015-12-01
`;
const NAMES = ['files', 'traces', 'sources', 'verdicts', 'exposures', 'clauses', 'catalogue', 'pages'];

const { place, calldrill, results, verify, names } = verifiedResults('verify');
writeFileSync(join(place, 'story.yaml'), STORY);
writeFileSync(join(place, 'ours.yaml'), OURS);

let made = 0;
const PLAIN = ['story.yaml'];
const ATTACKED = ['baseline-call', '--variant', 'whole-message', '--seed', '42'];

test('results as they were made verify, each result by itself', async (t) => {
  for (const words of [PLAIN, ATTACKED]) {
    const { exit, stdout } = await calldrill('verify', await results(...words));
    t.is(exit, 0, stdout);
    t.deepEqual(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ', 1)[0]),
      NAMES,
    );
    t.notRegex(stdout, /failed|not verified/);
  }
});

test('a deployment is judged too: its targets, what it declares, what it waives', async (t) => {
  const deployed = [...PLAIN, '--deployment', 'ours.yaml'];
  const { exit, stdout } = await calldrill('verify', await results(...deployed));
  t.is(exit, 0, stdout);
  t.regex(stdout, /waivers as of 2015-10-14/);
  await names(
    t,
    deployed,
    (folder) => {
      edit(folder, 'report.json', '"asOf": "2015-10-14"', '"asOf": "2015-12-24"');
      makeManifestRight(folder);
    },
    /sources: waivers were looked at as of 2015-12-24, and what was asked for is 2015-10-14/,
  );
  await names(
    t,
    deployed,
    (folder) => {
      edit(folder, 'sources/deployment.yaml', 'first-action: 5m', 'first-action: 20m');
      makeManifestRight(folder);
    },
    /sources: sources\/deployment.yaml has the digest/,
  );
});

test('without a deployment nothing is waived, and a report that says so is contradicted', async (t) => {
  await names(
    t,
    PLAIN,
    (folder) => {
      edit(folder, 'report.json', /"verdict": "not-tested"/, '"verdict": "waived"');
      makeManifestRight(folder);
    },
    /verdicts: lost-phone\/main: check first-step: the report says waived, the evidence shows not-tested/,
  );
});

test('each seed is a suite of its own; what belongs to none of them is told', async (t) => {
  const folder = await results(...PLAIN, '--seeds', '1..2');
  const { exit, came } = await verify(folder);
  t.is(exit, 0);
  t.deepEqual(
    Object.keys(came),
    ['1', '2'].flatMap((seed) => NAMES.map((name) => `${seed}: ${name}`)),
  );
  writeFileSync(join(folder, 'note.txt'), 'x');
  t.deepEqual((await verify(folder)).faults, ['files: note.txt belongs to none of the suites']);
});

test('what is run without probes verifies as what it is', async (t) => {
  t.is((await verify(await results(...ATTACKED, '--no-probes'))).exit, 0);
});

test('of a planted violation all is judged but whether it was caught, which is told', async (t) => {
  const { exit, came } = await verify(await results(...ATTACKED, '--plant', 'handset.replay'));
  t.is(exit, 4);
  t.deepEqual(
    Object.entries(came).filter(([, each]) => each !== 'verified'),
    [['plant', 'not-verified']],
  );
});

test('one octet changed, in whichever file, is told', async (t) => {
  const original = await results(...PLAIN);
  const beside = ['.calldrill-results', 'timing.json'];
  const files = filesIn(original).filter((path) => !beside.includes(path));
  t.true(files.length > 6);
  for (const [index, path] of files.entries()) {
    const folder = await results(...PLAIN);
    flip(folder, path, 7919 * (index + 1));
    const { exit, came } = await verify(folder);
    t.is(exit, 7, path);
    t.is(came['files'], 'failed', path);
  }
});

const TRACE = 'lost-phone/main/trace.ndjson';
const REHOUSED: Readonly<Record<string, readonly [tamper: (folder: string) => void, fault: RegExp]>> = {
  dropped: [(folder) => rmSync(join(folder, TRACE)), /files: lost-phone\/main\/trace.ndjson is missing/],
  added: [
    (folder) => writeFileSync(join(folder, 'lost-phone/main/more.wav'), 'x'),
    /files: lost-phone\/main\/more.wav is not in the manifest/,
  ],
  renamed: [
    (folder) => renameSync(join(folder, TRACE), join(folder, 'lost-phone/main/trace2.ndjson')),
    /files: lost-phone\/main\/trace2.ndjson is not in the manifest/,
  ],
  linked: [
    (folder) => {
      renameSync(join(folder, TRACE), join(place, `elsewhere-${made++}`));
      symlinkSync(join(place, `elsewhere-${made - 1}`), join(folder, TRACE));
    },
    /files: lost-phone\/main\/trace.ndjson is a symbolic link/,
  ],
  'in another case': [
    (folder) => renameSync(join(folder, TRACE), join(folder, 'lost-phone/main/Trace.ndjson')),
    /files: lost-phone\/main\/Trace.ndjson is not in the manifest \(lost-phone\/main\/trace.ndjson is, which is another name\)/,
  ],
  'in another form of Unicode': [
    (folder) => renameSync(join(folder, TRACE), join(folder, 'lost-phone/main/trace.ndjso\uff4e')),
    /files: .* is not in the manifest \(lost-phone\/main\/trace.ndjson is, which is another name\)/,
  ],
};
for (const [how, [tamper, fault]] of Object.entries(REHOUSED))
  test(`a file that was ${how} is told`, (t) => names(t, PLAIN, tamper, fault));

test('a verdict that was edited, and the manifest made right again, contradicts its trace', async (t) => {
  await names(
    t,
    ATTACKED,
    (folder) => {
      const path = join(folder, 'report.json');
      const report = JSON.parse(readFileSync(path, 'utf8')) as {
        scenarios: { variants: { checks: { kind: string; verdict: string }[] }[] }[];
      };
      const check = report.scenarios[0]?.variants[0]?.checks.find(
        ({ kind, verdict }) => kind === 'probe' && verdict === 'pass',
      );
      if (check === undefined) throw new Error('there is no probe');
      check.verdict = 'fail';
      writeFileSync(path, JSON.stringify(report));
      makeManifestRight(folder);
    },
    /verdicts: baseline-call\/whole-message: check \S+: the report says fail, the evidence shows pass \(event \d+\)/,
  );
});

test('an exposure that was made shorter, or left out, contradicts its trace', async (t) => {
  const told = /exposures: baseline-call\/whole-message: exposure .*\(event \d+\)/;
  await names(
    t,
    ATTACKED,
    (folder) => {
      edit(folder, 'report.json', /"lastSuccess": \d+/, '"lastSuccess": 1');
      makeManifestRight(folder);
    },
    told,
  );
  await names(
    t,
    ATTACKED,
    (folder) => {
      edit(folder, 'report.json', /"exposure": \[\n[\s\S]*?\n {10}\]/, '"exposure": []');
      makeManifestRight(folder);
    },
    told,
  );
});

test('a clause that was removed is told, and so is one that asks for less', async (t) => {
  const without = (
    folder: string,
    change: (clauses: { id: string; paraphrase: string }[]) => unknown,
  ): void => {
    const path = join(folder, 'report.json');
    const report = JSON.parse(readFileSync(path, 'utf8')) as {
      clauses: { id: string; paraphrase: string }[];
    };
    writeFileSync(path, JSON.stringify({ ...report, clauses: change(report.clauses) }));
    makeManifestRight(folder);
  };
  await names(
    t,
    PLAIN,
    (folder) => without(folder, (clauses) => clauses.filter(({ id }) => id !== 'para-30')),
    /catalogue: the clause para-30 is missing/,
  );
  await names(
    t,
    PLAIN,
    (folder) =>
      without(folder, (clauses) =>
        clauses.map((clause) => (clause.id === 'para-30' ? { ...clause, paraphrase: 'Nothing.' } : clause)),
      ),
    /catalogue: the clause para-30 is not in the words of the catalogue/,
  );
});

test('a page that was edited alone is not what the report makes', (t) =>
  names(
    t,
    PLAIN,
    (folder) => {
      edit(folder, 'index.html', 'A phone is lost', 'A phone is found');
      makeManifestRight(folder);
    },
    /pages: index.html is not what the report makes, from octet \d+ on/,
  ));

test('another scenario under the same name is told, also where the report names its digest', async (t) => {
  const other = STORY.replace('{ id: told, see', '{ id: said, see');
  const replace = (folder: string): void => {
    writeFileSync(join(folder, 'sources/lost-phone/scenario.yaml'), other);
    makeManifestRight(folder);
  };
  await names(t, PLAIN, replace, /sources: sources\/lost-phone\/scenario.yaml has the digest/);
  writeFileSync(join(place, 'other.yaml'), other);
  const theirs = await results('other.yaml');
  const { scenarios } = JSON.parse(readFileSync(join(theirs, 'report.json'), 'utf8')) as {
    scenarios: { sha256: string }[];
  };
  await names(
    t,
    PLAIN,
    (folder) => {
      edit(folder, 'report.json', /(?<="sha256": ")[0-9a-f]{64}/, scenarios[0]?.sha256 ?? '');
      replace(folder);
    },
    /verdicts: lost-phone\/main: check said: the report says nothing, the evidence shows pass/,
  );
});

test('what was made before sources were kept is not verified, and does not pass for it', async (t) => {
  const folder = await results(...PLAIN);
  rmSync(join(folder, 'sources'), { recursive: true });
  makeManifestRight(folder);
  const { exit, came } = await verify(folder);
  t.is(exit, 4);
  t.like(came, {
    files: 'verified',
    verdicts: 'not-verified',
    exposures: 'not-verified',
    sources: 'not-verified',
  });
});

test('a folder that is none, or has nothing of calldrill, is refused', async (t) => {
  mkdirSync(join(place, 'empty'));
  const nowhere = await calldrill('verify', 'nowhere');
  t.is(nowhere.exit, 2);
  t.regex(nowhere.stderr, /HOST_FILE_MISSING/);
  const empty = await calldrill('verify', 'empty');
  t.is(empty.exit, 7);
  t.regex(empty.stderr, /VERIFY_NO_RESULTS/);
});
