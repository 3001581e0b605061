/**
 * The path of an attack, and what it is aimed at: stated before it tries. Whoever adds up what an attacker could do goes by these and by the
 * outcome; so two tries have the same path exactly when the refusal of one says that the other does not work any more.
 */
import type { MeansKind } from './means.ts';
import type { Route } from './route.ts';

/** What can be tried: the line of the console, with the options that make it another attack. */
export const ATTACK_NAMES = [
  'decrypt',
  'escrow',
  'unroll',
  'search-medium',
  'read-signalling',
  'read-signalling --given-psk',
  'search-relay',
  'call-graph',
  'register-as',
  'register-as --unknown',
  'knock other-suites',
  'knock null-cipher',
  'knock certificate',
  'knock plaintext',
  'knock http',
  'knock ssh',
  'call',
  'call --hold',
  'call-as',
  'call-as --hold',
  'receive-as',
  'be-offered-as',
  'fetch-package',
  'fetch-package --in-session',
  'unwrap-package',
  'serve-package',
  'serve-package --kept',
  'forge',
  'forge --month',
  'forge --sent',
  'forge --month --sent',
  'replay',
  'replay --malleated',
  'replay --after-restart',
  'replay --malleated --after-restart',
  'substitute content',
  'substitute identity',
  'substitute strip',
  'enumerate',
  'impersonate-crs',
  'scan-ports',
  'scan-ports --undeclared',
] as const;

/** One of these. */
export type AttackName = (typeof ATTACK_NAMES)[number];

/** What is tried, which way, and with which kinds of means, held or not. */
export interface AttackPath {
  readonly attack: AttackName;
  readonly route: Route;
  readonly needs: readonly MeansKind[];
}

/** A path, and what the attacker could do to what if it led there. */
export interface AttackAim extends AttackPath {
  /** `identity alice`, `recorded calls of 2015-10 to alice`, `package 2015-11 of alice`. */
  readonly asset: string;
  /** `place calls`, `hear`, `fetch`. */
  readonly capability: string;
  /** The user whose loss it is; null when it is nobody's in particular. */
  readonly victim: string | null;
  /** The call by its name, when it is one. */
  readonly call: string | null;
}
