/**
 * A finished suite to render in tests: a stolen handset by the book and reported late, a plain call, and a run in which every
 * text that a user or an attacker can choose is hostile. It is data, shaped as a real run shapes it.
 */
import type { ClauseResult, EventsOf, ScenarioResult, SuiteResult } from '../scenarios/evidence/model.ts';
import { factsOf } from './manifest.ts';
import { TRACE_FILE } from './paths.ts';
import type { ResultParts } from './renderer.ts';
import { HOSTILE, hostileMissing, hostileRun, hostileTrace } from './sample/hostile.fixture.ts';
import { plainCall, plainRun } from './sample/plain.fixture.ts';
import { lateRun, theft, theftRun } from './sample/theft.fixture.ts';
import type { SampleTrace } from './sample/trace.fixture.ts';

const SCENARIOS: readonly ScenarioResult[] = [
  {
    id: 'client-compromise',
    title: 'A handset is stolen at the station',
    file: 'scenarios/catalogue/client-compromise.yaml',
    sha256: 'c1'.repeat(32),
    performs: [
      { name: 'client-recovery', sha256: 'c2'.repeat(32) },
      { name: 'wipe', sha256: 'c3'.repeat(32) },
    ],
    declares: ['wipe-destroy-block', 'block-wipe-destroy', 'reported-late'],
    across: [
      {
        id: 'heard-alike',
        title: 'What was recorded opens however late it is reported',
        source: 'client-compromise.yaml:90',
        variants: ['wipe-destroy-block', 'reported-late'],
        verdicts: ['decrypt-incoming'],
        apart: { measure: 'set-up time, median', by: 150 },
        parts: [{ part: 'para-31-note.c1/shown', verdict: 'fail', why: 'one of them differs' }],
        verdict: 'fail',
        why: "decrypt-incoming is pass (opened) in 'wipe-destroy-block' and fail (refused) in 'reported-late'",
      },
    ],
    missing: [],
    variants: [theftRun, lateRun],
    notTested: [
      {
        row: 'vbr',
        reason: 'The codec is G.711; there is no variable bit rate to classify.',
        parts: ['para-12.c3/crs-tries'],
      },
    ],
  },
  {
    id: 'baseline-call',
    title: 'A normal secure call',
    file: 'scenarios/catalogue/baseline-call.yaml',
    sha256: 'ba'.repeat(32),
    performs: [],
    declares: ['three-g'],
    across: [],
    missing: [],
    variants: [plainRun],
    notTested: [],
  },
  {
    id: 'hostile',
    title: HOSTILE,
    file: HOSTILE,
    sha256: '0'.repeat(64),
    performs: [{ name: HOSTILE, sha256: '0'.repeat(64) }],
    declares: [hostileRun.name, hostileMissing.name],
    across: [
      {
        ...{ id: HOSTILE, title: HOSTILE, source: HOSTILE, variants: [HOSTILE], verdicts: [HOSTILE] },
        parts: [{ part: HOSTILE, verdict: 'not-tested', why: HOSTILE }],
        ...{ verdict: 'not-tested', why: HOSTILE },
      },
    ],
    missing: [hostileMissing],
    variants: [hostileRun],
    notTested: [{ row: HOSTILE, reason: HOSTILE, parts: [HOSTILE] }],
  },
];

type ClauseSketch = readonly [
  string,
  string,
  ClauseResult['modality'],
  ClauseResult['verdict'],
  readonly string[],
  string,
];

const CLAUSES: readonly ClauseSketch[] = [
  [
    'para-4',
    'Calls are end-to-end encrypted between two parties who authenticate each other.',
    'inform',
    'pass',
    ['baseline-call/three-g/connects'],
    '1 check passed in 1 run.',
  ],
  [
    'para-7-b1',
    'iOS 6 or later (subject to para 13).',
    'inform',
    'not-applicable',
    ['baseline-call/three-g/ios-only'],
    'No iOS handset is in any world of this run.',
  ],
  [
    'para-12',
    'Voice is SRTP with AES-128, relayed by the CRS, which lacks the key.',
    'inform',
    'not-tested',
    [],
    'No scenario of this run tests it.',
  ],
  [
    'para-18-b3',
    'No other VoIP application on the phone (DEP.1.M824).',
    'recommend',
    'waived',
    ['baseline-call/three-g/other-voip'],
    'Waived by the DSO until 2015-12-31.',
  ],
  [
    'para-25',
    'Private key material shall be replaced monthly following the CMS and CRS manual procedures.',
    'shall',
    'pass',
    ['client-compromise/wipe-destroy-block/unwrap-november'],
    '1 check passed in 1 run.',
  ],
  [
    'para-31',
    'Destroy keys in the CMS changes the update key, so the compromised device cannot rekey.',
    'should',
    'pass',
    [
      'client-compromise/wipe-destroy-block/keys-destroyed-in-time',
      'client-compromise/wipe-destroy-block/unwrap-november',
    ],
    '2 checks passed in 1 run.',
  ],
  [
    'para-31-note',
    'Keys for that phone number stay compromised for this month and for future months already on the phone.',
    'inform',
    'pass',
    ['client-compromise/wipe-destroy-block/decrypt-incoming'],
    'Shown: the recording of the month opened.',
  ],
  [
    'para-32',
    'Block User on the CRS stops the compromised user using already distributed keys.',
    'should',
    'inconclusive',
    ['client-compromise/wipe-destroy-block/call-as-alice-blocked'],
    'A control of one probe did not hold.',
  ],
  [
    'para-47',
    'Depending on severity the DSO decides whether GovCertUK is told.',
    'should',
    'not-tested',
    [],
    'No scenario of this run tests it.',
  ],
  [
    'table1-CCA',
    'CCA is OFFICIAL; losing one client does not compromise the whole system.',
    'inform',
    'pass',
    ['client-compromise/wipe-destroy-block/decrypt-outgoing'],
    '2 checks passed in 1 run.',
  ],
  [HOSTILE, HOSTILE, HOSTILE, 'fail', [`hostile/hostile/${HOSTILE}`, HOSTILE], HOSTILE],
];

