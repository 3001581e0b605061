/** What a world needs that must be loaded from files. The edge loads it once, before any world is built. */
import type { QrReader } from '../../devices/hardware/index.ts';

export interface Assets {
  readonly readQr: QrReader;
  /** Raw mu-law octets of two people talking. */
  readonly speech: readonly Uint8Array[];
}
