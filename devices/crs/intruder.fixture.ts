/** Somebody who holds a user's PSK and says what no phone would. */
import { toAscii } from '../../sim/octets.ts';
import { NUMBERS, type Testbed } from '../testbed.fixture.ts';

/** Where the testbed's server listens for SIPS. */
export const CRS = { host: 'crs', port: 5061 };

/** A session with Carol's PSK on which anything can be said. */
export function intruder(bed: Testbed) {
  const psk = bed.cms.escrow.psksOf(NUMBERS.carol, [bed.cms.period])[0];
  const host = `intruder-${bed.trace.events.length}`;
  bed.fabric.link(`${host}-crs`, host, 'crs');
  const heard = { text: '', closed: '' };
  const stream = bed.fabric.attach(host).connectSecure(
    CRS,
    {
      identity: psk?.identity ?? '',
      psk: psk?.psk ?? new Uint8Array(32),
      encryptThenMac: true,
      extendedMasterSecret: true,
    },
    {
      onData: (octets) => (heard.text += toAscii(octets)),
      onClose: ({ reason }) => (heard.closed = reason),
    },
  );
  bed.run(1);
  return { stream, heard };
}
