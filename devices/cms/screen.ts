/** What the operator of a CMS sees: the month, the code, the drive, and the last lines of the ledger. */
import { formatDuration } from '../../sim/duration.ts';
import type { Period } from '../../network/mikey/index.ts';
import type { Ledger } from './ledger.ts';

/** What the screen says of the drive and the disc in it. */
const DRIVE = {
  empty: () => 'empty',
  discInserted: (disc: string) => disc,
  discBurnt: (disc: string) => `${disc}, burnt: take it out`,
};

/** What there is to be seen. */
export interface CmsView {
  readonly period: Period;
  /** How many there are. */
  readonly users: number;
  /** Whose code is on the screen. */
  readonly shown: string | undefined;
  readonly drive: keyof typeof DRIVE;
  /** The disc in the drive; empty without one. */
  readonly disc: string;
  readonly cable: boolean;
  readonly ledger: Ledger;
}

/** The same in lines. */
export function screenOf({ period, users, shown, drive, disc, cable, ledger }: CmsView): readonly string[] {
  const lines = ledger.entries
    .slice(-3)
    .map(({ time, by, what, subject }) => `${formatDuration(time)} ${by}: ${what} ${subject}`);
  return [
    `month ${period}, ${users} users`,
    shown === undefined ? 'screen: list of users' : `screen: QR code of ${shown}`,
    `drive: ${DRIVE[drive](disc)}`,
    ...(cable ? ['WARNING: a network cable is plugged in'] : []),
    ...lines,
  ];
}
