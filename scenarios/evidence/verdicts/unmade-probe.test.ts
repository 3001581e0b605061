/** Which expectations rest on a probe, and on which. */
import test from 'ava';
import { prefixOf } from './prefix.ts';
import { screenplayOf, traceOf } from './story.fixture.ts';
import { whyNoResult } from './unmade-probe.ts';

const trace = traceOf(
  [1, 'a', { id: 'it' }],
  [2, 'probe.not-made', { id: 'it', row: 'forge', reason: 'no probes were asked for' }, 'thief'],
);

/** The number of the event that says why the probe has no result, for what is expected by these words. */
function numberFor(pattern: string): number | undefined {
  const { expect } = screenplayOf(`expect:\n  - { id: check, check: para-1.c1/seen, see: ${pattern} }\n`);
  const [expectation] = expect.flatMap((each) => (each.kind === 'see' ? [each] : []));
  return expectation === undefined ? undefined : whyNoResult(expectation.pattern, prefixOf(trace))?.n;
}

test('what is said of the result of a probe that was not made is told by its event', (t) => {
  t.is(numberFor('probe.result, where: { id: it, outcome: refused }'), 2);
  t.is(numberFor('probe.result, where: { outcome: refused, id: it }'), 2);
});

test('of another probe, of all, of all but one, or of other events nothing is told', (t) => {
  t.is(numberFor('probe.result, where: { id: another }'), undefined);
  t.is(numberFor('probe.result, where: { outcome: it }'), undefined);
  t.is(numberFor('probe.result, where: { id: { is-not: it } }'), undefined);
  t.is(numberFor('a, where: { id: it }'), undefined);
});
