/**
 * The installation: which system and which VoIP applications are on a phone. The secure app passes the install gate or stays out; another
 * one can be put beside it later, and the system can be brought up to date, unless the MDM has the phone keep to a policy against it.
 */
import type { Kept } from '../../sim/kept.ts';
import type { Ports } from '../ports.ts';
import { handsetError } from './errors.ts';
import { isNewer, objectionTo, type Platform } from './install-gate.ts';

/** More than anybody has, and few enough for a line of the trace. */
const OTHERS_MAX = 20;

/** Which phone it is, and what came with it. */
export interface InstallationOptions extends Platform {
  readonly ports: Ports;
  /** Host name of the phone. */
  readonly device: string;
  /** Another VoIP application that the phone comes with. */
  readonly otherVoip: string | undefined;
  /** The version of the app from which on it takes a message twice; none when left out. */
  readonly faultyApp: string | undefined;
}

/** What is installed, as a plain value; whether the secure app is on the phone is for the statechart to say. */
export type InstallationState = {
  readonly others: readonly string[];
  /** The version of the system. */
  readonly version: string;
  /** That of the app; undefined while it is the one that the phone came with. */
  readonly app: string | undefined;
  /** Whether the store is closed for further applications, and updates of the system are held. */
  readonly closed: boolean;
  readonly held: boolean;
};

/** The system, the app, the VoIP applications beside it, and what may come on. */
export class Installation implements Kept<InstallationState> {
  readonly #options: InstallationOptions;
  /** None on most phones. */
  #others: Set<string> | undefined;
  #version: string;
  #app: string | undefined;
  #closed: boolean;
  #held: boolean;

  constructor(options: InstallationOptions, kept?: InstallationState) {
    this.#options = options;
    const { otherVoip } = options;
    const others = kept?.others ?? (otherVoip === undefined ? [] : [otherVoip]);
    if (others.length > 0) this.#others = new Set(others);
    this.#version = kept?.version ?? options.version;
    this.#app = kept?.app;
    this.#closed = kept?.closed ?? false;
    this.#held = kept?.held ?? false;
  }

  save(): InstallationState {
    const { others } = this;
    return { others, version: this.#version, app: this.#app, closed: this.#closed, held: this.#held };
  }

  /** Other VoIP applications on the phone. */
  get others(): readonly string[] {
    return [...(this.#others ?? [])];
  }

  /** Whether the app that is on it now takes a message that it has taken before. */
  get takesMessagesTwice(): boolean {
    const { faultyApp } = this.#options;
    return faultyApp !== undefined && this.#app !== undefined && !isNewer(faultyApp, this.#app);
  }

  /** Why the install gate would refuse the app now; undefined when it would not. */
  get objection(): string | undefined {
    const { platform, ports } = this.#options;
    return objectionTo({ platform, version: this.#version }, this.others, ports.rules);
  }

  /** What the agent of the MDM says of the phone. */
  get report(): Readonly<Record<string, string>> {
    const { platform } = this.#options;
    return { platform, version: this.#version, apps: this.others.join(',') };
  }

  /** Keeps to a policy of the MDM from now on; what it does not know is none of its business. */
  keep({ store, updates }: Readonly<Record<string, string>>): void {
    if (store !== undefined) this.#closed = store === 'closed';
    if (updates !== undefined) this.#held = updates === 'held';
  }

  /** Puts another VoIP application on the phone. Errors: HANDSET_OTHER_APP, HANDSET_POLICY. */
  add(app: string): void {
    const { ports, device } = this.#options;
    this.#requireFree(this.#closed, `the store of ${device} is closed for applications such as ${app}`);
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

  /** Brings the system up to date. Errors: HANDSET_POLICY, HANDSET_NO_UPDATE. */
  updateSystem(version: string): void {
    const { ports, device, platform } = this.#options;
    this.#requireFree(this.#held, `updates of ${device} are held`);
    if (!isNewer(version, this.#version))
      throw handsetError('HANDSET_NO_UPDATE', `${device} runs ${platform} ${this.#version} already`);
    const before = this.#version;
    this.#version = version;
    ports.trace.append('handset.system-updated', device, { platform, before, version });
  }

  /** Brings the app up to date. Errors: HANDSET_NO_UPDATE. */
  updateApp(version: string): void {
    const { ports, device } = this.#options;
    if (this.#app !== undefined && !isNewer(version, this.#app))
      throw handsetError('HANDSET_NO_UPDATE', `${device} has version ${this.#app} of the app already`);
    this.#app = version;
    ports.trace.append('handset.app-updated', device, { version });
  }

  #requireFree(bound: boolean, why: string): void {
    if (bound && this.#options.ports.rules.holds('handset.keeps-policies'))
      throw handsetError('HANDSET_POLICY', why);
  }

  /** Everything that was installed is gone. */
  wiped(): void {
    this.#others = undefined;
    this.#app = undefined;
  }

  reportInstalled(): void {
    const { ports, device, platform } = this.#options;
    ports.trace.append('handset.installed', device, { platform, version: this.#version });
  }

  reportRefused(): void {
    const { ports, device, platform } = this.#options;
    const reason = this.objection ?? '';
    ports.trace.append('handset.install-refused', device, { platform, version: this.#version, reason });
  }
}
