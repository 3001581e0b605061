/** Files for machines, read back: which check of a suite each of them tells of, and as what. What a file cannot say is not in its table. */
import { parse } from 'csv-parse/sync';
import type { SuiteResult } from '../../scenarios/evidence/model.ts';

/** Status by place. */
export type Statuses = ReadonlyMap<string, string>;

/** checks.csv, without the rows of matrices and runs that failed. */
export function statusesOfCsv(text: string): Statuses {
  const rows: readonly Record<string, string>[] = parse(text, { columns: true });
  return new Map(
    rows
      .filter(({ kind }) => kind !== 'row' && kind !== 'run')
      .map(({ scenario, variant, id, status }) => [
        [scenario, ...(variant === '' ? [] : [variant]), id].join('/'),
        status ?? '',
      ]),
  );
}

/** ctrf.json, by its raw status; the own word of the format is held against it. */
export function statusesOfCtrf(text: string): Statuses {
  const { results } = JSON.parse(text) as {
    results: { tests: { rawStatus: string; type: string; extra: { place: string } }[] };
  };
  return new Map(
    results.tests.flatMap(({ rawStatus, type, extra }) =>
      type === 'run' ? [] : [[extra.place, rawStatus] as const],
    ),
  );
}

/** results.sarif, which has only what failed or is inconclusive. */
export function statusesOfSarif(text: string): Statuses {
  const { runs } = JSON.parse(text) as {
    runs: {
      results: {
        properties: { status: string };
        locations: { logicalLocations: { fullyQualifiedName: string }[] }[];
      }[];
    }[];
  };
  return new Map(
    runs.flatMap(({ results }) =>
      results.map(({ properties, locations }) => [
        locations[0]?.logicalLocations[0]?.fullyQualifiedName ?? '',
        properties.status,
      ]),
    ),
  );
}

/** What the readers need of an observation or a finding. */
export interface OscalThing {
  readonly uuid: string;
  readonly title: string;
  readonly methods?: readonly string[];
  readonly props?: readonly { readonly name: string; readonly value: string }[];
  readonly target?: {
    readonly 'target-id': string;
    readonly status: { readonly state: string; readonly reason: string };
  };
  readonly 'related-observations'?: readonly { readonly 'observation-uuid': string }[];
  readonly 'related-risks'?: readonly { readonly 'risk-uuid': string }[];
  readonly status?: string;
}

/** The one result of an assessment-results document. */
export interface OscalResult {
  readonly observations: readonly OscalThing[];
  readonly findings?: readonly OscalThing[];
  readonly risks?: readonly OscalThing[];
  readonly 'reviewed-controls': {
    readonly 'control-selections': readonly {
      readonly 'include-controls'?: readonly { readonly 'control-id': string }[];
      readonly 'exclude-controls'?: readonly { readonly 'control-id': string }[];
    }[];
  };
}

/** The one result of a document, of which there are never several. */
export function oscalResultOf(text: string): OscalResult {
  const { 'assessment-results': root } = JSON.parse(text) as {
    'assessment-results': { results: [OscalResult] };
  };
  return root.results[0];
}

/** The value of a property of ours. */
export function propOf({ props = [] }: OscalThing, wanted: string): string | undefined {
  return props.find(({ name }) => name === wanted)?.value;
}

/** oscal-assessment-results.json: the observations of checks. */
export function statusesOfOscal(text: string): Statuses {
  return new Map(
    oscalResultOf(text).observations.flatMap((each) => {
      const [place, kind] = [propOf(each, 'place'), propOf(each, 'kind')];
      return place === undefined || kind === 'run' ? [] : [[place, propOf(each, 'status') ?? ''] as const];
    }),
  );
}

/** What the report itself says: of runs that failed, that nothing is known. */
export function statusesOfReport({ scenarios, deployment }: SuiteResult): Statuses {
  return new Map([
    ...scenarios.flatMap(({ id, variants, missing, across }) => [
      ...variants.flatMap(({ name, checks }) =>
        checks.map((check) => [`${id}/${name}/${check.id}`, check.verdict] as const),
      ),
      ...missing.flatMap(({ name, checks }) =>
        checks.map((check) => [`${id}/${name}/${check.id}`, 'inconclusive'] as const),
      ),
      ...across.map((check) => [`${id}/${check.id}`, check.verdict] as const),
    ]),
    ...[...(deployment?.declares ?? []), ...(deployment?.waivers ?? [])].map(
      (check) => [`deployment/${check.id}`, check.verdict] as const,
    ),
  ]);
}
