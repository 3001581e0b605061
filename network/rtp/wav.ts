/**
 * WAV files of speech: 8,000 Hz, one channel, 16 bits, the canonical header of 44 octets and nothing else. What the handset
 * records and the thief recovers is written so that any player opens it.
 *
 *     octet  0      "RIFF"   length of what follows (file - 8), little-endian as all numbers here
 *            8      "WAVE"
 *           12      "fmt "   16
 *           20      format 1 (PCM)      channels 1
 *           24      8,000 samples/s     16,000 octets/s
 *           32      octets a frame 2    bits 16
 *           36      "data"   length of the samples
 *           44      samples, two's complement
 */
import { fromAscii } from '../../sim/octets.ts';
import { rtpError } from './errors.ts';
import { SAMPLES_PER_SECOND } from './g711.ts';

const HEADER_OCTETS = 44;
const RIFF_LENGTH_AT = 4;
const DATA_LENGTH_AT = 40;
/** The header of an empty file; only the two lengths vary. */
const HEADER = header();

/** A WAV file of the samples. */
export function writeWav(samples: Int16Array): Uint8Array {
  const octets = new Uint8Array(HEADER_OCTETS + 2 * samples.length);
  octets.set(HEADER);
  const view = new DataView(octets.buffer);
  view.setUint32(RIFF_LENGTH_AT, octets.length - 8, true);
  view.setUint32(DATA_LENGTH_AT, 2 * samples.length, true);
  for (let i = 0; i < samples.length; i++) {
    view.setInt16(HEADER_OCTETS + 2 * i, samples[i] as number, true);
  }
  return octets;
}

/**
 * The samples of a file such as {@link writeWav} writes.
 *
 * Errors: WAV_TRUNCATED, WAV_FORMAT, WAV_LENGTH.
 */
export function readWav(octets: Uint8Array): Int16Array {
  if (octets.length < HEADER_OCTETS) {
    throw rtpError('WAV_TRUNCATED', `${octets.length} octets, the header alone has ${HEADER_OCTETS}`, {
      where: { offset: octets.length },
    });
  }
  for (let at = 0; at < HEADER_OCTETS; at++) {
    const isLength = (at & ~3) === RIFF_LENGTH_AT || (at & ~3) === DATA_LENGTH_AT;
    if (!isLength && octets[at] !== HEADER[at]) {
      throw rtpError('WAV_FORMAT', `octet ${octets[at]} where the canonical header has ${HEADER[at]}`, {
        where: { offset: at },
      });
    }
  }
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const riff = view.getUint32(RIFF_LENGTH_AT, true);
  const data = view.getUint32(DATA_LENGTH_AT, true);
  if (riff !== data + HEADER_OCTETS - 8) {
    throw rtpError('WAV_LENGTH', `${data} octets of samples in a file that says it has ${riff + 8}`, {
      where: { offset: RIFF_LENGTH_AT },
    });
  }
  if (octets.length < HEADER_OCTETS + data) {
    throw rtpError('WAV_TRUNCATED', `${octets.length} octets of the ${HEADER_OCTETS + data} announced`, {
      where: { offset: octets.length },
    });
  }
  if (octets.length > HEADER_OCTETS + data || data % 2 !== 0) {
    throw rtpError('WAV_LENGTH', `${octets.length - HEADER_OCTETS} octets of samples, ${data} announced`, {
      where: { offset: DATA_LENGTH_AT },
    });
  }
  return Int16Array.from({ length: data / 2 }, (_, i) => view.getInt16(HEADER_OCTETS + 2 * i, true));
}

function header(): Uint8Array {
  const octets = new Uint8Array(HEADER_OCTETS);
  octets.set(fromAscii('RIFF'));
  octets.set(fromAscii('WAVEfmt '), 8);
  octets.set(fromAscii('data'), 36);
  const view = new DataView(octets.buffer);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, SAMPLES_PER_SECOND, true);
  view.setUint32(28, 2 * SAMPLES_PER_SECOND, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  return octets;
}
