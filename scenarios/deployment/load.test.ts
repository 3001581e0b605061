import test from 'ava';
import { DAY, HOUR, MINUTE, SECOND } from '../../sim/clock.ts';
import { placeOf } from '../../sim/errors.ts';
import { TARGETS } from '../catalogue/targets.ts';
import { REFERENCES } from '../catalogue/references.ts';
import { ScreenplayError } from '../language/index.ts';
import type { Mistake } from '../language/mistakes/mistake.fixture.ts';
import { DEPLOYMENT_EXAMPLE, DEPLOYMENT_WORDS } from './example.fixture.ts';
import { isDeployment, loadDeployment } from './load.ts';
import { DEPLOYMENT_MISTAKES } from './mistakes.fixture.ts';
import { MEDIA, STATEMENTS } from './words.ts';

const read = (text: string) => loadDeployment(text, 'ours.yaml', DEPLOYMENT_WORDS);

function refusalOf(text: string): ScreenplayError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ScreenplayError) return error;
    throw error;
  }
  throw new Error('the file was not refused');
}

test('the shipped example has every target, reference, statement and medium that there is', (t) => {
  const { targets, references, statements, disposal } = read(DEPLOYMENT_EXAMPLE);
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
  t.deepEqual(names(targets), Object.keys(TARGETS));
  t.deepEqual(names(references), Object.keys(REFERENCES));
  t.deepEqual(names(statements), Object.keys(STATEMENTS));
  t.deepEqual(names(disposal), [...MEDIA]);
});

test('what it says is read, each with the line that it comes from', (t) => {
  const deployment = read(DEPLOYMENT_EXAMPLE);
  const lines = DEPLOYMENT_EXAMPLE.split('\n');
  const lineOf = (start: string) => lines.findIndex((line) => line.trimStart().startsWith(start)) + 1;
  t.like(deployment, {
    ...{ name: 'example', title: 'An example organisation', file: 'ours.yaml', text: DEPLOYMENT_EXAMPLE },
    validOn: { text: '2015-12-01', begins: (Date.UTC(2015, 11, 1) / 1000) * SECOND },
    certificate: { number: '2013-000', version: '3.0', expires: { text: '2017-03-31' } },
    classification: { ceiling: 'OFFICIAL', system: 'OFFICIAL' },
  });
  t.like(deployment.parameters, { 'skew-limit': 10 * MINUTE, 'block-ends-sessions': true });
  t.is(deployment.parameterPlaces.get('skew-limit')?.line, lineOf('skew-limit'));
  t.false(deployment.parameterPlaces.has('calendar'));
  const target = (name: string) => deployment.targets.find((each) => each.name === name);
  t.like(target('first-action'), { kind: 'duration', value: HOUR, where: { line: lineOf('first-action') } });
  t.like(target('unwiped'), { kind: 'duration', value: 2 * DAY });
  t.like(target('chain-months'), { kind: 'months', value: 1 });
  t.like(target('tls-versions'), { kind: 'words', value: ['1.2'] });
  t.like(target('call-quality'), {
    kind: 'quality',
    value: { setUp: 10 * SECOND, jitter: 60_000, loss: 3, completed: 95 },
  });
  t.like(deployment.references[7], {
    name: 'h',
    status: 'held',
    issue: 'rev B',
    where: { line: lineOf('h: {') },
  });
  t.like(deployment.waivers, {
    length: 1,
    0: {
      covers: { kind: 'part', id: 'para-17-b2.c1/hardware' },
      owner: 'Senior risk owner',
      given: { text: '2015-09-01' },
      expires: { text: '2016-04-01' },
    },
  });
  t.is(deployment.platforms.length, 3);
  t.like(deployment.roles[0], { name: 'crs-admins', people: ['A. Admin'], deputies: ['B. Deputy'] });
  t.like(deployment.contacts[1], { name: 'vendor', reach: 'support@example.org' });
  t.like(deployment.countries[0], { name: 'freedonia', permission: 'TD-17' });
});

test('the least file says its name and its day, and nothing is taken for granted', (t) => {
  const least = read('deployment: least\nvalid-on: 2015-10-14\n');
  t.deepEqual(least.parameters, {});
  for (const list of ['targets', 'references', 'waivers', 'statements', 'roles', 'countries'] as const)
    t.deepEqual(least[list], []);
  t.is(least.certificate, undefined);
});

/** The text of a mistake, and `line:column` of each mark. */
function edited({ from = '', to }: Mistake): { readonly text: string; readonly places: readonly string[] } {
  const places: string[] = [];
  let text = '';
  for (const [index, part] of DEPLOYMENT_EXAMPLE.replace(from, () => to)
    .split('¤')
    .entries()) {
    if (index > 0) {
      const lines = text.split('\n');
      places.push(`ours.yaml:${lines.length}:${(lines.at(-1) ?? '').length + 1}`);
    }
    text += part;
  }
  return { text, places };
}

for (const [index, mistake] of DEPLOYMENT_MISTAKES.entries())
  test(`mistake ${index + 1}: ${mistake.codes.join(', ')}: ${mistake.to.slice(0, 60).trim()}`, (t) => {
    t.is(DEPLOYMENT_EXAMPLE.split(mistake.from ?? '').length, 2, 'the edit fits in one place');
    const { text, places } = edited(mistake);
    const { problems } = refusalOf(text);
    const said = problems.map(({ message, fix }) => `${message} ${fix}`).join('\n');
    t.deepEqual(
      problems.map(({ code }) => code),
      mistake.codes.map(String),
      said,
    );
    if (places.length > 0)
      t.deepEqual(
        problems.map(({ where }) => placeOf(where)),
        places,
      );
    t.true(said.includes(mistake.says ?? ''), said);
  });

test('a file is a deployment when its first key says so', (t) => {
  t.true(isDeployment(DEPLOYMENT_EXAMPLE));
  t.true(isDeployment('\uFEFF# ours\r\n\r\n---\ndeployment : x'));
  t.true(isDeployment('deployment:\n\tbroken'));
  for (const text of [
    '',
    'scenario: x\ndeployment: y',
    'a:\n  deployment: x',
    'deployments: x',
    '- deployment: x',
  ])
    t.false(isDeployment(text), text);
});

test('a scenario that is given for a deployment is refused by name', (t) => {
  const codes = refusalOf('scenario: x\ntitle: X\n').problems.map(({ code }) => code);
  t.true(codes.includes('SCENARIO_MISSING_KEY') && codes.includes('SCENARIO_UNKNOWN_KEY'));
});
