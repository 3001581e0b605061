/** What a key management system is made with: where it stands in its organisation, and what it was. */
import type { Address } from '../../network/fabric.ts';
import type { DiskKind, Paper } from '../hardware/index.ts';
import type { CmsState } from './state.ts';

/** What a CMS is told once: its account, its CRS, and who stands at the printer. */
export interface CmsOptions {
  readonly name: string;
  /** The account of this CMS on the CRS, and where handsets find that CRS: the only one they will ever connect to (para-17-b3). */
  readonly account: string;
  readonly crs: Address;
  /** Receives a sheet that came out of the printer. */
  printed(paper: Paper): void;
  /** Parts per million by which its clock runs fast. */
  readonly clockDriftPpm?: number;
  /** What its disk is made of; flash when left out. */
  readonly disk?: DiskKind;
  readonly kept?: CmsState | undefined;
}
