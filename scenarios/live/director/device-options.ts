/** What a device's process is started with, and what it gives to whoever started it. */
import type { Assets } from '../../world/index.ts';
import type { DeviceBody } from './device-body.ts';
import type { KeptFileOptions } from './kept-file.ts';
import type { RemoteKind } from './message.ts';

/** Where its director is, what proves that it may come, and where it lives on this host. */
export interface DeviceProcessOptions {
  readonly kind: RemoteKind;
  readonly name: string;
  readonly director: { readonly host: string; readonly port: number };
  readonly token: string;
  /** IP address of this host that is this device's alone. */
  readonly bind: string;
  readonly exchange: string;
  readonly state: string | undefined;
  readonly assets: Assets;
  readonly signal: AbortSignal;
  /** Milliseconds between two beats; BEAT_MS when left out. */
  readonly beatMs?: number;
  /** How its state gets to the disk; fsync when left out. */
  readonly sync?: KeptFileOptions['sync'];
  /** Its clock runs, and its console can be typed on. */
  onStarted?(device: StartedDevice): void;
}

/** The device's own terminal, once its clock runs. */
export interface StartedDevice {
  readonly console: DeviceBody['console'];
  /** Resolves with the answer when what it led to is kept. Rejects with what the console throws. */
  type(line: string): Promise<readonly string[]>;
}
