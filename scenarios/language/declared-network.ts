/** The networks of a scenario as declared: how good links are, what stands in front of a CRS, and where phones go over to. */
import type { Where } from '../../sim/errors.ts';
import type { Settings } from './vocabulary.ts';

/** How good links are: a profile and settings for all of them, and the links that have their own. */
export interface Network {
  /** Absent: the network's own default. */
  readonly profile?: string;
  /** For every link. */
  readonly settings: Settings;
  readonly links: readonly DeclaredLink[];
}

/** What differs on one link. */
interface DeclaredLink {
  readonly name: string;
  readonly where: Where;
  readonly profile?: string;
  readonly settings: Settings;
}

/** Kinds of networks that phones go over to. The VPN is a tunnel: nobody on the way sees into it. */
export const SITE_KINDS = ['fixed', 'cell', 'visited', 'vpn'] as const;

/** What lies between the phones and their CRSs, when it is more than a link for each. */
export interface DeclaredTopology {
  /** The firewall in front of a CRS, when there is one. */
  readonly firewall?: FirewallRules;
  readonly sites: readonly Site[];
  /** Where phones are at the beginning; those that are not named are at home. */
  readonly at: ReadonlyMap<string, string>;
}

/** What the firewall in front of one CRS lets through, as declared: rules are still text here. */
export interface FirewallRules {
  /** The name of the CRS behind it. */
  readonly protects: string;
  readonly policy?: 'allow' | 'deny';
  /** Absent: what the CRS needs. */
  readonly rules?: readonly string[];
}

/** A network that phones may go over to, with the quality of its link. */
export interface Site {
  readonly name: string;
  readonly where: Where;
  readonly kind: (typeof SITE_KINDS)[number];
  /** Of a VPN: the site whose network carries the tunnel; absent: nobody says which does. */
  readonly through?: string;
  /** The country that its addresses are of, as whoever looks them up is told; absent: at home. */
  readonly country?: string;
  /** Absent: by the kind. */
  readonly profile?: string;
  readonly settings: Settings;
}
