/**
 * The installation: which VoIP applications are on a phone. The secure app passes the install gate or stays out; another one can
 * be put beside it later, which the trace shows and nothing on the phone prevents.
 */
import type { Kept } from '../../sim/kept.ts';
import type { Ports } from '../ports.ts';
import { handsetError } from './errors.ts';
import { objectionTo, type Platform } from './install-gate.ts';

/** More than anybody has, and few enough for a line of the trace. */
const OTHERS_MAX = 20;

/** Which phone it is, and what came with it. */
export interface InstallationOptions extends Platform {
  readonly ports: Ports;
  /** Host name of the phone. */
  readonly device: string;
  /** Another VoIP application that the phone comes with. */
  readonly otherVoip: string | undefined;
}

/** What is installed, as a plain value; whether the secure app is on the phone is for the statechart to say. */
export type InstallationState = {
  readonly others: readonly string[];
};

/** The VoIP applications beside the secure one, and whether it may come on. */
export class Installation implements Kept<InstallationState> {
  readonly #options: InstallationOptions;
  /** None on most phones. */
  #others: Set<string> | undefined;

  constructor(options: InstallationOptions, kept?: InstallationState) {
    this.#options = options;
    const { otherVoip } = options;
    const others = kept?.others ?? (otherVoip === undefined ? [] : [otherVoip]);
    if (others.length > 0) this.#others = new Set(others);
  }

  save(): InstallationState {
    return { others: this.others };
  }

  /** Other VoIP applications on the phone. */
  get others(): readonly string[] {
    return [...(this.#others ?? [])];
  }

  /** Why the install gate would refuse the app now; undefined when it would not. */
  get objection(): string | undefined {
    return objectionTo(this.#options, this.others, this.#options.ports.rules);
  }

  /** Puts another VoIP application on the phone. Errors: HANDSET_OTHER_APP. */
  add(app: string): void {
    const { ports, device } = this.#options;
    this.#others ??= new Set();
    if (this.#others.has(app)) throw handsetError('HANDSET_OTHER_APP', `${app} is on ${device} already`);
    if (this.#others.size === OTHERS_MAX)
      throw handsetError('HANDSET_OTHER_APP', `${device} has ${OTHERS_MAX} other applications already`);
    this.#others.add(app);
    ports.trace.append('handset.other-voip', device, { app, present: true });
  }

  /** Takes it off again. Errors: HANDSET_OTHER_APP. */
  remove(app: string): void {
    const { ports, device } = this.#options;
    if (this.#others?.delete(app) !== true)
      throw handsetError('HANDSET_OTHER_APP', `${app} is not on ${device}`);
    ports.trace.append('handset.other-voip', device, { app, present: false });
  }

  /** Everything that was installed is gone. */
  wiped(): void {
    this.#others = undefined;
  }

  reportInstalled(): void {
    const { ports, device, platform, version } = this.#options;
    ports.trace.append('handset.installed', device, { platform, version });
  }

  reportRefused(): void {
    const { ports, device, platform, version } = this.#options;
    const reason = this.objection ?? '';
    ports.trace.append('handset.install-refused', device, { platform, version, reason });
  }
}
