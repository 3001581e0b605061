/** Fuzz target: report.json as it is read back. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { canonicalJson, type JsonValue } from '../../sim/canonical-json.ts';
import type { SuiteResult } from './model.ts';
import { parseSuite } from './parse-suite.ts';

/** A suite of one run that is missing: short, so that mutants reach the fields. */
const SHORT: SuiteResult = {
  version: 4,
  tool: 'calldrill 0.1.0',
  seed: '42',
  keySeed: '42',
  scenarios: [
    {
      id: 's',
      title: 't',
      file: 's.yaml',
      sha256: '0'.repeat(64),
      performs: [{ name: 'p', sha256: '1'.repeat(64) }],
      declares: ['v'],
      variants: [],
      missing: [
        { name: 'v', title: 't', reference: true, checks: [], code: 'C', why: 'w', seed: '42', replay: 'r' },
      ],
      across: [],
      notTested: [],
    },
  ],
  clauses: [],
  parameters: [],
  replay: 'calldrill run s --seed 42',
};

/** The one parser of reports. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'report.json',
    samples: [Buffer.from(canonicalJson(SHORT as unknown as JsonValue))],
    parse: (octets) => parseSuite(Buffer.from(octets).toString('utf8'), 'fuzz.json'),
  },
];
