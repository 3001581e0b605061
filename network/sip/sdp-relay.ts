/**
 * What a relay does to a description: media is to come to the relay, so each `c=` and the port of `m=` become its own.
 * Every other octet stays as it is, the key management above all (RFC 4567 section 4.1): the relay cannot read it and must not
 * touch it.
 */
import { assert } from '../../sim/errors.ts';
import { concat, fromAscii } from '../../sim/octets.ts';
import { isHost, isPort } from './host.ts';
import { locateSdp } from './sdp-parse.ts';

/**
 * The same description with another address for media.
 * @throws what `parseSdp` throws for a description that cannot be read
 */
export function rewriteTransport(sdp: Uint8Array, to: { host: string; port: number }): Uint8Array {
  assert(isHost(to.host) && isPort(to.port), 'a relay has a host and a port');
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (const { what, at } of locateSdp(sdp).transport) {
    pieces.push(
      sdp.subarray(from, at[0]),
      fromAscii(what === 'port' ? String(to.port) : `IN IP4 ${to.host}`),
    );
    from = at[1];
  }
  return concat(...pieces, sdp.subarray(from));
}
