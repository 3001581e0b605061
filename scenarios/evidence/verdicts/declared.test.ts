import test from 'ava';
import { CATALOGUE, PARTS } from '../../catalogue/clauses.ts';
import { DEPLOYMENT_EXAMPLE, DEPLOYMENT_WORDS } from '../../deployment/example.fixture.ts';
import { loadDeployment } from '../../deployment/index.ts';
import { judgeClauses } from './clause.ts';
import { declarationsOf } from './declared.ts';
import { Waivers } from './waiver.ts';

const declared = (text: string) => declarationsOf(loadDeployment(text, 'ours.yaml', DEPLOYMENT_WORDS));
const WHOLE = declared(DEPLOYMENT_EXAMPLE);

test('the example declares all that is asked of a deployment file alone, with the line', (t) => {
  const parts = WHOLE.flatMap((check) => check.parts.map(({ part }) => part));
  t.is(new Set(parts).size, parts.length);
  t.true(parts.every((part) => PARTS.has(part)));
  const asked = [...PARTS.values()].filter(({ by, id }) => by === 'declared' || id.startsWith('ref-'));
  for (const { id } of asked) t.true(parts.includes(id), id);
  for (const { id, verdict, source } of WHOLE) {
    t.is(verdict, 'pass', id);
    t.regex(source, /^ours\.yaml:\d+$/, id);
  }
});

/** The example without one entry, which stands on one line. */
const without = (start: string): string => {
  const lines = DEPLOYMENT_EXAMPLE.split('\n');
  const left = lines.filter((line) => !line.startsWith(start));
  if (left.length !== lines.length - 1) throw new Error(start);
  return left.join('\n');
};

const references = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'];
const statements = ['ts-500', 'android-module', 'firewall', 'microphone', 'random-source'];
const ENTRIES = new Map<string, readonly string[]>([
  ...references.map((letter): [string, readonly string[]] => [
    `  ${letter}: {`,
    WHOLE.map(({ id }) => id).filter((id) => id.startsWith(`references.${letter}`)),
  ]),
  ...statements.map((name): [string, readonly string[]] => [`  ${name}:`, [`declared.${name}`]]),
  ['certificate:', ['certificate']],
]);

for (const [entry, ids] of ENTRIES)
  test(`planted: a file without ${ids.join(' and ')} leaves that, and nothing else, not tested`, (t) => {
    const checks = declared(without(entry));
    const untested = checks.filter(({ verdict }) => verdict !== 'pass');
    t.deepEqual(
      untested.map(({ id, verdict }) => [id, verdict]),
      ids.map((id) => [id, 'not-tested']),
    );
    for (const { id, why, parts } of untested) {
      t.is(why, `${id} is not declared in ours.yaml`);
      t.is(parts[0]?.verdict, 'not-tested');
    }
  });

test('planted: a certificate that has expired, or was revoked by the day that is asked about, fails', (t) => {
  const on = (day: string, text = DEPLOYMENT_EXAMPLE) =>
    declarationsOf(loadDeployment(text, 'ours.yaml', DEPLOYMENT_WORDS), day).find(
      ({ id }) => id === 'certificate',
    );
  const revoked = DEPLOYMENT_EXAMPLE.replace(
    'expires: 2017-03-31',
    'expires: 2017-03-31, revoked: 2016-01-01',
  );
  t.not(revoked, DEPLOYMENT_EXAMPLE);
  t.is(on('2017-03-30')?.verdict, 'pass');
  t.is(on('2017-03-31')?.verdict, 'fail');
  t.is(on('2015-12-31', revoked)?.verdict, 'pass');
  t.is(on('2016-01-01', revoked)?.verdict, 'fail');
  t.is(on('2016-01-01', revoked)?.parts[0]?.verdict, 'fail');
});

test('another issue than the one that is named fails without a reason', (t) => {
  const find = (text: string, id: string) => declared(text).find((each) => each.id === id);
  const reason = ', reason: "rev B came with the app that is in use"';
  for (const id of ['references.h', 'references.h.issue']) {
    t.like(find(DEPLOYMENT_EXAMPLE, id), { verdict: 'pass' });
    t.like(find(DEPLOYMENT_EXAMPLE.replace(reason, ''), id), { verdict: 'fail' });
    t.regex(
      find(DEPLOYMENT_EXAMPLE.replace(reason, ''), id)?.why ?? '',
      /the document names rev A, and no reason/,
    );
  }
  const other = DEPLOYMENT_EXAMPLE.replace('issue: "rev C"', 'issue: "rev D"');
  t.like(find(other, 'references.g'), { verdict: 'fail' });
  const lost = DEPLOYMENT_EXAMPLE.replace(
    'status: held, issue: "rev C", kept: "help desk"',
    'status: not-obtainable, assumption: "as rev B"',
  );
  t.like(find(lost, 'references.g'), { verdict: 'pass' });
  t.like(find(lost, 'references.g.issue'), { verdict: 'not-tested' });
});

test('what is declared decides its clause, and what is not leaves it not tested', (t) => {
  const clauseOf = (text: string) =>
    judgeClauses(CATALOGUE, [], { declares: declared(text), waivers: new Waivers() }).find(
      ({ id }) => id === 'ref-a',
    );
  t.like(clauseOf(DEPLOYMENT_EXAMPLE), { verdict: 'pass' });
  t.deepEqual(clauseOf(DEPLOYMENT_EXAMPLE)?.checks[0]?.parts[0]?.decidedBy, ['deployment/references.a']);
  t.like(clauseOf(without('  a: {')), { verdict: 'not-tested' });
  t.is(judgeClauses(CATALOGUE, []).find(({ id }) => id === 'ref-a')?.verdict, 'not-tested');
});
