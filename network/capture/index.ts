/**
 * Capture files: what crosses the links of a fabric, as the octets of a pcapng file that Wireshark and tshark read. Octets out, and
 * nothing else: no file, no clock but the one it is given.
 *
 * Start at `link-capture.ts` (which packet becomes what), then `frame.ts` (the headers that are made up) and `pcapng.ts` (the file).
 */
export { LinkCapture, type LinkCaptureOptions } from './link-capture.ts';
