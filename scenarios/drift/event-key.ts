/**
 * What makes two events of two runs the same event: type, device, and the fields of their data that the scenario decides. Times,
 * identifiers drawn by chance, counters and measurements are no part of it.
 */
import type { AnyTraceEvent } from '../../sim/trace.ts';

const KEY_FIELDS: ReadonlySet<string> = new Set([
  ...['user', 'peer', 'from', 'to', 'toNumber', 'number', 'account', 'host', 'local', 'remote', 'side'],
  ...['by', 'line', 'reason', 'status', 'code', 'kind', 'subject', 'alert', 'shown', 'mismatch'],
  ...['period', 'periods', 'months', 'source', 'erased', 'platform', 'version', 'app', 'present'],
  ...['suite', 'encryptThenMac', 'extendedMasterSecret', 'direction', 'profile'],
  ...['dataType', 'prf', 'sakkeParams', 'signature', 'policy', 'id', 'row', 'outcome'],
]);

/** Types that one of the two kinds of run has by its nature, and why. */
export const EXPECTED: Readonly<Record<string, string>> = {
  'network.flow': 'packets are counted on simulated links only',
  'network.dropped': 'a real network does not say what it drops',
  'firewall.rules-set': 'a live run has no firewall',
  'firewall.dropped': 'a live run has no firewall',
  'live.lag': 'only a live run has one',
  'probe.not-made': 'a live run has no second world to make it in',
  'trace.began': 'says which run it is',
  'trace.ended': 'counts the lines',
};

/** `handset.call-placed from=alice to=bob` */
export function keyOf({ type, data }: AnyTraceEvent): string {
  const fields = Object.entries(data)
    .filter(([name]) => KEY_FIELDS.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${printed(value)}`);
  return [type, ...fields].join(' ');
}

/** Ports are the operating system's in a live run. */
function printed(value: unknown): string {
  return typeof value === 'string' ? value.replace(/^([\w.-]+):\d+$/, '$1') : JSON.stringify(value);
}
