import test from 'ava';
import { briefingOf } from './briefing.ts';
import { rehearse } from './rehearsal.fixture.ts';

const { consoles, performance } = rehearse('alice');
const { screenplay } = performance.world.options;

function briefing(changes: Partial<typeof screenplay>, role = 'alice'): string {
  return briefingOf({ ...screenplay, ...changes }, role, consoles).join('\n');
}

test('a cue at a fixed time has its time, one after a moment names the moment', (t) => {
  t.true(briefing({}).includes('  at 2015-10-14 08:15:00Z: Tell somebody that your phone is gone.'));
  t.true(briefing({}, 'crs-admin').includes("  5m after the moment 'reported': Block Alice on the CRS."));
  t.true(briefing({}).includes('the one line that it has for you'));
});

test('the end is a time, a moment, or what is due last', (t) => {
  t.true(
    briefing({ ends: { kind: 'after', moment: 'blocked', delay: 0 } }).includes(
      "ends at the moment 'blocked'",
    ),
  );
  const { ends: _, ...endless } = screenplay;
  const text = briefingOf(endless, 'alice', consoles).join('\n');
  t.true(text.includes('ends one minute after the last thing that is due'));
});

test('the variant is named when it has a title of its own', (t) => {
  t.true(briefing({}).includes('The exercise: A phone is stolen.'));
  const variant = { name: 'late', title: 'Reported late', reference: true };
  t.true(briefing({ variant }).includes('The exercise: A phone is stolen (Reported late).'));
});
