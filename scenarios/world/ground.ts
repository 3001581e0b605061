/** What the devices and people of a world stand on: physics, trace, network, things, and who has which number. */
import { Trace } from '../../sim/trace.ts';
import { canonicalNumber } from '../../network/mikey/index.ts';
import { Contacts } from '../../devices/contacts.ts';
import { deploymentOf } from '../../devices/deployment.ts';
import type { Ports } from '../../devices/ports.ts';
import { Rules } from '../../devices/rules.ts';
import { CallNames } from './call-names.ts';
import type { Checkpoint } from './checkpoint.ts';
import { Things } from './people/things.ts';
import { SimulatedPhysics, type WorldClock, type WorldNetwork } from './physics.ts';
import { thingOf } from './things/shipped-things.ts';
import { Topology } from './topology.ts';
import type { WorldOptions } from './world-options.ts';

/** A world before anything stands in it. */
export interface Ground {
  /** Undefined where it is no simulation. */
  readonly simulated: SimulatedPhysics | undefined;
  readonly clock: WorldClock;
  readonly ports: Ports;
  readonly fabric: WorldNetwork;
  readonly topology: Topology;
  readonly contacts: Contacts;
  readonly things: Things;
  readonly calls: CallNames;
}

/** New ground, or that of a moment. Nothing is told to the trace yet. Errors: WORLD_SIMULATED_ONLY. */
export function groundOf(options: WorldOptions, from: Checkpoint | undefined): Ground {
  const { screenplay, broken } = options;
  const kept = from?.state;
  const physics = options.physics ?? new SimulatedPhysics(options, kept?.physics);
  const { clock, random, keys } = physics;
  const trace = new Trace(clock, from?.trace);
  const deployment = deploymentOf(screenplay.parameters);
  const ports = {
    clock,
    random,
    keys,
    trace,
    deployment,
    rules: new Rules(broken),
    begins: screenplay.begins,
  };
  const fabric = physics.network(trace);
  const { users } = screenplay.world;
  return {
    // What was handed in is used up by this world, whatever it is.
    simulated: physics instanceof SimulatedPhysics && options.physics === undefined ? physics : undefined,
    clock,
    ports,
    fabric,
    topology: new Topology(fabric, screenplay, ports, kept?.topology),
    contacts: new Contacts(new Map(users.map(({ name, number }) => [name, canonicalNumber(number)]))),
    things: new Things(kept?.things, (thing) => thingOf(thing)),
    calls: new CallNames(kept?.calls),
  };
}
