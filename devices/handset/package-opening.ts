/**
 * How a phone opens a key package from its CRS: wrapped under its update key, or in clear where they are carried so; of its own number and
 * of the month that it asked for, or not at all. Where update keys are ratcheted, it runs its key forward to the month of the package.
 */
import { CalldrillError } from '../../sim/errors.ts';
import type { Period } from '../../network/mikey/index.ts';
import { labelOfPackage, parsePackage, runForward, unwrapPackage, type KeyPackage } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import { handsetError } from './errors.ts';

/** Who opens it, with what, and which month was asked for. */
export interface PackageOpening {
  readonly ports: Ports;
  readonly own: string | undefined;
  readonly asked: Period;
  readonly updateKey: Uint8Array;
}

/** Keys and PSK of a month, as they came out, and how they were carried. */
export interface UnsealedPackage {
  readonly content: KeyPackage;
  readonly wasWrapped: boolean;
  /** The key that it opened with, which is another than the phone's where that was run forward. */
  readonly updateKey: Uint8Array;
}

/** Errors: MEDIA_*, HANDSET_PACKAGE_IN_CLEAR, HANDSET_OTHER_NUMBER, HANDSET_OTHER_MONTH. */
export function openOwnPackage(octets: Uint8Array, opening: PackageOpening): UnsealedPackage {
  const wasWrapped = labelOfPackage(octets).form === 'wrapped';
  if (!wasWrapped) requireClearCarriage(opening.ports);
  const { updateKey } = opening;
  const opened = wasWrapped ? unwrapped(octets, opening) : { content: parsePackage(octets), updateKey };
  requireOwn(opened.content, opening);
  return { ...opened, wasWrapped };
}

function unwrapped(
  octets: Uint8Array,
  { ports, updateKey }: PackageOpening,
): Pick<UnsealedPackage, 'content' | 'updateKey'> {
  const keys = ports.deployment['update-key'] === 'ratcheted' ? runForward(updateKey) : [updateKey];
  let refusal: CalldrillError | undefined;
  for (const key of keys) {
    try {
      return { content: unwrapPackage(octets, key), updateKey: key };
    } catch (error) {
      if (!(error instanceof CalldrillError) || error.code !== 'MEDIA_UNWRAP_REFUSED') throw error;
      refusal ??= error;
    }
  }
  throw refusal ?? new Error('there is a key to try');
}

/** Where packages are wrapped, whoever has no update key can make none that the phone would take. */
function requireClearCarriage({ rules, deployment }: Ports): void {
  if (deployment['disc-protection'] === 'clear' || !rules.holds('handset.wrapped-packages')) return;
  throw handsetError('HANDSET_PACKAGE_IN_CLEAR', 'the package is in clear, and packages are wrapped here');
}

function requireOwn({ keys: { number, period } }: KeyPackage, { ports, own, asked }: PackageOpening): void {
  if (!ports.rules.holds('handset.own-packages')) return;
  if (number !== own)
    throw handsetError(
      'HANDSET_OTHER_NUMBER',
      `the package is of ${number}, this phone is ${own ?? 'nobody'}`,
    );
  if (period !== asked)
    throw handsetError('HANDSET_OTHER_MONTH', `the package is of ${period}, ${asked} was asked for`);
}
