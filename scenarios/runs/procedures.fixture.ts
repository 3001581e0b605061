/**
 * A scenario in the hall that performs procedures: a recovery of Alice's phone that performs another procedure in its midst, and a round that is made
 * for each user. Written as what the language makes of them.
 */
import { MINUTE, SECOND, type Micros } from '../../sim/clock.ts';
import {
  procedureExpectation,
  type PerformedProcedure,
  type PerformedStep,
  type Pattern,
  type ResolvedScreenplay,
} from '../language/index.ts';
import { hallOptionsOf, type HallOptions } from '../world/hall.fixture.ts';
import type { PerformanceOptions } from './performance-options.ts';

const HERE = { file: 'hall.yaml', line: 1 };
const ALICE = '+447700900001';

/** Events of a type with these values. */
export function seen(type: string, values: Readonly<Record<string, string | boolean | null>> = {}): Pattern {
  const tests = Object.entries(values).map(
    ([field, value]) => ({ field, test: { kind: 'is', value } }) as const,
  );
  return { type, tests };
}

/** What a test says of a step: `after` names those that come before in the order, `needs` those that it cannot be without. */
export interface StepWords extends Partial<Omit<PerformedStep, 'id' | 'after'>> {
  readonly by: string;
  readonly after?: readonly string[];
  readonly needs?: readonly string[];
}

/** A step of an instance; what is not said is as a file has it that does not say it. */
export function stepOf(instance: string, name: string, words: StepWords): PerformedStep {
  const { after = [], needs = [], ...rest } = words;
  const id = `${instance}.${name}`;
  return {
    ...{ where: HERE, typeWhere: HERE, clauses: [], optional: false, takes: MINUTE, otherwise: [] },
    done: seen('step.typed', { step: id, refused: null }),
    ...rest,
    id,
    after: [
      ...after.map((each) => ({ step: `${instance}.${each}`, kind: 'prescribed' as const })),
      ...needs.map((each) => ({ step: `${instance}.${each}`, kind: 'physical' as const })),
    ],
  };
}

