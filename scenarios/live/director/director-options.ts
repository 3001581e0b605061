/** What a directed run is given, and the hand that somebody has in it while it runs. */
import type { Micros } from '../../../sim/clock.ts';
import type { RunProgress } from '../../runs/index.ts';
import type { Assets } from '../../world/index.ts';
import type { DevicePlacesOptions } from './device-places.ts';

/** All that a directed run needs from outside: places, files, limits, the signal that ends it, and who is told. */
export interface DirectorOptions extends DevicePlacesOptions {
  readonly assets: Assets;
  /** Port of the control channel; 0 for a free one. */
  readonly port: number;
  /** Folder for states, codes, discs and the token; one that is removed at the end when left out. */
  readonly folder: string | undefined;
  readonly lagBound: Micros;
  /** What runs calldrill, for the devices that the director starts itself. */
  readonly program: readonly string[];
  readonly signal: AbortSignal;
  onProgress?(progress: RunProgress): void;
  /** Something that a person should know. */
  tell(text: string): void;
}

/** What somebody at the director's console can do while it runs. */
export interface DirectorHand {
  devices(): readonly string[];
  /** What a device shows. Errors: CONTROL_NOT_AWAITED, CONTROL_DEVICE_LOST. */
  screen(device: string): readonly string[];
  /** Errors: CONTROL_COMMAND. */
  kill(device: string): string;
  /** Errors: CONTROL_COMMAND. */
  restart(device: string): string;
  /** Nobody is at the console any more: a device that dies from now on ends the run. */
  leave(): void;
}
