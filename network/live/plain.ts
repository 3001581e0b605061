/** Octets as devices know them: a Buffer's `slice` shares what a Uint8Array's copies. */
export function plain(octets: Buffer): Uint8Array {
  return new Uint8Array(octets.buffer, octets.byteOffset, octets.length);
}
