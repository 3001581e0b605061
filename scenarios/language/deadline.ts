/**
 * Deadlines of expectations: a duration, or a target that the deployment declares. A target is a bound that the source document leaves open;
 * without a deployment that declares it the expectation is not tested, whatever happened.
 */
import { isMap } from 'yaml';
import type { Micros } from '../../sim/clock.ts';
import { Fields } from './fields.ts';
import type { Item } from './reading.ts';
import type { Expectation } from './screenplay.ts';
import type { Stage } from './stage.ts';

/** `within: 15m`, or `within: { target: wipe-acknowledged }`. */
export type Deadline =
  { readonly kind: 'length'; readonly length: Micros } | { readonly kind: 'target'; readonly target: string };

/** What stands behind `within`. */
export function readDeadline(stage: Stage, item: Item): Deadline | undefined {
  const { reading } = stage;
  if (!isMap(item.node)) {
    const length = reading.duration(item);
    return length === undefined ? undefined : { kind: 'length', length };
  }
  const fields = Fields.of(reading, item);
  const target = fields?.required('target', (each) => {
    const name = reading.text(each);
    return name === undefined ? undefined : knownTarget(stage, each, name);
  });
  fields?.finish();
  return target === undefined ? undefined : { kind: 'target', target };
}

function knownTarget({ reading, vocabulary }: Stage, item: Item, name: string): string | undefined {
  const targets = vocabulary.targets ?? {};
  const detail = `there is no target '${name}'`;
  const known = reading.known(item, name, 'SCENARIO_UNKNOWN_TARGET', Object.keys(targets), detail);
  if (known === undefined || targets[known]?.kind === 'duration') return known;
  return reading.problem(
    'SCENARIO_VALUE',
    item.where,
    `the target '${known}' is no duration, so nothing can be within it`,
    'Use a target that is a duration.',
  );
}

/** The target that `within` names, as it is written; read and reported elsewhere. */
export function targetNamed(within: Item | undefined): string | undefined {
  const node = within?.node;
  const target: unknown = isMap(node) ? node.get('target') : undefined;
  return typeof target === 'string' ? target : undefined;
}

/** The target that an expectation is held against; undefined when it is held against none. */
export function targetOf(expectation: Expectation | undefined): string | undefined {
  return expectation?.kind === 'see' ? expectation.window.target : undefined;
}
