/**
 * What suites cost. The targets of times of variants were set for the 26 variants that there were then, so these are measured by name and held
 * against them; what is shipped today has figures of its own. The 26 have grown since, too: they have more probes and checks and
 * longer worlds than those that the targets were set for, and nothing is taken off for that.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert } from '../../sim/errors.ts';
import { benchMonth, MONTH_WORLD } from '../../scenarios/runs/month.bench.ts';
import { benchVariants, type VariantsBench } from '../../scenarios/runs/variants.bench.ts';
import { benchOf, type DeclaredBench, type TestBed } from './bench-declared.ts';
import { printed } from './bench-figure.ts';

/** Of the suite that is measured, which is that of the golden report. */
const SUITE_SEED = '42';
/** A pass without probes has keys of its own. */
const UNPROBED_SEED = '43';

/** The variants of which 142.8 s of the processor were measured: those that there were when the targets were set. */
export const FIRST_VARIANTS: Readonly<Record<string, readonly string[]>> = {
  'baseline-call': ['home-wifi', 'third-generation', 'congested', 'strangers-told-apart', 'stack-of-2013'],
  'client-compromise': [
    'block-wipe-destroy',
    'wipe-destroy-block',
    'wipe-block-destroy',
    'destroy-wipe-block',
    'destroy-block-wipe',
    'block-destroy-wipe',
    'next-month-loaded',
    'only-wipe-out-of-reach',
    'only-destroy-keys',
    'unblocked-early',
    'reported-late',
    'skew-72h',
    'identities-unchecked',
    'old-keys-unlinked',
    'static-psk',
  ],
  'monthly-rekey': ['on-time', 'mostly-offline', 'skew-48h', 'skew-72h', 'checked-after-load', 'disc-reused'],
};

interface Pass {
  readonly seed: string;
  readonly probes: boolean;
  /** Only those of {@link FIRST_VARIANTS}. */
  readonly first: boolean;
}

const pass =
  ({ seed, probes, first }: Pass) =>
  (bed: TestBed): VariantsBench =>
    benchVariants(bed.now, {
      screenplays: bed.screenplays,
      assets: bed.assets,
      ...{ seed, probes },
      chosen: (scenario, variant) => !first || FIRST_VARIANTS[scenario]?.includes(variant) === true,
      onVariant: (scenario, variant) => bed.tell(`${scenario}/${variant}${probes ? '' : ' without probes'}`),
    });

const median = (of: string, ms = 'ms') => ({
  kind: 'time' as const,
  unit: ms,
  about: `${of}, the first left out`,
});

const FIRST = benchOf(
  'the 26 variants that the targets were set for',
  pass({ seed: SUITE_SEED, probes: true, first: true }),
  {
    suiteCpuSeconds: {
      kind: 'time',
      unit: 's',
      about:
        'the 26 variants of then as they are today (they have grown since), on one thread, from cold code on',
      reference: ({ variants }) => `${variants} variants, nothing written; a fifth of 142.8 s is aimed at`,
      value: ({ seconds }) => seconds,
      aim: { atMost: 28.5 },
    },
    variantCpuMsMedian: {
      ...median('one of these with its probes'),
      reference: ({ variants }) => `median of ${variants - 1}`,
      value: ({ medianMs }) => medianMs,
      aim: { atMost: 800 },
    },
  },
);

const FIRST_UNPROBED = benchOf(
  'the same without probes',
  pass({ seed: UNPROBED_SEED, probes: false, first: true }),
  {
    variantCpuMsMedianNoProbes: {
      ...median('one of the 26 variants of then as they are today, no probe made'),
      reference: ({ variants }) => `median of ${variants - 1}, under keys of its own`,
      value: ({ medianMs }) => medianMs,
      aim: { atMost: 200 },
    },
  },
);

const SHIPPED = benchOf('all shipped variants', pass({ seed: SUITE_SEED, probes: true, first: false }), {
  shippedCpuSeconds: {
    kind: 'time',
    unit: 's',
    about: 'all variants that are shipped today, on one thread, from cold code on',
    reference: ({ variants }) => `${variants} variants, nothing written`,
    value: ({ seconds }) => seconds,
  },
  shippedVariantCpuMsMedian: {
    ...median('a variant that is shipped today, with its probes'),
    reference: ({ variants }) => `median of ${variants - 1}`,
    value: ({ medianMs }) => medianMs,
  },
});

const SHIPPED_UNPROBED = benchOf(
  'all shipped variants without probes',
  pass({ seed: UNPROBED_SEED, probes: false, first: false }),
  {
    shippedVariantCpuMsMedianNoProbes: {
      ...median('a variant that is shipped today, no probe made'),
      reference: ({ variants }) => `median of ${variants - 1}, under keys of its own`,
      value: ({ medianMs }) => medianMs,
    },
  },
);

const SECOND_MS = 1000;
const PROGRAM = 'dist/cli/main.js';
const THREADS = 2;

/** Seconds by the clock on the wall in which all is run, written and reported, as whoever types the line waits for it. */
function wholeRun({ wallNow }: TestBed): number {
  const folder = mkdtempSync(join(tmpdir(), 'calldrill-bench-'));
  try {
    const words = ['run', '--seed', SUITE_SEED, '--jobs', String(THREADS), '--out', join(folder, 'out')];
    const begun = wallNow();
    const { status } = spawnSync(process.execPath, [PROGRAM, ...words], { stdio: 'ignore' });
    const elapsed = wallNow() - begun;
    assert(status === 0, 'the shipped suite runs and passes');
    return elapsed / SECOND_MS;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const WHOLE = benchOf('the whole suite by the clock', wholeRun, {
  suiteWallSeconds: {
    kind: 'time',
    unit: 's',
    about:
      'all shipped variants run, written and reported, BY THE CLOCK ON THE WALL: it counts on two cores with nothing else to do',
    reference: `as it is typed, on ${THREADS} threads`,
    value: (seconds) => seconds,
    aim: { atMost: 60 },
  },
});

const MONTH = benchOf('a month', ({ now, assets }) => benchMonth(now, assets), {
  monthSeconds: {
    kind: 'time',
    unit: 's',
    about: `a month with ${MONTH_WORLD.handsets} handsets, ${printed(MONTH_WORLD.lines)} typed lines and ${MONTH_WORLD.callMinutes} minutes of calls`,
    reference: ({ events, typed }) =>
      `${printed(typed)} lines typed, ${printed(events)} events; loaded, run and judged`,
    value: ({ seconds }) => seconds,
    aim: { atMost: 30 },
  },
});

/** In the order in which they are measured. */
export const SUITE_BENCHES: readonly DeclaredBench[] = [
  FIRST,
  FIRST_UNPROBED,
  SHIPPED,
  SHIPPED_UNPROBED,
  WHOLE,
  MONTH,
];
