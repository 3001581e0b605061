/**
 * What was asked for as an OSCAL assessment plan: which clauses the runs bind to, and with which seeds and parameters. There is no system security
 * plan; OSCAL wants one named, so `import-ssp` points at a resource that says so.
 */
import type { JsonValue } from '../../sim/canonical-json.ts';
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import type { ToldCheck } from '../machines/told-checks.ts';
import { clauseOf } from '../tally.ts';
import {
  OSCAL_FILES,
  oscalDocument,
  propsOf,
  someOf,
  tokenOf,
  word,
  type Naming,
  type OscalVersion,
} from './document.ts';

/** What the documents about one report share. */
export interface OscalReport {
  readonly suite: SuiteResult;
  readonly told: readonly ToldCheck[];
  readonly version: OscalVersion;
  /** SHA-256 of report.json, hexadecimal. */
  readonly digest: string;
  /** When the last run ended. */
  readonly modified: string;
  readonly named: Naming;
}

/** `oscal-assessment-plan.json`. */
export function planJson({ suite, told, version, digest, modified, named }: OscalReport): string {
  const bound = new Set(told.flatMap(({ parts }) => parts.map(clauseOf)));
  const planned = suite.clauses.filter(({ id }) => bound.has(id));
  const others = suite.clauses.filter(({ id }) => !bound.has(id));
  const system = named('plan', 'system');
  return oscalDocument(
    {
      root: 'assessment-plan',
      title: 'What was ordered',
      ...{ version, tool: suite.tool, modified },
      remarks: 'It was made from the report of the runs.',
    },
    {
      'import-ssp': { href: `#${system}`, remarks: 'There is no system security plan.' },
      'reviewed-controls': {
        description: 'Clauses that a check of an ordered run binds to; the others are excluded.',
        links: [{ href: `./${OSCAL_FILES.catalog}`, rel: 'reference' }],
        'control-selections': [
          selectionOf(
            'Clauses that checks bind to.',
            planned.map(({ id }) => id),
            others.map(({ id }) => id),
          ),
        ],
      },
      'assessment-assets': {
        'assessment-platforms': [
          {
            ...{ uuid: named('plan', 'platform'), title: word(suite.tool) },
            props: propsOf([
              ['seed', suite.seed],
              ['key-seed', suite.keySeed],
              ['plant', suite.plant],
              ['reveals-keys', suite.revealsKeys === true ? 'true' : undefined],
              ['replay', suite.replay],
              ...suite.parameters.map(({ name, value }) => ['parameter', `${name} ${value}`] as const),
            ]),
          },
        ],
      },
      'back-matter': { resources: [reportResource(system, digest)] },
    },
  );
}

/** Clauses that are looked at, and those that are not. */
export function selectionOf(
  description: string,
  included: readonly string[],
  excluded: readonly string[],
): JsonValue {
  const controls = (ids: readonly string[]) => someOf(ids.map((id) => ({ 'control-id': tokenOf(id) })));
  // OSCAL 1.2 takes no selection that includes nothing: then it is everything but everything.
  return included.length === 0
    ? { description, 'include-all': {}, 'exclude-controls': controls(excluded) }
    : { description, 'include-controls': controls(included), 'exclude-controls': controls(excluded) };
}

function reportResource(uuid: string, digest: string): JsonValue {
  return {
    ...{ uuid, title: 'The emulated system' },
    description:
      'No system security plan exists. What was emulated is in the report, and in the scenario files that it names with their digests.',
    rlinks: [
      {
        ...{ href: './report.json', 'media-type': 'application/json' },
        hashes: [{ algorithm: 'SHA-256', value: digest }],
      },
    ],
  };
}
