/**
 * A world for benches: one CMS, one server, and handsets of users with keys, registered. The keys come the real way, by disc
 * and by QR codes that are rendered and read, into the flash of phones that are then switched on one after the other, so that
 * their renewals are spread over time as those of a crowd are. Left out is the check of the keys on receipt, a pairing for
 * each phone: enrolment is not what these benches time, and `sakke.bench.ts` does.
 */
import { MINUTE, SECOND, type Micros, type VirtualClock } from '../sim/clock.ts';
import { assert } from '../sim/errors.ts';
import { SeededRandom } from '../sim/random.ts';
import type { Trace } from '../sim/trace.ts';
import type { Attachment } from '../network/fabric.ts';
import { PROFILES, SimulatedFabric } from '../network/simulated/index.ts';
import { BEGINS, Crowd, isRegistered } from './crowd.bench.ts';
import { deploymentOf } from './deployment.ts';
import type { Handset } from './handset/index.ts';
import type { QrReader } from './hardware/index.ts';
import type { Ports } from './ports.ts';
import { Rules } from './rules.ts';

/** How many handsets, over which links. */
export interface RegisteredOptions {
  readonly clock: VirtualClock;
  readonly trace: Trace;
  readonly count: number;
  readonly readQr: QrReader;
  readonly registerInterval: Micros;
  /** Told when all have their keys, and no phone is on. */
  readonly onEnrolled?: () => void;
}

/** The crowd after its last phone came in, and the network that carries it. */
export interface Registered {
  readonly handsets: readonly Handset[];
  readonly type: Crowd['type'];
}

/** Virtual time over which the phones are switched on. */
const SWITCHING_ON = MINUTE;
/** Virtual time for the last of them to register. */
const REGISTRATION = 10 * SECOND;

/** Errors: HARDWARE_QR_UNREADABLE. */
export function registeredHandsets(options: RegisteredOptions): Registered {
  const { clock, trace, count, readQr, registerInterval, onEnrolled } = options;
  const random = new SeededRandom('calls bench');
  const ports: Ports = {
    clock,
    random,
    keys: random,
    trace,
    deployment: deploymentOf({ 'register-interval': registerInterval }),
    rules: new Rules(),
    begins: BEGINS,
  };
  const fabric = new SimulatedFabric({ clock, random, trace });
  const attach = (name: string): Attachment => {
    const attachment = fabric.attach(name);
    if (name !== 'crs') fabric.link(`${name}-crs`, name, 'crs', PROFILES['home-wifi'].parameters);
    return attachment;
  };
  const crowd = new Crowd({ ports, attach, count, readQr });
  onEnrolled?.();
  for (let index = 0; index < count; index++) {
    clock.runUntil(clock.now() + Math.floor(SWITCHING_ON / count));
    crowd.switchOn(index);
  }
  clock.runUntil(clock.now() + REGISTRATION);
  const { handsets } = crowd;
  assert(handsets.every(isRegistered), 'every handset is registered');
  return { handsets, type: (...words) => crowd.type(...words) };
}
