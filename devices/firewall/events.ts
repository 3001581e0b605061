/** What the firewall adds to the trace. */
declare module '../../sim/trace.ts' {
  interface TraceEvents {
    /** Its rules are others from now on, or were set for the first time. */
    'firewall.rules-set': { rules: readonly string[]; count: number; policy: string; by: string };
    /** A new line of its log: packets like this are dropped. Further ones are counted there. `rule` is 0 for the policy. */
    'firewall.dropped': { protocol: string; source: string; port: number; rule: number };
    'firewall.stopped': { by: string };
    'firewall.started': { by: string };
  }
}
