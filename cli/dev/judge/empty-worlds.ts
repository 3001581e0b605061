/** Lets nothing happen, and lets nothing be tried: a scenario without steps, and one without probes, in each of its variants. */
import { variantsOf } from '../../../scenarios/language/index.ts';
import { changeAt, changeBy, type Change, type OpenScenario } from './change.ts';
import { emptied, listIn, mapIn, pairsOf, wordIn, mapsOf, without, type Edit, type MapNode } from './edit.ts';
import { EVERYTHING } from './leave-out.ts';

/** What is tried without probes is judged by the parts that only they had shown. */
export const NO_PROBES = 'no probes at all';

/** Two changes for each variant. */
export function emptiedWorlds(subject: OpenScenario): readonly Change[] {
  const { file, where } = subject.screenplay;
  const names = variantsOf(subject.screenplay).map(({ name }) => name);
  const of = (name: string) => ({ kind: 'empty', at: `variant ${name}`, variants: [name] }) as const;
  const edits = withoutProbes(subject);
  return [
    ...names.map((name) => {
      const place = { file, line: where.line ?? 0 };
      return changeAt(subject, { ...of(name), ...place, what: 'no steps at all', leftOut: [EVERYTHING] });
    }),
    ...(edits.length === 0
      ? []
      : names.map((name) => changeBy(subject, { ...of(name), what: NO_PROBES }, edits))),
  ];
}

function variantMaps({ root }: OpenScenario): readonly MapNode[] {
  const variants = mapIn(root, 'variants');
  return pairsOf(variants).flatMap(([name]) => mapIn(variants, name) ?? []);
}

/** Nor whatever names one of them; plants name checks that are to fail. */
function withoutProbes(subject: OpenScenario): readonly Edit[] {
  const { root, screenplay } = subject;
  const { text } = screenplay;
  const probes = listIn(root, 'probes');
  const plants = listIn(root, 'plants');
  const own = variantMaps(subject).flatMap((variant) => listIn(variant, 'probes') ?? []);
  const all = [...(probes === undefined ? [] : [probes]), ...own];
  const ids = all.flatMap((list) => mapsOf(list).map((probe) => wordIn(probe, 'id') ?? ''));
  if (all.length === 0) return [];
  return [
    ...all.map((list) => emptied(text, list)),
    ...(plants === undefined ? [] : [emptied(text, plants)]),
    ...variantMaps(subject).flatMap((variant) => [
      ...[mapIn(variant, 'predict') ?? [], mapIn(variant, 'reason') ?? [], listIn(variant, 'only') ?? []]
        .flat()
        .map((named) => emptied(text, named)),
      ...['check', 'not-applicable'].flatMap((key) => withoutKeys(text, mapIn(variant, key), ids)),
    ]),
  ];
}

function withoutKeys(text: string, map: MapNode | undefined, keys: readonly string[]): readonly Edit[] {
  if (map === undefined) return [];
  return without(
    text,
    map,
    pairsOf(map).flatMap(([key], index) => (keys.includes(key) ? [index] : [])),
  );
}