/** The suite itself, with a verdict of every kind among its checks. */
export const SAMPLE: SuiteResult = {
  version: 4,
  tool: 'calldrill 0.1.0',
  seed: '42',
  keySeed: '7',
  scenarios: SCENARIOS,
  clauses: CLAUSES.map(([id, paraphrase, modality, verdict, checks, why]) => ({
    id,
    paraphrase,
    modality,
    class: modality === 'inform' ? ('information' as const) : ('executable' as const),
    verdict,
    why,
    checks: [
      {
        id: `${id}.c1`,
        stance: 'states' as const,
        verdict,
        why,
        parts: [
          {
            ...{ id: `${id}.c1/shown`, what: paraphrase, by: 'expectation' as const, rows: [] },
            ...{ verdict, why, decidedBy: checks },
          },
        ],
      },
    ],
  })),
  parameters: [
    {
      name: 'skew-limit',
      value: '10m',
      default: '10m',
      summary: 'How far T of an I_MESSAGE may be from the receiving clock',
      source: 'RFC 3830 5.4 leaves the limit to the deployment',
      setBy: { by: 'default' },
    },
    {
      name: 'psk-rotation',
      value: 'static',
      default: 'monthly',
      summary: 'Whether each monthly package carries a new PSK',
      source: 'para-11 names PSK; para-25 names the private keys only',
      setBy: { by: 'deployment', at: 'ours.yaml:7' },
    },
    {
      name: 'disc-protection',
      value: 'wrapped',
      default: 'wrapped',
      summary: 'Whether key packages on the monthly disc are wrapped with the update keys',
      source: 'para-31 speaks of an update key, para-43 treats a lost disc as total loss',
      setBy: { by: 'default' },
    },
  ],
  replay: 'calldrill run client-compromise baseline-call hostile --seed 42',
};

/** The sample without its hostile scenario: what a good day looks like, but for the late report. */
export const TIDY: SuiteResult = {
  ...SAMPLE,
  scenarios: SAMPLE.scenarios.slice(0, 2),
  clauses: SAMPLE.clauses.slice(0, -1),
  replay: 'calldrill run client-compromise baseline-call --seed 42',
};

/** One suite in which everything passes. */
export const GREEN: SuiteResult = {
  ...TIDY,
  scenarios: TIDY.scenarios.map((scenario) => ({
    ...scenario,
    variants: scenario.variants.slice(0, 1),
    across: [],
  })),
  clauses: TIDY.clauses.filter(({ verdict }) => verdict === 'pass'),
};

const TRACES: ReadonlyMap<string, SampleTrace> = new Map([
  ['client-compromise/wipe-destroy-block', theft],
  ['client-compromise/reported-late', theft],
  ['baseline-call/three-g', plainCall],
  ['hostile/hostile', hostileTrace],
]);

/** The events of the sample's runs; none for a run that it does not have. */
export const SAMPLE_EVENTS: EventsOf = (scenario, variant) =>
  TRACES.get(`${scenario}/${variant}`)?.events ?? [];

/** Half a second of silence: a WAV file of G.711-rate linear samples. */
function silence(): Uint8Array {
  const samples = 4000;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8000, 24);
  wav.writeUInt32LE(16_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(samples * 2, 40);
  return wav;
}

/** Everything that the runs of the sample left behind. */
export const SAMPLE_FILES: ReadonlyMap<string, Uint8Array> = new Map([
  ['client-compromise/wipe-destroy-block/audio/decrypt-incoming.wav', silence()],
  ['client-compromise/reported-late/audio/decrypt-incoming.wav', silence()],
  ['baseline-call/three-g/heard/alice-to-bob-1-bob.wav', silence()],
  ['client-compromise/wipe-destroy-block/alice-crs.pcapng', new Uint8Array(64)],
  ...[...TRACES].map(
    ([folder, { text }]) => [`${folder}/${TRACE_FILE}`, new Uint8Array(Buffer.from(text, 'utf8'))] as const,
  ),
]);

/** What renderers get beside the suite: its events, and the digests and sizes of its files. */
export const SAMPLE_PARTS: ResultParts = {
  events: SAMPLE_EVENTS,
  files: new Map([...SAMPLE_FILES].map(([path, octets]) => [path, factsOf(octets)])),
};
