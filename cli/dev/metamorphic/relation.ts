/**
 * What may be changed about a scenario without changing what it shows, as relations between a run and its twin; and what must not be changed
 * without its showing: contrasts. A verdict that hangs on a name, a date, a key or a lost packet is none.
 */
import { isMap, parseDocument, type Document } from 'yaml';
import { assert } from '../../../sim/errors.ts';
import { netemOf, PROFILES, type LinkParameters } from '../../../network/simulated/index.ts';
import type { CheckResult, RunParameters } from '../../../scenarios/runs/index.ts';
import { resolveVariant, type Expectation, type Screenplay } from '../../../scenarios/language/index.ts';
import { otherIdentities } from './identities.ts';
import { aMonthLater } from './months.ts';

/** A run that has to come to the same. */
export interface Twin {
  /** Of the scenario file. */
  readonly text: string;
  readonly keySeed?: string;
  /** What the twin calls what the scenario calls so. */
  readonly said: (words: string) => string;
  /** Whether a check of the scenario is about what stays the same. */
  readonly holds: (check: Pick<CheckResult, 'id' | 'kind'>) => boolean;
}

/** Makes the twin of a variant; undefined where there is none. */
export interface Relation {
  readonly name: string;
  readonly title: string;
  readonly twinOf: (screenplay: Screenplay, variant: string) => Twin | undefined;
}

const itself = (words: string): string => words;
const always = (): boolean => true;

/** In the order of the report. */
export const RELATIONS: readonly Relation[] = [
  {
    name: 'key-seed',
    title: 'other keys and credentials',
    twinOf: ({ text }) => ({ text, keySeed: 'another key seed', said: itself, holds: always }),
  },
  {
    name: 'identities',
    title: 'users of other names and numbers',
    twinOf: (screenplay) => {
      const said = otherIdentities(screenplay);
      return { text: said(screenplay.text), said, holds: always };
    },
  },
  {
    name: 'month',
    title: 'a month later',
    twinOf: ({ text }) => ({ text: aMonthLater(text), said: aMonthLater, holds: always }),
  },
  {
    name: 'idle-handset',
    title: 'one more phone, which does nothing',
    twinOf: (screenplay, variant) => ({
      text: rewritten(screenplay, (file) =>
        file.setIn(
          ['world', 'users', 'idle-user'],
          file.createNode({
            number: '+447700900987',
            handset: { platform: 'android', version: '5.1' },
          }),
        ),
      ),
      said: itself,
      holds: ({ id, kind }) =>
        kind === 'probe' ||
        !counts(resolveVariant(screenplay, variant).expect.find((each) => each.id === id)),
    }),
  },
  { name: 'double-loss', title: 'twice as many packets are lost', twinOf: twiceTheLoss },
];

/** Whether an expectation says how many: of phones, discs or messages there may be one more. */
function counts(expectation: Expectation | undefined): boolean {
  if (expectation?.kind === 'every')
    return expectation.has.some(({ test }) => test.kind === 'is' && typeof test.value === 'number');
  if (expectation?.kind !== 'see') return false;
  const { times, pattern } = expectation;
  const isWhose = pattern.tests.some(({ field }) => ['on', 'user', 'number', 'from', 'to'].includes(field));
  return !isWhose && (times.atMost !== undefined || times.atLeast > 1);
}

/** Of the profile that the variant's links have; of none that loses nothing. */
function twiceTheLoss(screenplay: Screenplay, variant: string): Twin | undefined {
  const { parameters, world } = resolveVariant(screenplay, variant);
  const name = parameters['network-profile'] ?? 'as-written';
  const profile = name === 'as-written' ? (world.network.profile ?? 'home-wifi') : name;
  const known = Object.entries(PROFILES).find(([each]) => each === profile);
  assert(known !== undefined, 'a profile that was read is known');
  const doubled = doubledLoss(known[1].parameters);
  if (doubled === undefined) return undefined;
  const text = rewritten(screenplay, (file) => file.setIn(['world', 'network', 'netem'], netemOf(doubled)));
  return { text, said: itself, holds: always };
}

function doubledLoss({ lossRandom, lossGemodel }: LinkParameters): LinkParameters | undefined {
  if (lossGemodel !== undefined)
    return { lossGemodel: { ...lossGemodel, p: Math.min(1, lossGemodel.p * 2) } };
  return lossRandom === undefined || lossRandom === 0
    ? undefined
    : { lossRandom: Math.min(1, lossRandom * 2) };
}

function rewritten({ text }: Screenplay, rewrite: (file: Document) => void): string {
  const file = parseDocument(text, { version: '1.2', schema: 'core' });
  assert(isMap(file.contents), 'a scenario that was read is a map');
  rewrite(file);
  return file.toString({ lineWidth: 0 });
}

/** A change of the deployment after which a reason of refusals is none any more. */
export interface Contrast {
  readonly name: string;
  readonly parameters: RunParameters;
  /** Probes that are refused for this reason are not, or not for it. */
  readonly reason: string;
}

/** In the order of the report. */
export const CONTRASTS: readonly Contrast[] = [
  { name: 'skew-limit 7d', parameters: { 'skew-limit': 7 * 86_400_000_000 }, reason: 'outside-skew' },
  { name: 'identity-check off', parameters: { 'identity-check': 'off' }, reason: 'identity-check' },
];
