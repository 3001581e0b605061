/**
 * A rule of the firewall, in the one form that is typed, written in scenarios and shown:
 *
 *     allow tcp 5061
 *     allow udp 49152-65535 from vpn,alice-phone
 *     deny any
 *
 * Ports are those of the protected side. A source is an address (`alice-phone`, `alice-phone.visited-fr`) or a place, which stands for
 * every address there (`visited-fr`): the firewall sees where a packet comes from, never whose phone it is (para-17-b2).
 */
import type { Packet } from '../../network/packet.ts';
import { firewallError } from './errors.ts';

/** What may be done with a packet that a rule speaks about. */
export const ACTIONS = ['allow', 'deny'] as const;
/** The first word of a rule, and the policy at its end. */
export type Action = (typeof ACTIONS)[number];

/** Which packets toward the protected side it speaks about; what is left out means any. */
export interface Rule {
  readonly action: Action;
  readonly protocol: 'tcp' | 'udp' | 'any';
  /** First and last port, both included. */
  readonly ports: readonly [number, number];
  /** Addresses and places; undefined for everywhere. */
  readonly sources: readonly string[] | undefined;
}

const PORT_MAX = 65_535;
const FORM =
  /^(?<action>allow|deny) (?<protocol>tcp|udp|any)(?: (?<first>\d{1,5})(?:-(?<last>\d{1,5}))?)?(?: from (?<sources>\S+))?$/;
const SOURCE = /^[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)?$/;
const RULE_LENGTH_MAX = 1_024;

/** Reads a rule; blanks between words may be many. Errors: FIREWALL_RULE. */
export function parseRule(text: string): Rule {
  const groups =
    text.length > RULE_LENGTH_MAX ? undefined : FORM.exec(text.trim().replace(/ {2,}/g, ' '))?.groups;
  if (groups === undefined) throw firewallError('FIREWALL_RULE', `'${text.slice(0, 60)}' is not a rule`);
  const { first, last = first, protocol = '' } = groups;
  const ports = [Number(first ?? 1), Number(last ?? PORT_MAX)] as const;
  if (ports[0] < 1 || ports[1] > PORT_MAX || ports[0] > ports[1])
    throw firewallError('FIREWALL_RULE', `'${text}' has no port in 1..65535, or the range is upside down`);
  const sources = groups['sources']?.split(',');
  const strange = sources?.find((source) => !SOURCE.test(source));
  if (strange !== undefined)
    throw firewallError('FIREWALL_RULE', `'${strange}' is neither an address nor a place`);
  return {
    action: groups['action'] === 'allow' ? 'allow' : 'deny',
    protocol: protocol === 'tcp' || protocol === 'udp' ? protocol : 'any',
    ports,
    sources,
  };
}

/** The line that reads into the same again: lists joined by commas, ranges by a hyphen. */
export function ruleText({ action, protocol, ports, sources }: Rule): string {
  const [first, last] = ports;
  const everyPort = first === 1 && last === PORT_MAX;
  const range = everyPort ? '' : ` ${first === last ? first : `${first}-${last}`}`;
  return `${action} ${protocol}${range}${sources === undefined ? '' : ` from ${sources.join(',')}`}`;
}

/** Whether a rule speaks about a packet that travels toward the protected side. */
export function speaksAbout({ protocol, ports, sources }: Rule, { protocol: of, from, to }: Packet): boolean {
  if (protocol !== 'any' && protocol !== of) return false;
  if (to.port < ports[0] || to.port > ports[1]) return false;
  return sources === undefined || sources.some((source) => isAt(from.host, source));
}

function isAt(host: string, source: string): boolean {
  return host === source || host.endsWith(`.${source}`);
}

/** What the CRS needs: its TLS port, and the ports that its relay takes (RFC 6335 6: dynamic ports). */
export const STANDARD_RULES: readonly string[] = ['allow tcp 5061', 'allow udp 49152-65535'];
