/** The promises that a network keeps. */
import type { RuleTable } from '../../devices/rules.ts';

/** By name, with what each promises. */
export const NET_RULES = {
  'net.tunnel-seals': 'puts nothing of a tunnel on the network that carries it but what is sealed (para-11)',
} as const satisfies RuleTable;

declare module '../../devices/rules.ts' {
  interface RuleNames {
    readonly net: keyof typeof NET_RULES;
  }
}
