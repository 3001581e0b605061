/**
 * What makes two events of two runs the same event: type, device, and the fields of their data that the scenario decides. Times,
 * identifiers drawn by chance, counters and measurements are no part of it.
 */
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { FIREWALL } from '../../language/index.ts';
import { NET } from '../../language/standing.ts';

const KEY_FIELDS: ReadonlySet<string> = new Set([
  ...['user', 'peer', 'from', 'to', 'toNumber', 'number', 'account', 'host', 'local', 'remote', 'side'],
  ...['by', 'line', 'reason', 'status', 'code', 'kind', 'subject', 'alert', 'shown', 'mismatch'],
  ...['period', 'periods', 'months', 'source', 'erased', 'platform', 'version', 'app', 'present'],
  ...['suite', 'encryptThenMac', 'extendedMasterSecret', 'direction', 'profile'],
  ...['dataType', 'prf', 'sakkeParams', 'signature', 'policy', 'id', 'row', 'outcome'],
]);

/** Why a probe was not made live. */
export const NO_SECOND_WORLD = 'a live run has no second world to make it in';

/** Types that one of the two kinds of run has by its nature, and why. */
const EXPECTED: Readonly<Record<string, string>> = {
  'network.flow': 'packets are counted on simulated links only',
  'network.dropped': 'a real network does not say what it drops',
  'live.lag': 'only a live run has one',
  'probe.not-made': NO_SECOND_WORLD,
  'trace.began': 'says which run it is',
  'trace.ended': 'counts the lines',
};

/** Devices that only a simulation has, with everything that happens on them. */
const ONLY_SIMULATED: Readonly<Record<string, string>> = {
  [FIREWALL]: 'a live run has no firewall',
  [NET]: 'a live run has no console of its network',
};

/** Machines that an attacker puts on the network for one attempt: `insider-2`. */
const BROUGHT = /-\d+$/;

/** Why one of the two kinds of run has this event and the other has not; undefined when that matters. */
export function expectation(event: AnyTraceEvent): string | undefined {
  if (event.type === 'audit.server-hello' && BROUGHT.test(event.data.client))
    return 'live taps are at the machines that the world begins with';
  return EXPECTED[event.type] ?? ONLY_SIMULATED[event.on];
}

/** `handset.call-placed from=alice to=bob` */
export function keyOf({ type, data }: AnyTraceEvent): string {
  const fields = Object.entries(data)
    .filter(([name]) => KEY_FIELDS.has(name) && !(name === 'alert' && isBeforeIdentity(data)))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${printed(value)}`);
  return [type, ...fields].join(' ');
}

/** With which alert a server answers what is no handshake is its TLS stack's choice; from the identity on it is the deployment's. */
function isBeforeIdentity(data: AnyTraceEvent['data']): boolean {
  return 'identity' in data && (data.identity === null || data.identity === '');
}

/** Ports are the operating system's in a live run. */
function printed(value: unknown): string {
  return typeof value === 'string' ? value.replace(/^([\w.-]+):\d+$/, '$1') : JSON.stringify(value);
}
