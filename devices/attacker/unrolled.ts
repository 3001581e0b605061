/**
 * The chain of months: who has a user's PSK and update key of one month, and recorded the fetch of the next month's package, opens that
 * package, has the next PSK, and goes on. It runs forward only, and ends at the first link that is missing.
 */
import { CalldrillError } from '../../sim/errors.ts';
import type { SipMessage } from '../../network/sip/index.ts';
import { labelOfPackage } from '../media/index.ts';
import { PACKAGE_TYPE } from '../signalling/packages.ts';
import type { Period } from '../../network/mikey/index.ts';
import { joined, NOTHING, type Holdings } from './holdings.ts';
import { openPackage } from './open-package.ts';
import type { Recorder } from './recorder.ts';

/** A package that was read in a recorded session, open or not. */
export interface RecordedPackage {
  readonly period: Period;
  readonly octets: Uint8Array;
  readonly opened: Holdings | undefined;
}

/** What the chain gave, as far as it went. */
export interface Unrolled {
  /** All that there was, and all that came of it. */
  readonly held: Holdings;
  readonly packages: readonly RecordedPackage[];
}

/** Opens recorded sessions of these clients, and the packages in them, until nothing more opens. */
export function unrolled(recorder: Recorder, start: Holdings, isTheirs: (host: string) => boolean): Unrolled {
  let held = start;
  for (;;) {
    const packages = packagesIn(recorder, held, isTheirs);
    const known = new Set(labelsOf(held));
    const fresh = packages.flatMap(({ opened }) =>
      opened === undefined || labelsOf(opened).every((label) => known.has(label)) ? [] : [opened],
    );
    if (fresh.length === 0) return { held, packages };
    held = joined(held, ...unlike(fresh));
  }
}

function packagesIn(
  recorder: Recorder,
  { psks, updateKeys, sessionKeys }: Holdings,
  isTheirs: (host: string) => boolean,
): readonly RecordedPackage[] {
  return recorder
    .sessions(psks, sessionKeys)
    .filter(({ client }) => isTheirs(client))
    .flatMap(({ messages }) => messages.flatMap((message) => packageIn(message) ?? []))
    .map((octets) => ({
      period: labelOfPackage(octets).period,
      octets,
      opened: openPackage(octets, updateKeys)?.gained,
    }));
}

/** The key package that an answer of the CRS carries. */
function packageIn(message: SipMessage): Uint8Array | undefined {
  if (message.kind !== 'response' || message.headers.get('Content-Type') !== PACKAGE_TYPE) return undefined;
  try {
    labelOfPackage(message.body);
    return message.body;
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}

/** A package that was fetched twice gives its keys once. */
function unlike(all: readonly Holdings[]): readonly Holdings[] {
  const seen = new Set<string>();
  return all.map((holdings) => {
    const fresh = labelsOf(holdings).filter((label) => !seen.has(label));
    for (const label of fresh) seen.add(label);
    return fresh.length > 0 ? holdings : NOTHING;
  });
}

/** What the keys of a month are told by: their PSK, and whose they are. A PSK that does not rotate is in the packages of all months. */
function labelsOf({ psks, userKeys }: Holdings): readonly string[] {
  return [
    ...psks.map(({ psk }) => psk.join()),
    ...userKeys.map(({ number, period, rsk }) => `${number} ${period} ${rsk.join()}`),
  ];
}
