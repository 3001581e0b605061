/**
 * What the far ends decided about one attack, as they say in their own events: the CRS of a handshake, a call or a request for a package,
 * a phone of an I_MESSAGE, a firewall of packets. An event counts only when it is of this attack: of its hosts, or of its call.
 */
import type { AnyTraceEvent } from '../../sim/trace.ts';
import { isReason, type Reason } from '../reason.ts';

/** Collects reasons while an attack is under way. */
export class FarEnd {
  readonly #hosts = new Set<string>();
  readonly #callers = new Set<string>();
  readonly #calls = new Set<string>();
  readonly #found: Reason[] = [];
  #asksForPackage = false;
  #isBusy = false;

  /** `hosts` are the places that the attack comes from. */
  constructor(hosts: readonly string[] = []) {
    for (const host of hosts) this.from(host);
  }

  /** Connections and calls of this host are of this attack. */
  from(host: string): void {
    this.#hosts.add(host);
    this.#callers.add(host);
  }

  /** Calls that this host places are of this attack, and nothing else of it. */
  calledFrom(host: string): void {
    this.#callers.add(host);
  }

  /** What is asked for is a package: that the CRS does not have one is an answer. A phone asks for next month's by itself. */
  asksForPackage(): void {
    this.#asksForPackage = true;
  }

  /** I_MESSAGEs with this CSB ID are of this attack. */
  call(csb: string): void {
    this.#calls.add(csb);
  }

  /** All that was said so far. */
  get reasons(): readonly Reason[] {
    return this.#found;
  }

  /** Whether the CRS put somebody off until later: that says nothing about what is held. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Whether this I_MESSAGE is of this attack. */
  isOf(csb: string | null): boolean {
    return csb !== null && this.#calls.has(csb);
  }

  /** Takes an event of the trace; true when it was a refusal of this attack. */
  take(event: AnyTraceEvent): boolean {
    switch (event.type) {
      case 'crs.handshake-refused': {
        const { host, reason, also } = event.data;
        return this.#hosts.has(host) && this.#say(reason, ...also);
      }
      case 'crs.package-refused':
        if (!this.#asksForPackage || !this.#hosts.has(event.data.host)) return false;
        return this.#say(event.data.code);
      case 'crs.call-refused':
        return this.#callers.has(event.data.host) && this.#say(event.data.code);
      case 'mikey.refused':
        return this.isOf(event.data.csb) && this.#say(event.data.reason);
      case 'network.dropped': {
        const { reason, from } = event.data;
        return reason === 'filtered' && this.#hosts.has(hostIn(from)) && this.#say('firewall');
      }
      default:
        return false;
    }
  }

  #say(...codes: readonly (string | null)[]): boolean {
    for (const code of codes) {
      if (code === 'too-many-requests') this.#isBusy = true;
      else if (code !== null && isReason(code)) this.#found.push(code);
    }
    return true;
  }
}

function hostIn(address: string): string {
  return address.slice(0, address.lastIndexOf(':'));
}
