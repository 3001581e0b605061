/** What the commands of one attacker share: who types, the kinds of words, and who may type what. */
import type { RandomSource } from '../../../sim/random.ts';
import { parsePeriod, type Period } from '../../../network/mikey/index.ts';
import { nameOf, positional, TEXT, type Kind, type Positional } from '../../console/index.ts';
import type { SeenThing } from '../../kind.ts';
import type { Ports } from '../../ports.ts';
import type { Attack } from '../attack.ts';
import type { Attacker } from '../attacker.ts';
import { attackError } from '../errors.ts';
import type { Holdings } from '../holdings.ts';
import type { Recorder } from '../recorder.ts';
import type { AttackStage } from '../stage.ts';

/** A month: `2015-11`. */
export const PERIOD: Kind<Period> = {
  wants: 'a month such as 2015-11',
  read: (word) => parsePeriod(word),
};

/** An instant in whole seconds of UTC, read into Unix milliseconds. */
export const INSTANT: Kind<number> = {
  wants: 'a time such as 2015-10-31T23:58:00Z',
  read: (word) => {
    const unixMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(word) ? Date.parse(word) : Number.NaN;
    return Number.isNaN(unixMs) ? undefined : unixMs;
  },
};

/** The parameter of every command about one call. */
export const CALL: Positional<string> = positional(TEXT, 'the call, such as bob-to-alice#1');

/** An attack from within a CRS, and the users whose CRS it takes. */
interface AttackOnCrs {
  readonly attack: Attack;
  readonly users: readonly string[];
}

/** Where an attacker's lines are read. */
export interface Desk {
  readonly stage: AttackStage;
  readonly ports: Ports;
  readonly random: RandomSource;
  readonly recorder: Recorder;
  /** Names of the links that the attacker is on. */
  readonly taps: readonly string[];
  /** A user of the scenario, by name. Reading another name throws ATTACK_NO_USER. */
  readonly user: Kind<string>;
  /** A new name for a place of the attacker's on the network. */
  readonly host: () => string;
  /** The CRS in its hands. */
  readonly controls: string | undefined;
  /** Who sits at it, and holds what is made here. */
  readonly holder: string;
  /** Starts an attack. Errors: ATTACK_BUSY. */
  readonly begin: (attack: Attack) => string;
  /** Has the hands of whoever sits here full until the returned function is called. Errors: ATTACK_BUSY. */
  readonly occupy: () => () => void;
  /** A CRS of the scenario, by name. */
  readonly server: Kind<string>;
  /**
   * Starts what only whoever controls a CRS can do; `attack` is told its name, and whose CRS it must be is said by the users that it
   * returns. Errors: ATTACK_NO_CRS before all others, ATTACK_BUSY.
   */
  readonly beginOnCrs: (attack: (crs: string) => AttackOnCrs) => string;
  readonly screen: () => readonly string[];
  /** All that it may use now. */
  readonly held: () => Holdings;
  /** Keeps what it has made by itself. */
  readonly makes: (made: Holdings) => void;
  /** Keeps what is on a thing, or that nothing on it can be read. */
  readonly read: (thing: string, seen: SeenThing) => string;
}

/** The desk of an attacker; one for all its commands. */
export function deskOf(attacker: Attacker): Desk {
  const { stage, controls } = attacker.options;
  return {
    stage,
    ports: attacker.ports,
    random: attacker.random,
    recorder: attacker.recorder,
    taps: attacker.options.taps.map(({ name }) => name),
    user: userOf(stage),
    server: serverOf(stage),
    host: () => attacker.host(),
    holder: attacker.name,
    controls,
    begin: (attack) => attacker.begin(attack),
    beginOnCrs: (attack) => {
      if (controls === undefined)
        throw attackError('ATTACK_NO_CRS', `${attacker.name} does not control the CRS`);
      const { attack: made, users } = attack(controls);
      const other = users.find((user) => stage.crsOf(user).name !== controls);
      if (other !== undefined)
        throw attackError(
          'ATTACK_NO_CRS',
          `${attacker.name} controls ${controls}, and ${other} is not on it`,
        );
      return attacker.begin(made);
    },
    screen: () => attacker.screen(),
    held: () => attacker.reachable,
    occupy: () => attacker.occupy(),
    makes: (made) => attacker.makes(made),
    read: (thing, seen) => attacker.read(thing, seen),
  };
}

function serverOf({ servers }: AttackStage): Kind<string> {
  return nameOf(
    'a CRS of the scenario',
    () => [...servers.keys()],
    (word) => (servers.has(word) ? word : undefined),
  );
}

function userOf(stage: AttackStage): Kind<string> {
  return nameOf(
    'a user of the scenario',
    () => stage.userNames,
    (word) => {
      if (stage.userNames.includes(word)) return word;
      throw attackError('ATTACK_NO_USER', `there is no user ${word}`);
    },
  );
}
