import * as fc from 'fast-check';
import test from 'ava';
import { formatDuration } from '../../sim/duration.ts';
import { SECOND } from '../../sim/clock.ts';
import { deploymentOf, type DeploymentName } from '../../devices/deployment.ts';
import { loadDeployment } from '../deployment/index.ts';
import { loadScreenplay } from '../language/index.ts';
import { SHIPPED_KINDS, vocabulary } from '../world/index.ts';
import { settersOf } from './parameter-setters.ts';
import { resolvedFor } from './run.ts';

const WORDS = vocabulary(SHIPPED_KINDS);
const NAMES = [
  'skew-limit',
  'register-interval',
  'reconnect-delay',
] as const satisfies readonly DeploymentName[];

/** For each name a value, in seconds, or none. */
const some = fc.record(
  Object.fromEntries(NAMES.map((name) => [name, fc.integer({ min: 60, max: 86_400 })])),
  { requiredKeys: [] },
);
type Some = Partial<Record<string, number>>;

const yaml = (values: Some): string =>
  `{ ${Object.entries(values)
    .map(([name, seconds = 0]) => `${name}: ${formatDuration(seconds * SECOND)}`)
    .join(', ')} }`;
const micros = (values: Some): Record<string, number> =>
  Object.fromEntries(Object.entries(values).map(([name, seconds = 0]) => [name, seconds * SECOND]));

test('property: the last of default, deployment, scenario, variant and command line wins, and is named', (t) => {
  fc.assert(
    fc.property(
      fc.option(some, { nil: undefined }),
      some,
      some,
      some,
      (deployed, scenario, variant, typed) => {
        const deployment =
          deployed === undefined
            ? undefined
            : loadDeployment(
                `deployment: ours\nvalid-on: 2015-10-14\nparameters: ${yaml(deployed)}\n`,
                'ours.yaml',
                WORDS,
              );
        const screenplay = loadScreenplay(
          `scenario: s\ntitle: S\nbegins: 2015-10-14T08:00:00Z\nends: "09:00"\nworld: {}\nparameters: ${yaml(scenario)}\nvariants: { v: { title: V, parameters: ${yaml(variant)} }, w: { title: W, parameters: { skew-limit: 7d } } }\n`,
          's.yaml',
          WORDS,
        );
        const parameters = micros(typed);
        const resolved = resolvedFor({ screenplay, parameters, deployment }, 'v');
        const values = deploymentOf(resolved.parameters);
        const setters = settersOf({ deployment, screenplay, variant: 'v', parameters });
        for (const name of NAMES) {
          const levels = [deployed?.[name], scenario[name], variant[name], typed[name]];
          const last = levels.findLastIndex((each) => each !== undefined);
          const by = (['deployment', 'scenario', 'variant', 'command-line'] as const)[last] ?? 'default';
          t.is(setters[name]?.by, by);
          t.is(setters[name]?.at, by === 'deployment' ? 'ours.yaml:3' : undefined);
          const seconds = levels[last];
          t.is(values[name], seconds === undefined ? deploymentOf()[name] : seconds * SECOND);
        }
        t.like(setters['calendar'], { by: 'default' });
      },
    ),
  );
});
