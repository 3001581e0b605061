/** Opening key packages: one in clear with nothing, a wrapped one with its update key only. */
import { CalldrillError } from '../../sim/errors.ts';
import type { Secret } from '../../sim/secret.ts';
import {
  labelOfPackage,
  parsePackage,
  runForward,
  secretsOfCarriedPackage,
  unwrapPackage,
} from '../media/index.ts';
import {
  holdingsOfPackage,
  joined,
  secretOf,
  secretsOf,
  type HeldUpdateKey,
  type Holdings,
} from './holdings.ts';

/** What came out of a package, and the update key that it took; none where it is carried in clear. */
export interface OpenedPackage {
  readonly gained: Holdings;
  readonly updateKey: HeldUpdateKey | undefined;
}

/**
 * Tries the package as it is, then under each of these keys, and then under those that they run forward to, for a deployment may ratchet
 * them; undefined when it stays shut.
 */
export function openPackage(
  octets: Uint8Array,
  updateKeys: readonly HeldUpdateKey[],
): OpenedPackage | undefined {
  for (const updateKey of [undefined, ...updateKeys]) {
    const gained = opened(octets, updateKey);
    if (gained !== undefined) return { gained, updateKey };
  }
  for (const updateKey of updateKeys) {
    const [, ...later] = runForward(updateKey.key);
    for (const key of later) {
      const gained = opened(octets, { ...updateKey, key });
      // What was held is the key that it was worked out of.
      if (gained !== undefined) return { gained, updateKey };
    }
  }
  return undefined;
}

/** The same holdings with what the packages among them give under the update keys among them. */
export function withPackagesOpened(held: Holdings): Holdings {
  const gained = held.packages.flatMap((octets) => openPackage(octets, held.updateKeys)?.gained ?? []);
  return gained.length === 0 ? held : joined(held, ...gained);
}

/**
 * What a success was made with, as it was before any package was opened: what came out of one stands for the update key, and for the package
 * where that was held too.
 */
export function meansBefore(held: Holdings, means: readonly Secret[]): readonly Secret[] {
  const known = new Set(secretsOf(held, '').map(keyOf));
  const own = means.filter((secret) => known.has(keyOf(secret)));
  if (own.length === means.length) return means;
  const packages = held.packages.filter((octets) => openPackage(octets, held.updateKeys) !== undefined);
  return [
    ...own,
    ...held.updateKeys.map((updateKey) => secretOf.updateKey(updateKey)),
    ...packages.flatMap((octets) => secretsOfCarriedPackage('', octets)),
  ];
}

function keyOf({ kind, fingerprint }: Secret): string {
  return `${kind}#${fingerprint}`;
}

function opened(octets: Uint8Array, updateKey: HeldUpdateKey | undefined): Holdings | undefined {
  try {
    const isClear = labelOfPackage(octets).form === 'clear';
    if (isClear !== (updateKey === undefined)) return undefined;
    return holdingsOfPackage(
      updateKey === undefined ? parsePackage(octets) : unwrapPackage(octets, updateKey.key),
    );
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}
