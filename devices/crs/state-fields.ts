/** Fields of a kept state as they are written: see the figure in `state.ts`. */

/** Four octets, big-endian. */
export function u32(value: number): Uint8Array {
  const octets = new Uint8Array(4);
  new DataView(octets.buffer).setUint32(0, value);
  return octets;
}

/** Eight octets, big-endian, of a safe integer. */
export function u53(value: number): Uint8Array {
  const octets = new Uint8Array(8);
  new DataView(octets.buffer).setBigUint64(0, BigInt(value));
  return octets;
}

/** The octets behind their length. */
export function sized(octets: Uint8Array): readonly Uint8Array[] {
  return [u32(octets.length), octets];
}

/** UTF-8 behind its length in octets. */
export function text(value: string): readonly Uint8Array[] {
  return sized(new TextEncoder().encode(value));
}
