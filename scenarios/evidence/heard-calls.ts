/** How the calls of a run were heard, one entry for each end that heard anything, in the order in which they ended. */
import type { AnyTraceEvent } from '../../sim/trace.ts';
import type { HeardCall, HeardSound } from './heard-call.ts';

/** What one end of a call heard, as sound. */
export interface HeardRecording {
  /** The phone, whose it is, and the CSB ID of the call. */
  readonly device: string;
  readonly user: string;
  readonly csb: string;
  readonly sound: HeardSound;
  /** Of the WAV file. */
  readonly octets: Uint8Array;
}

/** Made from `handset.call-quality` events; a recording goes to the entry of its device and call, each to one. */
export function heardCallsOf(
  events: readonly AnyTraceEvent[],
  recordings: readonly HeardRecording[],
): readonly HeardCall[] {
  const left = [...recordings];
  const names = new Map<string, string>();
  const heard: HeardCall[] = [];
  for (const event of events) {
    if (event.type === 'handset.call-placed') names.set(event.data.csb, event.data.call);
    if (event.type !== 'handset.call-quality') continue;
    const { csb, user, lost, discarded, missingPercent, burstRatio, jitterMs } = event.data;
    const { roundTripMs, delayMs, r, mos, category } = event.data;
    const at = left.findIndex((recording) => recording.csb === csb && recording.device === event.on);
    const [recording] = at < 0 ? [] : left.splice(at, 1);
    heard.push({
      call: names.get(csb) ?? csb,
      listener: user,
      event: event.n,
      lost,
      discarded,
      missingPercent,
      burstRatio,
      jitterMs,
      roundTripMs,
      delayMs,
      r,
      mos,
      category,
      ...(recording === undefined ? {} : { sound: recording.sound }),
    });
  }
  return heard;
}
