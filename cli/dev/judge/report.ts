/** What came of all changes: a table of the kinds, and whatever was not noticed, with its place. */
import { CHANGE_KINDS, type ChangeKind } from './change.ts';
import type { TriedChange } from './court.ts';
import { knownOf } from './known-survivors.ts';
import type { KnownSurvivor } from './survivor.ts';
import type { ChangeFate } from './trial.ts';

/** What is counted of one kind. */
export interface KindCount {
  readonly kind: ChangeKind;
  readonly made: number;
  readonly noticed: number;
  readonly refused: number;
  /** Refused for what proves nothing; they do not count. */
  readonly void: number;
  readonly survived: number;
  /** Of those that survived: listed with a reason. */
  readonly known: number;
  readonly broken: number;
}

/** One change that was not noticed, or broke. */
export interface ReportedChange {
  readonly number: number;
  readonly kind: ChangeKind;
  readonly fate: ChangeFate['is'];
  /** `scenarios/catalogue/monthly-rekey.yaml:24` */
  readonly place: string;
  readonly at: string;
  readonly what: string;
  readonly variants: readonly string[];
  readonly by: readonly string[];
  /** Why it need not be noticed. */
  readonly reason: string | undefined;
}

/** All of it in plain data. */
export interface JudgeReport {
  readonly holds: boolean;
  readonly seconds: number;
  readonly kinds: readonly KindCount[];
  readonly unnoticed: readonly ReportedChange[];
  /** Known survivors that did not survive, or of changes that are no longer made. */
  readonly stale: readonly KnownSurvivor[];
  /** What else is wrong: too much scenery, rules that nothing breaks. */
  readonly faults: readonly string[];
}

/** What the report is made of; `stale` entries are looked for among those that `isAbout` lets in. */
export interface Findings {
  readonly tried: readonly TriedChange[];
  readonly known: readonly KnownSurvivor[];
  readonly faults: readonly string[];
  readonly seconds: number;
}

/** Counts, and holds the list of known survivors against what was tried. */
export function reportOf({ tried, known, faults, seconds }: Findings): JudgeReport {
  const reasonOf = ({ change, fate }: TriedChange): string | undefined =>
    fate.is === 'survived' ? knownOf(known, change)?.reason : undefined;
  const kinds = CHANGE_KINDS.flatMap((kind): readonly KindCount[] => {
    const own = tried.filter(({ change }) => change.kind === kind);
    const count = (is: ChangeFate['is']): number => own.filter(({ fate }) => fate.is === is).length;
    if (own.length === 0) return [];
    return [
      {
        ...{ kind, made: own.length, noticed: count('noticed'), refused: count('refused') },
        ...{ void: count('void'), survived: count('survived') },
        ...{ known: own.filter((each) => reasonOf(each) !== undefined).length, broken: count('broken') },
      },
    ];
  });
  const stale = known.filter(
    (entry) => !tried.some(({ change, fate }) => fate.is === 'survived' && knownOf([entry], change)),
  );
  const unnoticed = tried.flatMap((each): readonly ReportedChange[] => {
    const { number, change, fate, variants } = each;
    if (fate.is === 'noticed' || fate.is === 'refused') return [];
    const { kind, file, line, at, what } = change;
    const reason = reasonOf(each);
    return [
      { number, kind, fate: fate.is, place: `${file}:${line}`, at, what, variants, by: fate.by, reason },
    ];
  });
  const holds =
    stale.length + faults.length === 0 &&
    kinds.every(({ survived, known: excused, broken }) => broken === 0 && survived === excused);
  return { holds, seconds, kinds, unnoticed, stale, faults };
}

const COLUMNS = ['made', 'noticed', 'refused', 'void', 'survived', 'known', 'broken'] as const;
const WIDTH = 10;

/** The report as it is printed. */
export function linesOf({ holds, seconds, kinds, unnoticed, stale, faults }: JudgeReport): readonly string[] {
  const row = (name: string, cells: readonly (string | number)[]): string =>
    `${name.padEnd(WIDTH)}${cells.map((cell) => String(cell).padStart(WIDTH)).join('')}`;
  return [
    row('', [...COLUMNS, 'caught']),
    ...kinds.map((count) =>
      row(count.kind, [...COLUMNS.map((column) => count[column]), `${percentOf(count)} %`]),
    ),
    ...unnoticed.flatMap(({ number, kind, fate, place, at, what, variants, by, reason }) => [
      `${reason === undefined ? fate : 'known'} ${number} ${kind}: ${place}: ${at}: ${what} (${variants.join(', ')})`,
      ...(by.length === 0 ? [] : [`    ${by.join('; ')}`]),
      ...(reason === undefined ? [] : [`    ${reason}`]),
    ]),
    ...stale.map(
      ({ scenario, kind, at, what }) => `STALE known survivor: ${scenario}: ${kind}: ${at}: ${what}`,
    ),
    ...faults.map((fault) => `FAULT ${fault}`),
    `${holds ? 'holds' : 'FAILS'} in ${seconds} s`,
  ];
}

/** Of the changes that count, with one decimal, rounded down. */
function percentOf({ made, noticed, refused, void: nothing }: KindCount): number {
  const counted = made - nothing;
  return counted === 0 ? 100 : Math.floor(((noticed + refused) * 1000) / counted) / 10;
}
