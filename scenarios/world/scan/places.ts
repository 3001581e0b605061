/**
 * Everywhere in a world that octets are kept when it ends: the storage of each device and each record in it that can be opened by what is there, its log, what
 * attackers have recorded, discs, loose disks, what codes on prints, photographs and screens say, and the trace itself. What cannot be read is told, too:
 * a look that saw nothing must not pass for one that found nothing.
 */
import { CalldrillError } from '../../../sim/errors.ts';
import { attackerKind } from '../../../devices/attacker/kind.ts';
import { isDiskImage, readDiskImage, type GrayImage } from '../../../devices/hardware/index.ts';
import type { Physical } from '../../../devices/physical.ts';
import type { Thing } from '../things/thing.ts';
import type { World } from '../world.ts';

/** What kind of place it is: a medium has anything between its records, a record is one that the device itself would find, a remnant one that only others find. */
export type PlaceKind =
  'trace' | 'medium' | 'record' | 'remnant' | 'disc' | 'log' | 'recording' | 'code' | 'file';

/** Some octets, where they are, and the holder of custody that may have secrets there; null of what nobody may write one into. */
export interface ScannedPlace {
  readonly kind: PlaceKind;
  readonly name: string;
  readonly holder: string | null;
  /** The device that it is of, where it is of one. */
  readonly device?: string;
  readonly octets: Uint8Array;
}

/** All places, and the names of those that nobody could look into. */
export interface Places {
  readonly places: readonly ScannedPlace[];
  readonly unread: readonly string[];
}

/** Who takes out the storage: no person of a scenario. */
const EXAMINER = 'examiner';

/** The place of the trace; a find in it is in the line of an event. */
export const TRACE_PLACE = 'trace';

/** All of them, in a fixed order. */
export function placesOf(world: World, devices: ReadonlyMap<string, Physical>): Places {
  const look = new LookAround(world);
  look.add('trace', TRACE_PLACE, null, Buffer.from(world.trace.toNdjson()));
  for (const [name, device] of devices) look.device(name, device);
  for (const name of world.things.names) look.thing(name, world.things.find(name));
  for (const [name, { recorder }] of world.ofKind(attackerKind))
    for (const { way, octets } of recorder.conversations())
      look.add('recording', `recording of ${name}, ${way}`, null, octets);
  return look;
}

/** One look at a world. */
class LookAround implements Places {
  readonly places: ScannedPlace[] = [];
  readonly unread: string[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  add(kind: PlaceKind, name: string, holder: string | null, octets: Uint8Array, device = holder): void {
    this.places.push({ kind, name, holder, octets, ...(device === null ? {} : { device }) });
  }

  device(name: string, device: Physical): void {
    this.#storage(
      name,
      this.#read(name, () => device.disk?.asItLies?.() ?? device.extract?.(EXAMINER)),
    );
    const lines = this.#read(`log of ${name}`, () => device.logLines?.());
    if (lines !== undefined) this.add('log', `log of ${name}`, null, Buffer.from(lines.join('\n')), name);
    const shown = this.#read(`screen of ${name}`, () => device.shownQr?.());
    this.#code(`screen of ${name}`, shown);
  }

  thing(name: string, thing: Thing): void {
    if (thing.destroyed === true) return;
    this.#storage(
      name,
      this.#read(name, () => thing.octets?.()),
    );
    this.#storage(
      name,
      this.#read(name, () => thing.hidden?.()),
    );
    const picture = this.#read(name, () => thing.picture?.());
    for (const each of [picture, ...(thing.pieces?.() ?? [])]) this.#code(name, each);
  }

  /** The octets of a medium, and each record that can be read from it. */
  #storage(name: string, image: Uint8Array | undefined): void {
    if (image === undefined) return;
    if (!isDiskImage(image)) return this.add('disc', name, name, image);
    this.add('medium', name, name, image);
    const open = this.#read(`records of ${name}`, () => readDiskImage(image));
    for (const { value } of open?.live.values() ?? []) this.add('record', `record of ${name}`, name, value);
    for (const { value } of open?.remnants ?? []) this.add('remnant', `remnant on ${name}`, name, value);
  }

  #code(holder: string, picture: GrayImage | undefined): void {
    if (picture === undefined) return;
    for (const octets of this.#world.options.assets.readQr(picture))
      this.add('code', `code on ${holder}`, holder, octets);
  }

  /** What refuses (a device in another process that is gone) is told of. */
  #read<Found>(name: string, look: () => Found): Found | undefined {
    try {
      return look();
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      this.unread.push(name);
      return undefined;
    }
  }
}
