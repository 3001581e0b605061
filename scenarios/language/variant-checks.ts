/** What a variant says of checks, by their ids: what it predicts otherwise, why it is refused, what is shown, and what does not apply. */
import { targetOf } from './deadline.ts';
import { readParts } from './parts.ts';
import type { Item } from './reading.ts';
import { PREDICTIONS, type Screenplay, type Variant } from './screenplay.ts';
import type { Stage } from './stage.ts';
import { readReasonCode } from './step.ts';

/** Other reasons of refusals that are predicted. */
export function readReasons(stage: Stage, item: Item): Variant['reasons'] {
  return readById(
    stage,
    item,
    (key, id) => stage.check(key, id, ['probe']),
    (_, value) => readReasonCode(stage, value),
  );
}

/** Checks that have no meaning in the variant, with the reason. */
export function readNotApplicable(stage: Stage, item: Item): Variant['notApplicable'] {
  return readById(
    stage,
    item,
    (key, id) => stage.check(key, id),
    (_, value) => stage.reading.text(value),
  );
}

/** What checks show in this variant: `check: { dec-prev: para-31-note.c1/last-month-unlinked }`. */
export function readBindings(
  stage: Stage,
  { probes, expect }: Pick<Screenplay, 'probes' | 'expect'>,
  item: Item,
): Variant['parts'] {
  return readById(
    stage,
    item,
    (key, id) => stage.check(key, id),
    (id, value) => {
      const probe = probes.find((each) => each.id === id);
      return readParts(
        stage,
        value,
        probe === undefined
          ? { kind: 'expectation', target: targetOf(expect.find((each) => each.id === id)) }
          : { kind: 'probe', row: probe.row },
      );
    },
  );
}

/** Other predictions of probes that are made. */
export function readPredictions(
  stage: Stage,
  only: readonly string[] | undefined,
  item: Item,
): Variant['predict'] {
  const { reading } = stage;
  return readById(
    stage,
    item,
    (key, id) => stage.check(key, id, ['probe']),
    (id, value) => {
      if (only?.includes(id) !== false) return reading.choice(value, PREDICTIONS);
      const where = value.key ?? value.where;
      return reading.problem('SCENARIO_KEY_CONFLICT', where, `'${id}' is not among 'only'`, 'Add it there.');
    },
  );
}

/** Reads a map from ids to values; `check` reports an id that does not exist. */
export function readById<Value>(
  stage: Stage,
  item: Item,
  check: (key: Item, id: string) => string | undefined,
  read: (id: string, value: Item) => Value | undefined,
): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const [id, each] of stage.reading.pairs(item) ?? []) {
    const known = check({ ...each, where: each.key ?? each.where }, id);
    const value = known === undefined ? undefined : read(id, each);
    if (value !== undefined) values.set(id, value);
  }
  return values;
}
