/** The relations on small things and on a sample of the shipped scenarios; `npm run metamorphic` holds all of them. */
import test from 'ava';
import { loadAssets, loadScenario, shippedScenarios } from '../../../scenarios/host/index.ts';
import { variantsOf } from '../../../scenarios/language/index.ts';
import { SHIPPED_KINDS } from '../../../scenarios/world/index.ts';
import { otherIdentities } from './identities.ts';
import { differencesOf, unmovedBy, type Shown } from './likeness.ts';
import { aMonthLater } from './months.ts';
import { CONTRASTS, RELATIONS, type Relation } from './relation.ts';
import { PairedRuns } from './trial.ts';

const screenplays = await Promise.all(
  (await shippedScenarios()).map((file) => loadScenario(file, SHIPPED_KINDS)),
);
const runs = new PairedRuns(await loadAssets());

test('a date is a month later, and as near to the end of its month as it was', (t) => {
  for (const [before, after] of [
    ['2015-10', '2015-11'],
    ['begins: 2015-10-20T08:00:00Z', 'begins: 2015-11-19T08:00:00Z'],
    ['"2015-10-31 23:58"', '"2015-11-30 23:58"'],
    ['2015-11-01 00:05', '2015-12-01 00:05'],
    ['2015-12-30', '2016-01-30'],
    ['2016-01-31', '2016-02-29'],
    ['--month 2015-12 --sent', '--month 2016-01 --sent'],
    ['disc: alice-2015-12', 'disc: alice-2016-01'],
    ['+442015-1000001, 12015-10, 2015-13', '+442015-1000001, 12015-10, 2015-13'],
  ] as const)
    t.is(aMonthLater(before), after);
});

test('users have other names and numbers, however these are spelt, and everything else stays', (t) => {
  const [screenplay] = screenplays.filter(({ id }) => id === 'baseline-call');
  t.assert(screenplay !== undefined);
  if (screenplay === undefined) return;
  const said = otherIdentities(screenplay);
  t.is(said('call "+44 7700 900001" --for 5s, 07700900001'), 'call "+44 7700 900997" --for 5s, 07700900997');
  t.is(said('alice-phone alice-to-bob#1 malice crs'), 'yusuf-phone yusuf-to-xenia#1 malice crs');
  t.notRegex(said(screenplay.text), /\b(?:alice|bob)\b/);
});

const shown = (verdict: 'pass' | 'fail', traceDigest: string, refusedAs = 'blocked'): Shown => ({
  traceDigest,
  exposure: [],
  checks: [
    {
      id: 'calls',
      kind: 'probe',
      title: '',
      parts: [],
      verdict,
      why: '',
      evidence: [],
      source: '',
      probe: {
        row: 'live-call',
        line: '',
        time: 0,
        predict: 'refused',
        prediction: '',
        outcome: 'refused',
        refusedAs,
        because: '',
        means: [],
        positiveControl: 'opened',
        positiveBecause: '',
        negativeControl: 'refused',
        negativeBecause: '',
        forked: true,
      },
    },
  ],
});
const twin = { said: (words: string): string => words, holds: (): boolean => true };

test('planted: another verdict, another reason, a check that is gone, another loss and a change that changes nothing are told', (t) => {
  const run = shown('pass', 'a');
  t.deepEqual(differencesOf(run, shown('pass', 'b'), twin), []);
  t.regex(differencesOf(run, shown('fail', 'b'), twin).join('\n'), /^calls: pass .*, and fail /);
  t.regex(differencesOf(run, shown('pass', 'b', 'no-psk'), twin).join('\n'), /as blocked.* as no-psk/);
  t.regex(differencesOf(run, { ...run, traceDigest: 'b', checks: [] }, twin).join('\n'), /and not there$/);
  t.regex(differencesOf(run, run, twin).join('\n'), /nothing was changed/);
  const loss = { attacker: 'thief', attack: 'call-as', route: 'crs', asset: 'identity', capability: 'sign' };
  const bar = { ...loss, needs: [], fromEarliest: 0, from: 0, lastSuccess: 0, means: [], sources: [] };
  const exposed = { ...bar, audioSeconds: 0, tries: [], controlled: true };
  t.regex(
    differencesOf(run, { ...shown('pass', 'b'), exposure: [exposed] }, twin).join('\n'),
    /^only in its twin: thief/,
  );
  const [skew] = CONTRASTS;
  t.assert(skew !== undefined);
  if (skew !== undefined) {
    const outside = shown('pass', 'a', skew.reason);
    t.deepEqual(unmovedBy(outside, shown('pass', 'b', skew.reason), skew), ['calls']);
    t.deepEqual(unmovedBy(outside, shown('pass', 'b', 'calendar'), skew), []);
  }
});

test('planted: a relation that moves the theft is no relation', (t) => {
  const screenplay = screenplays.find(({ id }) => id === 'client-compromise');
  t.assert(screenplay !== undefined);
  if (screenplay === undefined) return;
  const text = screenplay.text.replace('type: "seize alice-phone"', 'type: "seize carol-phone"');
  t.not(text, screenplay.text);
  const by: Relation = {
    name: 'wrong',
    title: 'another phone is stolen',
    twinOf: () => ({ ...twin, text }),
  };
  const result = runs.resultOf({ screenplay, variant: 'only-destroy-keys', by });
  t.regex(result?.troubles.join('\n') ?? '', /^live-call-before: pass/m);
});

test('planted: a twin that is the run itself with every seed shows nothing, and is told', (t) => {
  const screenplay = screenplays.find(({ id }) => id === 'logs-unchecked');
  if (screenplay === undefined) return t.fail();
  const by: Relation = {
    name: 'none',
    title: 'nothing is changed',
    twinOf: ({ text }) => ({ ...twin, text }),
  };
  const result = runs.resultOf({ screenplay, variant: 'skipped', by });
  t.deepEqual(result?.troubles, ['nothing was changed: the traces are the same, octet for octet']);
});

test('one phone more may change how many there are of something, also where only a variant counts it', (t) => {
  const screenplay = screenplays.find(({ id }) => id === 'late-cdr');
  const by = RELATIONS.find(({ name }) => name === 'idle-handset');
  const made = screenplay && by?.twinOf(screenplay, 'static-psk');
  t.false(made?.holds({ id: 'all-fetch', kind: 'expectation' }));
  t.true(made?.holds({ id: 'all-fetch', kind: 'probe' }));
});

// Every third scenario by one relation, and another one by the next: all of them would take minutes.
for (const [index, screenplay] of screenplays.filter((_, at) => at % 3 === 0).entries()) {
  const relation = RELATIONS[index % RELATIONS.length];
  const [first] = variantsOf(screenplay);
  if (relation === undefined || first === undefined) continue;
  test(`${screenplay.id}/${first.name} shows the same with ${relation.title}`, (t) => {
    const result = runs.resultOf({ screenplay, variant: first.name, by: relation });
    t.deepEqual(result?.troubles ?? [], []);
  });
}
