import test from 'ava';
import { measuresOf } from './measures.ts';
import { probed, traceOf, type Happening } from './verdicts/story.fixture.ts';

const valueOf = (name: string, ...happenings: readonly Happening[]): number | null | undefined =>
  measuresOf(traceOf(...happenings)).find((measure) => measure.name === name)?.value;

const unrolled = (
  t: number,
  asset: string,
  outcome: 'opened' | 'refused' | 'inconclusive' = 'opened',
): Happening => probed(t, { id: `p${t}`, attack: 'unroll', asset, outcome });

test('months are unrolled once each; tries that were refused came to none, and tries that say nothing are no tries', (t) => {
  const months = (...happenings: readonly Happening[]): unknown => valueOf('months unrolled', ...happenings);
  t.is(months(unrolled(1, '2015-10'), unrolled(2, '2015-10'), unrolled(3, '2015-11')), 2);
  t.is(months(unrolled(1, '2015-10', 'refused')), 0);
  t.is(months(unrolled(1, '2015-10', 'inconclusive')), undefined);
  t.is(months(probed(1, { id: 'p1', attack: 'decrypt' })), undefined);
});

test('discs that were refused and machines that something came to are counted once each, and not where nothing was tried', (t) => {
  const refused = (at: number, disc: string): Happening => [at, 'cms.disc-refused', { disc }, 'cms'];
  const contaminated: Happening = [3, 'cms.contaminated', { disc: 'a', by: 'insider' }, 'cms'];
  const all = [refused(1, 'a'), refused(2, 'a'), refused(2, 'b'), contaminated];
  t.is(valueOf('discs refused', ...all), 2);
  t.is(valueOf('contaminated machines', ...all), 1);
  t.is(valueOf('contaminated machines', refused(1, 'a')), 0);
  t.is(valueOf('discs refused', [1, 'trace.began']), undefined);
});
