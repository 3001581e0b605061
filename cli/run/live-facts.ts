/** How well a live run kept to its schedule, as it is printed and as it is written beside the results. */
import { MILLISECOND, SECOND, type Micros } from '../../sim/clock.ts';
import { formatDuration, toMilliseconds } from '../../sim/duration.ts';
import { lagText, NOT_VALID_MEANS, notValidText, skippedText } from '../../reports/index.ts';
import type { DeviceTiming, LiveTiming } from '../../scenarios/live/index.ts';
import type { Schedule } from '../../scenarios/runs/index.ts';

/** Lag and time in whole lines; when the run is not valid, also why, what that means, and what to do. */
export function timingText(timing: LiveTiming): string {
  const schedule = scheduleOf(timing);
  const why = notValidText(schedule);
  const lines = [
    `Lag     ${lagText(schedule)}`,
    `Time    ${wholeSeconds(timing.elapsed)} on real sockets, ${skippedText(schedule)}`,
    ...(why === undefined
      ? []
      : [
          `NOT VALID: ${why}.`,
          NOT_VALID_MEANS,
          'Run it again when less else runs, or with another --lag-bound.',
        ]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function scheduleOf({ lag, bound, valid, skipped }: LiveTiming): Schedule {
  return { ...lag, bound, valid, skipped };
}

const wholeSeconds = (micros: Micros): string => formatDuration(Math.floor(micros / SECOND) * SECOND);

/** A line for each process of a device. */
export function deviceText(devices: readonly DeviceTiming[]): string {
  return devices
    .map(({ device, lag: { p99, max }, offsetMs }) => {
      const late = `p99 ${toMilliseconds(p99)} ms, max ${toMilliseconds(max)} ms`;
      return `Device  ${device}: ${late}; clock ${offsetMs} ms from the director's\n`;
    })
    .join('');
}

/** The content of live.json: times are in milliseconds, `devices` is there only for runs with processes of their own. */
export function liveFile(
  { lag, bound, valid, skipped, elapsed }: LiveTiming,
  bind: string,
  devices: readonly DeviceTiming[],
): string {
  const { p50, p99, max, events } = lag;
  const content = {
    bind,
    valid,
    lagBoundMs: toMilliseconds(bound),
    lag: { events, p50Ms: toMilliseconds(p50), p99Ms: toMilliseconds(p99), maxMs: toMilliseconds(max) },
    elapsedMs: Math.round(elapsed / MILLISECOND),
    skippedMs: Math.round(skipped / MILLISECOND),
    ...(devices.length === 0
      ? {}
      : {
          devices: devices.map(({ device, lag: each, offsetMs }) => ({
            device,
            events: each.events,
            p50Ms: toMilliseconds(each.p50),
            p99Ms: toMilliseconds(each.p99),
            maxMs: toMilliseconds(each.max),
            clockOffsetMs: offsetMs,
          })),
        }),
    node: process.version,
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}
