import test from 'ava';
import { isRuleName, type RuleName } from '../../../devices/rules.ts';
import { codeOf } from '../../../devices/testbed.fixture.ts';
import { performanceOf, worldOf } from '../hall.fixture.ts';
import { rulesOf } from '../rules-of.ts';
import { SHIPPED_KINDS } from '../shipped-kinds.ts';
import { forgets } from './forgetfulness.ts';

/** A line that each rule of a person would have them type. */
const LINES: Readonly<Partial<Record<RuleName, string>>> = {
  'person.reports-loss': 'tell crs-admin my phone is gone',
  'person.raises-signs': 'raise taxi loss alice',
  'person.sends-notices': 'send notice-1 dso',
  'person.records-decisions': 'file decision-1',
  'operator.destroys-keys': 'destroy-keys +447700900001',
  'operator.hides-code': 'hide-qr',
  'administrator.orders-wipe': 'wipe alice-phone',
  'administrator.blocks-user': 'block-user +447700900001',
  'administrator.checks-log': 'check-log',
  'administrator.destroys-discs': 'destroy nov-disc',
};
const RULES = rulesOf(SHIPPED_KINDS);
const PEOPLE = /^(?:person|operator|administrator)\./;
const ruleNames = Object.keys(RULES).filter((name) => isRuleName(RULES, name));

test('somebody who breaks a rule forgets its line, and no other', (t) => {
  const lines = Object.entries(LINES);
  t.deepEqual(
    ruleNames.filter((rule) => PEOPLE.test(rule) && LINES[rule] === undefined),
    [
      'person.asks-back',
      'person.keeps-to-the-route',
      'operator.keeps-cms-offline',
      'operator.takes-new-discs',
      'person.counts-assets',
    ],
    'these are about what is done or taken, not about what is forgotten',
  );
  for (const rule of ruleNames)
    t.deepEqual(
      lines.filter(([, line]) => forgets([rule], line)).map(([own]) => own),
      LINES[rule] === undefined ? [] : [rule],
      rule,
    );
  t.deepEqual(
    lines.filter(([, line]) => forgets([], line)),
    [],
  );
  for (const line of [
    '',
    'carry nov-disc crs-admin',
    'destroyed nov-disc',
    'note tell crs-admin',
    'toString',
  ])
    t.false(forgets(ruleNames, line), line);
  t.true(forgets(ruleNames, '  check-log '));
});

const STEPS = `steps:
  - { id: told, at: "08:01", by: alice, type: "tell crs-admin my phone is gone" }
  - { id: destroyed-keys, at: "08:02", by: cms-operator, on: cms, type: "destroy-keys +447700900001" }
  - { id: wiped, at: "08:02:20", by: mdm-admin, on: mdm, type: "wipe alice-phone" }
  - { id: blocked, at: "08:03", by: crs-admin, on: crs, type: "block-user +447700900001" }
  - { id: checked, at: "08:04", by: crs-admin, on: crs, type: check-log }
  - { id: taken, at: "08:05", by: crs-admin, type: "take-blank scrap" }
  - { id: destroyed, at: "08:06", by: crs-admin, type: "destroy scrap" }
  - { id: noted, at: "08:07", by: crs-admin, type: "note all done" }
expect:
  - { id: begun, see: trace.began, times: 1 }
`;

function typedSteps(broken: readonly RuleName[]): readonly string[] {
  const performance = performanceOf({ yaml: STEPS, broken, ends: '08:10' });
  performance.finish();
  return performance.typed.flatMap(({ step, refused }) =>
    step === undefined || refused !== undefined ? [] : [step.id],
  );
}

test('in a performance the forgotten line is not typed, and every other is', (t) => {
  const all = ['told', 'destroyed-keys', 'wiped', 'blocked', 'checked', 'taken', 'destroyed', 'noted'];
  t.deepEqual(typedSteps([]), all);
  const forgotten = {
    'person.reports-loss': 'told',
    'operator.destroys-keys': 'destroyed-keys',
    'administrator.orders-wipe': 'wiped',
    'administrator.blocks-user': 'blocked',
    'administrator.checks-log': 'checked',
    'administrator.destroys-discs': 'destroyed',
  } as const;
  for (const [rule, id] of Object.entries(forgotten))
    t.deepEqual(
      typedSteps(isRuleName(RULES, rule) ? [rule] : []),
      all.filter((each) => each !== id),
      rule,
    );
});

test('a person who is played is reminded of every step, whatever is planted', (t) => {
  const reminded: string[] = [];
  const performance = performanceOf(
    { yaml: STEPS, broken: ['administrator.blocks-user'], played: ['crs-admin'], ends: '08:10' },
    { onCue: ({ id }) => void reminded.push(id) },
  );
  performance.finish();
  t.deepEqual(reminded, ['blocked', 'checked', 'taken', 'destroyed', 'noted']);
});

test('an operator who takes used discs is stopped by the CMS', (t) => {
  const burn = (broken: readonly RuleName[]): string => {
    const world = worldOf({ broken });
    world.type('cms-operator', 'cms-operator', 'take-blank disc-1');
    world.type('cms-operator', 'cms-operator', 'insert disc-1 cms');
    return codeOf(() => world.type('cms-operator', 'cms', 'burn-disc'));
  };
  t.is(burn([]), 'answered');
  t.is(burn(['operator.takes-new-discs']), 'CMS_USED_DISC');
});
