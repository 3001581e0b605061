/** A run on real sockets: its verdicts follow from its trace or are told, and that nobody can run it again is always said. */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { edit, makeManifestRight } from '../verify/tampering.fixture.ts';
import { verifiedResults } from '../verify/verified-results.fixture.ts';

const STORY = `scenario: hello
title: Somebody says something
begins: 2015-10-14T08:00:00Z
ends: "08:02"
world: { users: {}, people: [ann, ben] }
steps:
  - { at: "08:01", by: ann, type: "tell ben hello" }
expect:
  - { id: told, see: person.told }
`;

const { place, calldrill, verify } = verifiedResults('verify-live');
const TRACE = 'hello/main/trace.ndjson';
let copies = 0;

test.before(async (t) => {
  writeFileSync(join(place, 'hello.yaml'), STORY);
  const { exit, stderr } = await calldrill('live', 'hello.yaml', '--out', 'original', '--quiet');
  t.true([0, 4].includes(exit), stderr);
});

/** The results, with texts of the report and the trace exchanged; digests are not looked at here. */
function tampered(...edits: readonly (readonly [path: string, from: RegExp, to: string])[]): string {
  const folder = join(place, `copy-${copies++}`);
  cpSync(join(place, 'original'), folder, { recursive: true });
  for (const [path, from, to] of edits) edit(folder, path, from, to);
  makeManifestRight(folder);
  return folder;
}

test.serial('verdicts are judged again, and what nobody can verify is said, also with a rerun', async (t) => {
  const { exit, came, why } = await verify(tampered(), '--rerun');
  t.is(exit, 4);
  t.deepEqual(
    Object.entries(came).filter(([, each]) => each !== 'verified'),
    [
      ['live', 'not-verified'],
      ['rerun', 'not-verified'],
    ],
  );
  t.regex(why['live'] ?? '', /rests on whoever made it or signed it/);
  t.regex(why['rerun'] ?? '', /real sockets/);
});

test.serial('a verdict that does not follow from the trace is told', async (t) => {
  const { exit, faults } = await verify(tampered(['report.json', /"verdict": "pass"/, '"verdict": "fail"']));
  t.is(exit, 7);
  t.true(faults.some((fault) => /verdicts: hello\/main: check told: the report says fail/.test(fault)));
});

test.serial(
  'a schedule that the trace does not have is told, and so is a trace that contradicts its own figures',
  async (t) => {
    const reported = await verify(tampered(['report.json', /"skipped": \d+/, '"skipped": 7']));
    t.is(reported.exit, 7);
    t.true(
      reported.faults.some((fault) =>
        /verdicts: hello\/main: schedule lag: the report says .*skipped 7/.test(fault),
      ),
    );
    const late = await verify(tampered([TRACE, /"p99":\d+/, '"p99":99000']));
    t.true(
      late.faults.some((fault) =>
        /verdicts: event \d+ calls the run not valid|verdicts: event \d+ calls the run valid/.test(fault),
      ),
      late.faults.join('\n'),
    );
  },
);

test.serial('a run that came too late, and is reported as if it counted, is told', async (t) => {
  const { faults } = await verify(
    tampered([TRACE, /"p99":\d+(.*)"valid":true/, '"p99":99000,"max":99000,"bound":20000,"valid":false']),
  );
  t.true(
    faults.some((fault) => /check told: the report says pass, the evidence shows inconclusive/.test(fault)),
    faults.join('\n'),
  );
});
