/**
 * Whether a phone can be reached at all: it may be in a shielded bag, and it may be off. While either holds, the network has it unplugged; what
 * it had open when it went off is gone, and nobody at the other end was told.
 */
import type { Kept } from '../../sim/kept.ts';
import type { Attachment } from '../../network/fabric.ts';
import { listenToMdm, type MdmOrders } from './mdm-agent.ts';

/** Its place in the network, and how that is unplugged. */
export interface RadioOptions {
  readonly attachment: Attachment;
  /** Puts it out of reach, or back. */
  readonly unplug: (unplugged: boolean) => void;
  /** What the phone does when the MDM asks for it. */
  readonly orders: MdmOrders;
}

/** A radio as a plain value; that it is unplugged, the network knows. */
export type RadioState = {
  readonly on: boolean;
  readonly shielded: boolean;
};

/** The one way of a phone to the network, with the agent of the MDM that listens there. */
export class Radio implements Kept<RadioState> {
  readonly #options: RadioOptions;
  #on: boolean;
  #shielded: boolean;

  constructor(options: RadioOptions, kept?: RadioState) {
    this.#options = options;
    this.#on = kept?.on ?? true;
    this.#shielded = kept?.shielded ?? false;
    if (this.#on) listenToMdm(options.attachment, options.orders);
  }

  get on(): boolean {
    return this.#on;
  }

  get reachable(): boolean {
    return this.#on && !this.#shielded;
  }

  save(): RadioState {
    return { on: this.#on, shielded: this.#shielded };
  }

  /** Into the bag, or out of it. */
  shield(shielded: boolean): void {
    this.#shielded = shielded;
    if (this.#on) this.#options.unplug(shielded);
  }

  /** The network first, then all that was open: no reset and no goodbye leaves a phone that is off. */
  switchOff(): void {
    this.#on = false;
    if (!this.#shielded) this.#options.unplug(true);
    this.#options.attachment.detach();
  }

  switchOn(): void {
    this.#on = true;
    if (!this.#shielded) this.#options.unplug(false);
    listenToMdm(this.#options.attachment, this.#options.orders);
  }
}
