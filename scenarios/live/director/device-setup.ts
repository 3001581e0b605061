/** What a device is told when it has come: what it is, where everybody is, and what time it is. */
import type { Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { TappableLink } from '../../../network/tap.ts';
import type { ResolvedScreenplay } from '../../language/index.ts';
import { phonesOf, voiceOf } from '../../world/index.ts';
import type { Setup } from './message.ts';

/** What the director knows of the run when a device comes, however late: setups are made from it. */
export interface SetupFacts {
  readonly screenplay: ResolvedScreenplay;
  readonly proof: string;
  readonly time: Micros;
  readonly hosts: ReadonlyMap<string, string>;
  readonly links: readonly TappableLink[];
  /** How many voices there are. */
  readonly voices: number;
  /** Of the run so far. */
  readonly events: readonly AnyTraceEvent[];
}

/** The `setup` message for one device: a phone of the scenario by its name, else the CRS. */
export function setupOf(device: string, facts: SetupFacts): Setup {
  const { screenplay, proof, time, hosts, links, voices, events } = facts;
  const phone = phonesOf(screenplay).find(({ name }) => name === device);
  return {
    type: 'setup',
    proof,
    name: device,
    kind: phone === undefined ? 'crs' : 'handset',
    begins: screenplay.begins,
    time,
    parameters: new Map(Object.entries(screenplay.parameters)),
    contacts: new Map(screenplay.world.users.map(({ name, number }) => [name, number])),
    hosts,
    links: links.map(({ name, ends: [a, b] }) => ({ name, a, b })),
    handset:
      phone === undefined
        ? null
        : {
            user: phone.owner,
            platform: phone.handset.platform,
            version: phone.handset.version,
            clockOffsetMs: Math.round(phone.handset.clock / 1000),
            otherVoip: phone.otherVoip,
            voice: voiceOf(screenplay, phone.owner, voices),
            placed: placedBy(phone.owner, events),
          },
  };
}

/** How many calls a user has placed to whom: their names go on from there when a phone starts again. */
function placedBy(user: string, events: readonly AnyTraceEvent[]): ReadonlyMap<string, number> {
  const placed = new Map<string, number>();
  for (const event of events)
    if (event.type === 'handset.call-placed' && event.data.from === user)
      placed.set(event.data.to, (placed.get(event.data.to) ?? 0) + 1);
  return placed;
}
