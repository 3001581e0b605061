/** How well a live run kept to its schedule, as it is printed and as it is written beside the results. */
import { MILLISECOND, SECOND, type Micros } from '../../sim/clock.ts';
import { formatDuration } from '../../sim/duration.ts';
import type { DeviceTiming, LiveTiming } from '../../scenarios/host/index.ts';

const milliseconds = (micros: Micros): number => Math.round(micros / 100) / 10;

/** Whole seconds: what was skipped is not measured. */
const wholeSeconds = (micros: Micros): string => formatDuration(Math.floor(micros / SECOND) * SECOND);

export function lagText({ lag, bound, valid, skipped, elapsed }: LiveTiming): string {
  const { p50, p99, max, events } = lag;
  const figures = `p50 ${milliseconds(p50)} ms, p99 ${milliseconds(p99)} ms, max ${milliseconds(max)} ms`;
  const lines = [
    `Lag     ${figures}, of ${events} events against the schedule`,
    `Time    ${wholeSeconds(elapsed)} on real sockets, ${wholeSeconds(skipped)} of idle time skipped`,
  ];
  if (!valid)
    lines.push(
      `NOT VALID: the 99th percentile of the lag is above ${milliseconds(bound)} ms. This machine was too slow or too busy;`,
      'what was measured is the machine. Run it again when less else runs, or with another --lag-bound.',
    );
  return lines.map((line) => `${line}\n`).join('');
}

/** A line for each process of a device. */
export function deviceText(devices: readonly DeviceTiming[]): string {
  return devices
    .map(({ device, lag: { p99, max }, offsetMs }) => {
      const late = `p99 ${milliseconds(p99)} ms, max ${milliseconds(max)} ms`;
      return `Device  ${device}: ${late}; clock ${offsetMs} ms from the director's\n`;
    })
    .join('');
}

export function liveFile(
  { lag, bound, valid, skipped, elapsed }: LiveTiming,
  bind: string,
  devices: readonly DeviceTiming[],
): string {
  const { p50, p99, max, events } = lag;
  const content = {
    bind,
    valid,
    lagBoundMs: milliseconds(bound),
    lag: { events, p50Ms: milliseconds(p50), p99Ms: milliseconds(p99), maxMs: milliseconds(max) },
    elapsedMs: Math.round(elapsed / MILLISECOND),
    skippedMs: Math.round(skipped / MILLISECOND),
    ...(devices.length === 0
      ? {}
      : {
          devices: devices.map(({ device, lag: each, offsetMs }) => ({
            device,
            events: each.events,
            p50Ms: milliseconds(each.p50),
            p99Ms: milliseconds(each.p99),
            maxMs: milliseconds(each.max),
            clockOffsetMs: offsetMs,
          })),
        }),
    node: process.version,
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}
