/** The check of shared beginnings itself: some shipped variants both ways; and a beginning that is another, which it finds. */
import test from 'ava';
import { loadAssets, loadScenario, shippedScenarios } from '../../../scenarios/host/index.ts';
import { Beginnings, type PerformanceOptions } from '../../../scenarios/runs/index.ts';
import { SHIPPED_KINDS } from '../../../scenarios/world/index.ts';
import { beginningsReport, checkBeginnings } from './shared-beginnings.ts';

const screenplays = await Promise.all(
  (await shippedScenarios()).map((file) => loadScenario(file, SHIPPED_KINDS)),
);
const assets = await loadAssets();
let time = 0;
const now = (): number => time++;

/** Two that part late, with probes before that, and two without. */
const PAIRS: readonly (readonly [scenario: string, variants: readonly string[], probes: boolean])[] = [
  ['client-compromise', ['block-wipe-destroy', 'block-destroy-wipe'], true],
  ['monthly-rekey', ['checked-after-load', 'on-time', 'disc-reused'], false],
];
for (const [id, variants, probes] of PAIRS) {
  const screenplay = screenplays.find((each) => each.id === id);
  if (screenplay === undefined) continue;
  test(`variants of ${id} come to the same with shared beginnings and from the first line`, (t) => {
    const beginnings = new Beginnings();
    const checked = checkBeginnings({ screenplay, variants, seed: '9', probes, assets, beginnings, now });
    t.deepEqual(
      checked.map(({ variant, difference }) => [variant, difference]),
      variants.map((variant) => [variant, undefined]),
    );
    t.is(beginnings.size, variants.length);
  });
}

test('a beginning that is told under the name of another variant is found', (t) => {
  const screenplay = screenplays.find(({ id }) => id === 'monthly-rekey');
  if (screenplay === undefined) return t.fail('it is shipped');
  class Mistaken extends Beginnings {
    override find(options: PerformanceOptions) {
      const kept = super.find(options);
      return kept && super.find({ ...options, screenplay: { ...options.screenplay, variant: OTHER } });
    }
  }
  const variants = ['on-time', 'checked-after-load'];
  const beginnings = new Mistaken();
  const checked = checkBeginnings({
    screenplay,
    variants,
    seed: '9',
    probes: false,
    assets,
    beginnings,
    now,
  });
  t.is(checked[0]?.difference, undefined);
  t.regex(checked[1]?.difference ?? '', /^line 1 of the trace is .*"variant":"other"/);
  t.regex(
    beginningsReport(checked).join('\n'),
    /^2 variants: .*, 1 another run\nmonthly-rekey\/checked-after-load without probes: line 1 /,
  );
});

const OTHER = { name: 'other', title: 'Another', reference: false };
