/**
 * What a CMS shows on its screen for a camera: the code that enrols a user, or the code that makes its KMS known to phones of another one. One code
 * at a time, until it is hidden or another one is asked for.
 */
import type { Kept } from '../../sim/kept.ts';
import type { Secret } from '../../sim/secret.ts';
import type { Period } from '../../network/mikey/index.ts';
import type { GrayImage } from '../hardware/index.ts';
import { COMMUNITY_NUMBERS_MAX, encodeKmsCode, encodeQrPayload, type QrPayload } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import type { CmsCustody } from './custody.ts';
import { cmsError } from './errors.ts';
import './events.ts';
import { ShownCode, type ShownCodeState } from './shown-code.ts';
import type { UserRegister } from './user-register.ts';
import type { VaultUser } from './vault.ts';

/** Whose screen it is. */
export interface CodeDisplayOptions {
  readonly ports: Ports;
  readonly cms: string;
  readonly account: string;
  readonly custody: CmsCustody;
  readonly register: UserRegister;
  /** To the statechart of the CMS. */
  readonly send: (event: { readonly type: 'SHOW_QR' | 'HIDE_QR' }) => void;
  readonly kept: ShownCodeState | undefined;
}

/** The code on the screen, if there is one. */
export class CodeDisplay implements Kept<ShownCodeState | undefined> {
  readonly #options: CodeDisplayOptions;
  #shown: ShownCode | undefined;

  constructor(options: CodeDisplayOptions) {
    this.#options = options;
    if (options.kept !== undefined) this.#shown = new ShownCode(options.kept);
  }

  save(): ShownCodeState | undefined {
    return this.#shown?.save();
  }

  /** Whose code it is. */
  get name(): string | undefined {
    return this.#shown?.name;
  }

  get image(): GrayImage | undefined {
    return this.#shown?.image;
  }

  get secrets(): readonly Secret[] {
    return this.#shown?.secrets ?? [];
  }

  /** The code of a user, with the keys of a month. */
  showUser({ name, number }: VaultUser, payload: QrPayload, period: Period): string {
    const { ports, cms, custody, register } = this.#options;
    const octets = encodeQrPayload(payload);
    const shown = this.#show({ number, name, octets });
    register.note('QR code shown', number);
    ports.trace.append('cms.qr-shown', cms, { user: name, number, period, octets: octets.length });
    custody.handOver('shown', shown.secrets, null);
    return `The screen shows the QR code of ${name} ${number} for ${period}.`;
  }

  /** The code of its KMS: public keys, and whom it serves. Errors: CMS_TOO_MANY_USERS. */
  showKms(): string {
    const { ports, cms, account, register } = this.#options;
    const { users, kms } = register.vault;
    if (users.length > COMMUNITY_NUMBERS_MAX)
      throw cmsError(
        'CMS_TOO_MANY_USERS',
        `${cms} has ${users.length} users, a code has room for ${COMMUNITY_NUMBERS_MAX}`,
      );
    const octets = encodeKmsCode({ account, kms, numbers: users.map(({ number }) => number) });
    this.#show({ number: '', name: `the KMS of ${account}`, octets });
    ports.trace.append('cms.kms-shown', cms, { account, users: users.length, octets: octets.length });
    return `The screen shows the public keys of the KMS of ${account}, which serves ${users.length} numbers.`;
  }

  /** Errors: CMS_NO_QR. */
  hide(): string {
    const { ports, cms, send } = this.#options;
    if (this.#shown === undefined) throw cmsError('CMS_NO_QR', 'no QR code is on the screen');
    const { name: user, number } = this.#shown;
    this.#shown = undefined;
    send({ type: 'HIDE_QR' });
    ports.trace.append('cms.qr-hidden', cms, { user, number });
    return 'The screen shows the list of users.';
  }

  #show(code: ShownCodeState): ShownCode {
    const shown = new ShownCode(code);
    this.#shown = shown;
    this.#options.send({ type: 'SHOW_QR' });
    return shown;
  }
}
