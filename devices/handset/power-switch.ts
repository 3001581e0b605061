/**
 * The switch on the side of the phone. Off, its memory is lost, no alarm of it rings and nothing reaches it; its storage and the time stay. On
 * again, it is a phone that has just started: it goes by what its clock shows now, and gives up what the calendar is done with.
 */
import type { Ports } from '../ports.ts';
import { handsetError } from './errors.ts';
import type { HandsetEvent } from './machine.ts';
import type { HandsetParts } from './parts.ts';
import type { Radio } from './radio.ts';

/** The phone that is switched. */
export interface PowerSwitchOptions {
  readonly ports: Ports;
  readonly device: string;
  readonly user: string;
  readonly parts: HandsetParts;
  readonly radio: Radio;
  readonly send: (event: HandsetEvent) => void;
  /** Something for the screen; '' clears it. */
  readonly say: (message: string) => void;
}

/** Off and on, by hand. Whether it is on, the radio says. */
export class PowerSwitch {
  readonly #options: PowerSwitchOptions;

  constructor(options: PowerSwitchOptions) {
    this.#options = options;
  }

  /** Errors: HANDSET_OFF. */
  requireOn(): void {
    const { device, radio } = this.#options;
    if (!radio.on) throw handsetError('HANDSET_OFF', `${device} is switched off`);
  }

  /** At once: whoever is at the other end is not told. Errors: HANDSET_OFF. */
  off(): string {
    const { ports, device, user, parts, radio, send, say } = this.#options;
    this.requireOn();
    const event = ports.trace.append('handset.powered-off', device, { user });
    ports.trace.because(event, () => {
      radio.switchOff();
      send({ type: 'POWER_OFF' });
      parts.ring.switchedOff();
      parts.service.restarted();
      say('');
    });
    return `${device} is off.`;
  }

  /** The replay cache is new. Errors: HANDSET_ON. */
  on(): string {
    const { ports, device, user, parts, radio, send } = this.#options;
    if (radio.on) throw handsetError('HANDSET_ON', `${device} is on already`);
    const event = ports.trace.append('handset.powered-on', device, { user });
    ports.trace.because(event, () => {
      parts.callKeys.restart();
      radio.switchOn();
      parts.ring.switchedOn();
      send({ type: 'POWER_ON' });
    });
    return `${device} is on.`;
  }
}
