/** report.json: the model itself, in the canonical form. Its schema is `schema/report.schema.json`. */
import { canonicalJson, type JsonValue } from '../sim/canonical-json.ts';
import type { SuiteResult } from '../scenarios/evidence/model.ts';

/** The model as canonical JSON, ended by a newline: equal suites give equal octets. */
export function reportJson(suite: SuiteResult): string {
  return canonicalJson(suite as unknown as JsonValue);
}
