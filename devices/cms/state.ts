/** What a CMS is at a moment, as a plain value. It does at once whatever is typed, so it can be kept whenever it is asked. */
import type { DiscDriveState, DiskState, RealTimeClockState } from '../hardware/index.ts';
import type { ChartValue } from '../chart-table.ts';
import type { CmsCustodyState } from './custody.ts';
import type { InfectionState } from './infection.ts';
import type { LedgerState } from './ledger.ts';
import type { PrintRegisterState } from './print-register.ts';
import type { SecondPersonState } from './second-person.ts';
import type { ShownCodeState } from './shown-code.ts';
import type { VaultState } from './vault.ts';

/** A CMS as a plain value. */
export type CmsState = {
  readonly vault: VaultState;
  readonly ledger: LedgerState;
  readonly custody: CmsCustodyState;
  readonly clock: RealTimeClockState;
  readonly chart: ChartValue;
  readonly drive: DiscDriveState;
  /** The code that is on the screen. */
  readonly shown: ShownCodeState | undefined;
  /** Sheets that were ever printed: they are numbered. */
  readonly prints: PrintRegisterState;
  readonly cable: boolean;
  readonly infection: InfectionState;
  readonly secondPerson: SecondPersonState;
  /** With what was deleted on it. */
  readonly disk: DiskState;
};
