/** What the hideout's examiner knows: the keys that its CMS ever issued, and what its trace says of calls. */
import { MILLISECOND } from '../../sim/clock.ts';
import {
  canonicalNumber,
  nextPeriod,
  previousPeriod,
  type Period,
  type TelNumber,
} from '../../network/mikey/index.ts';
import type { Testbed } from '../testbed.fixture.ts';
import { callNamed } from './call-facts.ts';
import { NOTHING, type Holdings } from './holdings.ts';
import type { CallFacts, Truth } from './stage.ts';

/** A number that no user of a testbed has. */
const BYSTANDER = canonicalNumber('+447700900999');

/** Keys that fit, and keys that do not. */
export function truthOf(bed: Testbed): Truth {
  const { escrow } = bed.cms;
  return {
    kmsOf: () => escrow.kms,
    masters: [{ cms: 'cms', ...escrow.master }],
    holdingsOf: (user, period) => holdingsOf(bed, bed.contacts.numberOf(user), period),
    get psks() {
      const { period } = bed.cms;
      const periods = [previousPeriod(period), period, nextPeriod(period)];
      return escrow.psksOf(undefined, periods).map((psk) => ({ ...psk, number: undefined }));
    },
    get sessionKeys() {
      return bed.fabric.sessionKeys;
    },
    bystander: (_user, period) => ({
      ...NOTHING,
      kms: escrow.kms,
      userKeys: [escrow.keysOf(BYSTANDER, period)],
    }),
  };
}

function holdingsOf(bed: Testbed, number: TelNumber, period: Period): Holdings {
  const { escrow } = bed.cms;
  return {
    ...NOTHING,
    kms: escrow.kms,
    userKeys: [escrow.keysOf(number, period)],
    psks: escrow.psksOf(number, [period]).map((psk) => ({ ...psk, number })),
    updateKeys: escrow.updateKeysOf(number).map((key) => ({ key, number })),
    sessionKeys: bed.fabric.sessionKeys,
  };
}

/** The call of this name. Errors: ATTACK_NO_CALL. */
export function factsOf(bed: Testbed, name: string, since?: number): CallFacts {
  const from = since === undefined ? undefined : (since - bed.ports.begins) * MILLISECOND;
  return callNamed(bed.trace, bed.contacts, name, { now: bed.clock.now(), from });
}

/** Who called whom, and how often. */
export function graphOf(bed: Testbed): ReadonlyMap<string, number> {
  const graph = new Map<string, number>();
  for (const { data } of bed.events('crs.call-connected')) {
    const pair = `${bed.contacts.numberOf(data.from)} ${bed.contacts.numberOf(data.to)}`;
    graph.set(pair, (graph.get(pair) ?? 0) + 1);
  }
  return graph;
}
