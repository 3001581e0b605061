/** Results of a scenario that performs procedures: whoever exchanges one of them is told, and so is who compares with another one. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { edit, makeManifestRight } from '../verify/tampering.fixture.ts';
import { verifiedResults } from '../verify/verified-results.fixture.ts';

const STORY = `scenario: told
title: Somebody is told, by the book
begins: 2015-10-14T08:00:00Z
world: { users: {}, people: [ann, ben] }
steps:
  - { id: word, at: "08:01", perform: pass-on, who: ann, whom: ben }
expect:
  - { id: told, see: person.told, where: { to: ben } }
`;
const procedure = (words: string): string => `procedure: pass-on
title: Somebody says something
source: [para-29]
parameters:
  who: { is: person }
  whom: { is: person }
roles: { teller: "{who}" }
steps:
  - { id: say, by: "{who}", type: "tell {whom} ${words}", clause: para-29 }
`;

const { place, calldrill, results, verify, names } = verifiedResults('verify-procedures');
writeFileSync(join(place, 'told.yaml'), STORY);
mkdirSync(join(place, 'procedures'));
const PROCEDURE = join(place, 'procedures/pass-on.yaml');
writeFileSync(PROCEDURE, procedure('hello'));
const LINE = ['told.yaml'];
const SOURCE = 'sources/told/procedures/pass-on.yaml';

interface Reported {
  readonly scenarios: readonly {
    readonly sha256: string;
    readonly performs: readonly { sha256: string }[];
  }[];
}
const reportIn = (folder: string): Reported =>
  JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Reported;

test.serial('the report has the digest of each procedure, and the sources are held to it', async (t) => {
  const folder = await results(...LINE);
  const [performed] = reportIn(folder).scenarios[0]?.performs ?? [];
  t.like(performed, { name: 'pass-on' });
  const { came } = await verify(folder);
  t.is(came['sources'], 'verified');
});

test.serial('a procedure that was exchanged is told, also where the index was made right', async (t) => {
  const exchange = (folder: string): void => {
    edit(folder, SOURCE, 'hello', 'nothing');
    makeManifestRight(folder);
  };
  await names(t, LINE, exchange, /sources: sources\/told\/procedures\/pass-on.yaml has the digest/);
  await names(
    t,
    LINE,
    (folder) => {
      const [performed] = reportIn(folder).scenarios[0]?.performs ?? [];
      edit(folder, 'sources/index.json', performed?.sha256 ?? '?', 'ab'.repeat(32));
      exchange(folder);
    },
    /sources: sources\/told\/procedures\/pass-on.yaml has the digest [0-9a-f]{64} by the index, and [0-9a-f]{64} by the report/,
  );
});

test.serial('a procedure that the report does not name, or that nobody performs, is told', async (t) => {
  const performs = /"performs": \[[\s\S]*?\n {6}\]/;
  await names(
    t,
    LINE,
    (folder) => {
      edit(folder, 'report.json', performs, '"performs": []');
      makeManifestRight(folder);
    },
    /sources: .*pass-on/,
  );
  await names(
    t,
    LINE,
    (folder) => {
      const [text] = performs.exec(readFileSync(join(folder, 'report.json'), 'utf8')) ?? [];
      edit(
        folder,
        'report.json',
        performs,
        (text ?? '').replace(/\n {6}\]$/, `,{"name":"x","sha256":"${'ab'.repeat(32)}"}]`),
      );
      makeManifestRight(folder);
    },
    /sources: sources\/index.json: it has no procedure x of told/,
  );
});

test.serial('two results with another procedure are not comparable', async (t) => {
  const before = await results(...LINE);
  t.is((await calldrill('compare', before, await results(...LINE))).exit, 0);
  writeFileSync(PROCEDURE, `${procedure('hello')}# another remark\n`);
  const { exit, stdout } = await calldrill('compare', before, await results(...LINE, '--seed', '42'));
  t.is(exit, 4, stdout);
  t.regex(stdout, /told performs another procedure pass-on/);
});
