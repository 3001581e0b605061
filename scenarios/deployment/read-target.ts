/** Targets of a deployment file, each of the kind that the catalogue gives it. */
import { TARGETS, type CatalogueTarget } from '../catalogue/targets.ts';
import { Fields } from '../language/fields.ts';
import type { Item, Reading } from '../language/reading.ts';
import type { DeclaredTarget, QualityBounds } from './deployment.ts';
import { placeOfEntry, readTexts } from './read-value.ts';

const MONTHS_MAX = 1200;

/** All of them; one that the catalogue does not know is SCENARIO_UNKNOWN_TARGET. */
export function readTargets(reading: Reading, item: Item): readonly DeclaredTarget[] {
  const fields = Fields.of(reading, item);
  const targets = Object.entries(TARGETS).flatMap(
    ([name, target]) => fields?.optional(name, (each) => readTarget(reading, name, target, each)) ?? [],
  );
  fields?.finish('SCENARIO_UNKNOWN_TARGET');
  return targets;
}

function readTarget(
  reading: Reading,
  name: string,
  { kind }: CatalogueTarget,
  item: Item,
): DeclaredTarget | undefined {
  const entry = { name, where: placeOfEntry(item) };
  switch (kind) {
    case 'duration': {
      const value = reading.duration(item);
      return value === undefined ? undefined : { ...entry, kind, value };
    }
    case 'months': {
      const value = reading.number(item, { min: 0, max: MONTHS_MAX, whole: true });
      return value === undefined ? undefined : { ...entry, kind, value };
    }
    case 'words': {
      const value = readTexts(reading, item);
      return value === undefined ? undefined : { ...entry, kind, value };
    }
    case 'quality': {
      const value = readQuality(reading, item);
      return value === undefined ? undefined : { ...entry, kind, value };
    }
  }
}

function readQuality(reading: Reading, item: Item): QualityBounds | undefined {
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const percent = (each: Item): number | undefined =>
    reading.number(each, { min: 0, max: 100, whole: false });
  const setUp = fields.optional('set-up', (each) => reading.duration(each));
  const jitter = fields.optional('jitter', (each) => reading.duration(each));
  const loss = fields.optional('loss', percent);
  const completed = fields.optional('completed', percent);
  fields.finish();
  const bounds = {
    ...(setUp === undefined ? {} : { setUp }),
    ...(jitter === undefined ? {} : { jitter }),
    ...(loss === undefined ? {} : { loss }),
    ...(completed === undefined ? {} : { completed }),
  };
  if (Object.keys(bounds).length > 0) return bounds;
  return reading.problem(
    'SCENARIO_VALUE',
    item.where,
    `${item.what} bounds nothing`,
    'Give set-up, for one.',
  );
}
