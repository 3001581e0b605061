import test from 'ava';
import { briefingOf } from './briefing.ts';
import { rehearse } from './rehearsal.fixture.ts';

const { consoles, performance } = rehearse('alice');
const { screenplay } = performance.world.options;

test('the end is told when it is a time, and not when it is something that will happen', (t) => {
  t.true(briefingOf(screenplay, 'alice', consoles).join('\n').includes('and ends at 2015-10-14 09:30:00Z'));
  const after = briefingOf(
    { ...screenplay, ends: { kind: 'after', moment: 'blocked', delay: 0 } },
    'alice',
    consoles,
  ).join('\n');
  t.false(/blocked|ends at/.test(after), after);
});

test('neither the title of the scenario nor that of the variant is told', (t) => {
  const variant = { name: 'late', title: 'Reported late', reference: true };
  const text = briefingOf({ ...screenplay, variant }, 'alice', consoles).join('\n');
  t.false(/stolen|Reported/.test(text), text);
});
