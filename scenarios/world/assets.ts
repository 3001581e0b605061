/** What every world is made with and cannot make itself. The edge loads or chooses it once, before any world is built. */
import type { QrReader } from '../../devices/hardware/index.ts';
import type { DeviceKinds } from '../../devices/kind.ts';

/** Shared by all worlds of a process and changed by none. */
export interface Assets {
  readonly readQr: QrReader;
  /** Raw mu-law octets of two people talking. */
  readonly speech: readonly Uint8Array[];
  /** The kinds of devices that a scenario may declare. */
  readonly kinds: DeviceKinds;
}
