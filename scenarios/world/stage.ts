/**
 * The stage that attacks play on: the world as an attacker meets it, and the examiner's truth for the controls of a probe. The
 * truth is taken from the CMS and the trace; no console reaches it.
 */
import {
  canonicalNumber,
  nextPeriod,
  previousPeriod,
  type Period,
  type TelNumber,
  type UserKeys,
} from '../../network/mikey/index.ts';
import {
  attackError,
  NOTHING,
  type CallFacts,
  type Holdings,
  type AttackStage,
  type Truth,
} from '../../devices/attacker/index.ts';
import { CRS } from '../language/standing.ts';
import type { World } from './world.ts';

/** A number that no user has (a range reserved for drama: +44 7700 900000 to 900999). */
const BYSTANDER = canonicalNumber('+447700900999');

export function stageOf(world: World): AttackStage {
  return {
    clock: world.clock,
    trace: world.trace,
    deployment: world.deployment,
    crs: world.crs,
    truth: truthOf(world),
    get unixMs() {
      return world.options.screenplay.begins + Math.floor(world.now / 1000);
    },
    userNames: world.options.screenplay.world.users.map(({ name }) => name),
    nameOf: (number) => world.contacts.nameOf(number),
    numberOf: (user) => world.contacts.numberOf(user),
    handsetOf: (user) => world.handsetInUse(user),
    phoneNamed: (name) => world.handsets.get(name),
    linkOf: (phone) => world.linkOfPhone(phone),
    call: (name) => callNamed(world, name),
    callGraph: () => callGraphOf(world),
    ssvOf: (csb) => ssvOf(world, csb),
    clone: (name, user, flash, attachment) => world.addClone(name, user, flash, attachment),
    attach: (name) => world.attachAttacker(name),
  };
}

function truthOf(world: World): Truth {
  const { escrow } = world.cms;
  const around = (period: Period): readonly Period[] => [previousPeriod(period), period, nextPeriod(period)];
  const keysOf = (number: TelNumber, periods: readonly Period[]): readonly UserKeys[] =>
    periods.map((period) => escrow.keysOf(number, period));
  return {
    kms: escrow.kms,
    holdingsOf: (user, period): Holdings => {
      const number = world.contacts.numberOf(user);
      return {
        ...NOTHING,
        kms: escrow.kms,
        userKeys: keysOf(number, [period]),
        psks: escrow.psksOf(number, [period]),
        updateKeys: escrow.updateKeysOf(number),
      };
    },
    get psks() {
      return escrow.psksOf(undefined, around(world.cms.period));
    },
    bystander: (period) => ({ ...NOTHING, kms: escrow.kms, userKeys: keysOf(BYSTANDER, [period]) }),
  };
}

/** What the trace says of a call. Errors: ATTACK_NO_CALL. */
function callNamed(world: World, name: string): CallFacts {
  const { events } = world.trace;
  const placed = events.find((event) => event.type === 'handset.call-placed' && event.data.call === name);
  if (placed?.type !== 'handset.call-placed') {
    const names = events.flatMap((event) => (event.type === 'handset.call-placed' ? [event.data.call] : []));
    throw attackError('ATTACK_NO_CALL', `there was no call ${name}`, {
      fix: `The calls so far: ${names.join(', ') || 'none'}.`,
    });
  }
  const { csb, from, toNumber } = placed.data;
  const ended = events.findLast((event) => event.type === 'handset.call-ended' && event.data.csb === csb);
  return {
    name,
    csb,
    from: world.contacts.numberOf(from),
    to: world.contacts.numberOf(toNumber),
    began: placed.t,
    ended: ended?.t ?? world.now,
  };
}

function callGraphOf(world: World): ReadonlyMap<string, number> {
  const graph = new Map<string, number>();
  for (const event of world.trace.events) {
    if (event.type !== 'crs.call-connected' || event.on !== CRS) continue;
    const pair = `${world.contacts.numberOf(event.data.from)} ${world.contacts.numberOf(event.data.to)}`;
    graph.set(pair, (graph.get(pair) ?? 0) + 1);
  }
  return graph;
}

function ssvOf(world: World, csb: string): Uint8Array {
  for (const event of world.trace.events)
    if (event.type === 'mikey.sent' && event.data.csb === csb) return event.data.ssv.reveal();
  return new Uint8Array(16);
}
