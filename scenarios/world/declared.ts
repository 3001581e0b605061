/** The devices of a kind that a screenplay declares, or that stand in every world, as their kind is to build them. */
import type { Declared, DeviceKind, DeviceKinds } from '../../devices/kind.ts';
import { settingsOf, type SettingValue } from '../../devices/settings.ts';
import { FIREWALL, handsetOf, type DeclaredHandset, type ResolvedScreenplay } from '../language/index.ts';

/** Screenplays do not change, and many worlds are made of one: settings are read once. */
const known = new WeakMap<ResolvedScreenplay, Map<DeviceKind, readonly Declared[]>>();

/** Names and settings of a kind's devices, in the order of the scenario: users' phones first, what stands anyway before the rest. */
export function declaredOf(kind: DeviceKind, screenplay: ResolvedScreenplay): readonly Declared[] {
  const byKind = known.get(screenplay) ?? new Map<DeviceKind, readonly Declared[]>();
  known.set(screenplay, byKind);
  const declared = byKind.get(kind) ?? readDeclared(kind, screenplay);
  byKind.set(kind, declared);
  return declared;
}

function readDeclared(kind: DeviceKind, { world }: ResolvedScreenplay): readonly Declared[] {
  const written = [...ownPhones(kind, world), ...firewalls(kind, world), ...others(kind, world)];
  const { standing } = kind;
  if (standing === undefined || written.some(({ name }) => name === standing)) return written;
  return [device(kind, standing), ...written];
}

/** All devices of a world by name, with the kind of each. */
function everyDeclaredOf(
  kinds: DeviceKinds,
  screenplay: ResolvedScreenplay,
): readonly { readonly kind: DeviceKind; readonly name: string }[] {
  return kinds.flatMap((kind) => declaredOf(kind, screenplay).map(({ name }) => ({ kind, name })));
}

/** The people who look after a device, each with its name. */
export function officesOf(kinds: DeviceKinds, screenplay: ResolvedScreenplay): ReadonlyMap<string, string> {
  return new Map(
    everyDeclaredOf(kinds, screenplay).flatMap(({ kind, name }) => {
      const person = kind.office?.(name);
      return person === undefined ? [] : [[person, name] as const];
    }),
  );
}

/** Everybody who types lines: users, who looks after devices, other people, and what acts by itself. */
export function peopleOf(kinds: DeviceKinds, screenplay: ResolvedScreenplay): readonly string[] {
  const { users, people } = screenplay.world;
  const attackers = everyDeclaredOf(kinds, screenplay).filter(({ kind }) => kind.attacks);
  return [
    ...new Set([
      ...users.map(({ name }) => name),
      ...officesOf(kinds, screenplay).keys(),
      ...people,
      ...attackers.map(({ name }) => name),
    ]),
  ];
}

function device(
  kind: DeviceKind,
  name: string,
  values: Readonly<Record<string, SettingValue>> = {},
  taps: readonly string[] = [],
): Declared {
  return { name, taps, settings: settingsOf(kind.settings, values) };
}

function ownPhones(kind: DeviceKind, { users }: ResolvedScreenplay['world']): readonly Declared[] {
  if (kind.name !== 'handset') return [];
  return users.flatMap(({ name, handset }) =>
    handset === undefined ? [] : [device(kind, handsetOf(name), { ...valuesOf(handset), owner: name })],
  );
}

function firewalls(kind: DeviceKind, { topology }: ResolvedScreenplay['world']): readonly Declared[] {
  const { firewall } = topology;
  if (kind.name !== FIREWALL || firewall === undefined) return [];
  const { protects, policy, rules } = firewall;
  return [
    device(kind, FIREWALL, {
      protects,
      ...(policy === undefined ? {} : { policy }),
      ...(rules === undefined ? {} : { rules: rules.join('\n') }),
    }),
  ];
}

function others(kind: DeviceKind, { devices }: ResolvedScreenplay['world']): readonly Declared[] {
  return devices
    .filter((each) => each.kind === kind.name)
    .map(({ name, taps, settings, handset }) =>
      device(kind, name, { ...settings, ...(handset === undefined ? {} : valuesOf(handset)) }, taps),
    );
}

function valuesOf({
  platform,
  version,
  clock,
  settings,
}: DeclaredHandset): Readonly<Record<string, SettingValue>> {
  return { ...settings, platform, version, clock };
}