/** A performance that begins two minutes after the scenario, waits for nothing and is given nothing, unless `more` says so. */
export function instanceOf(
  instance: string,
  steps: Readonly<Record<string, StepWords>>,
  more: Partial<PerformedProcedure> = {},
): PerformedProcedure {
  return {
    ...{ instance, procedure: instance.replace(/^.*\./, '').replace(/\[.*/, ''), title: instance },
    ...{ where: HERE, source: [], begins: { kind: 'at', t: 2 * MINUTE }, after: [], takes: 0, given: [] },
    optional: false,
    steps: Object.entries(steps).map(([name, words]) => stepOf(instance, name, words)),
    ...more,
  };
}

const RECOVERY: Readonly<Record<string, StepWords>> = {
  'tell-mdm': {
    ...{ by: 'crs-admin', type: 'tell mdm-admin alice-phone is lost', takes: 2 * MINUTE },
    ...{ done: seen('person.told', { to: 'mdm-admin' }), hidden: 'the text does not say who tells them' },
  },
  'tell-cms': {
    ...{ by: 'crs-admin', type: 'tell cms-operator alice is compromised', after: ['tell-mdm'] },
    done: seen('person.told', { to: 'cms-operator' }),
  },
  wipe: {
    ...{ by: 'mdm-admin', on: 'mdm', type: 'wipe alice-phone', needs: ['tell-mdm'], takes: 3 * MINUTE },
    ...{ done: seen('mdm.wipe-acknowledged', { phone: 'alice-phone' }), within: 5 * MINUTE },
    otherwise: [
      stepOf('recovery', 'warn', {
        ...{ by: 'mdm-admin', type: 'tell crs-admin no answer from alice-phone', takes: 30 * SECOND },
        done: seen('person.told', { by: 'mdm-admin', to: 'crs-admin' }),
      }),
    ],
  },
  destroy: {
    ...{ by: 'cms-operator', on: 'cms', type: `destroy-keys ${ALICE}`, after: ['wipe'], needs: ['tell-cms'] },
    done: seen('cms.keys-destroyed'),
  },
  block: {
    ...{ by: 'crs-admin', on: 'crs', type: `block-user ${ALICE}`, after: ['destroy'] },
    done: seen('crs.user-blocked', { user: 'alice' }),
  },
  record: { by: 'crs-admin', type: 'note alice is blocked', needs: ['block'] },
};

/** By the name of a step without its path: what a test has in place of what the file says. */
export type RecoveryChange = Readonly<Record<string, Partial<StepWords>>>;

/** The recovery, which has the log read before it is blocked, and a round of each user after it. */
export function recoveryWith(
  change: RecoveryChange = {},
  more: Partial<PerformedProcedure> = {},
): readonly PerformedProcedure[] {
  const steps = Object.fromEntries(
    Object.entries(RECOVERY).map(([name, words]) => [name, { ...words, ...change[name] }]),
  );
  const reading = instanceOf(
    'recovery.reading',
    {
      look: { by: 'crs-admin', on: 'crs', type: 'users' },
      check: { ...{ by: 'crs-admin', on: 'crs', type: 'check-log' }, needs: ['look'] },
    },
    {
      ...{ parent: 'recovery', takes: 20 * SECOND, procedure: 'log-check' },
      after: [{ step: 'recovery.block', kind: 'prescribed' }],
    },
  );
  const rounds = ['alice', 'bob'].map((user) =>
    instanceOf(
      `round[${user}]`,
      {
        ask: {
          ...{ by: 'crs-admin', type: `tell ${user} how are you`, takes: 10 * SECOND },
          done: seen('person.told', { by: 'crs-admin', to: user }),
        },
        answer: {
          ...{ by: user, type: 'tell crs-admin all is well', needs: ['ask'], takes: 10 * SECOND },
          done: seen('person.told', { by: user, message: 'all is well' }),
        },
      },
      { begins: { kind: 'after', moment: 'recovery', delay: MINUTE } },
    ),
  );
  return [
    instanceOf('recovery', steps, {
      ...{ begins: { kind: 'after', moment: 'reported', delay: MINUTE } },
      given: [
        {
          ...{ text: 'the lead was told', pattern: seen('person.told', { by: 'alice' }), knows: 'crs-admin' },
        },
      ],
      ...more,
    }),
    reading,
    ...rounds,
  ];
}

const YAML = `moments:
  reported: { first: person.told, by: alice, to: crs-admin }
steps:
  - { id: seize, at: "08:03", by: thief, type: "seize alice-phone" }
  - { id: tell, at: "08:05", by: alice, type: "tell crs-admin my phone is gone" }
`;
/** The phone is where no order reaches it. */
const SHIELDED = '  - { id: shield, at: "08:04", by: thief, type: "shield alice-phone" }\n';

/** The scenario as its performance is made; `shielded` lets nobody reach the phone. */
export function procedureOptions(
  performs: readonly PerformedProcedure[] = recoveryWith(),
  { shielded = false, ...more }: HallOptions & { readonly shielded?: boolean } = {},
): PerformanceOptions {
  const options = hallOptionsOf({ yaml: shielded ? `${YAML}${SHIELDED}` : YAML, ends: '08:50', ...more });
  return { ...options, screenplay: performing(options.screenplay, performs) };
}

/** A screenplay that performs procedures, with the moments and the check that they bring. */
export function performing(
  screenplay: ResolvedScreenplay,
  performs: readonly PerformedProcedure[],
): ResolvedScreenplay {
  const moments = performs
    .filter(({ parent }) => parent === undefined)
    .map(({ instance }) => ({
      ...{ name: instance, where: HERE, occurrence: 1, opening: false },
      pattern: seen('procedure.ended', { instance }),
    }));
  const expect = [...screenplay.expect, procedureExpectation(HERE)];
  return { ...screenplay, performs, expect, moments: [...screenplay.moments, ...moments] };
}

/** Minutes and seconds since the beginning. */
export function clockOf(time: Micros): string {
  const seconds = Math.floor(time / SECOND);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
