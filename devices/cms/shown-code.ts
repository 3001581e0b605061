/** The QR code that is on the screen of a CMS: whose it is, its picture, and the secrets that a look at it gives away. */
import type { Kept } from '../../sim/kept.ts';
import type { Secret } from '../../sim/secret.ts';
import { renderQr, type GrayImage } from '../hardware/index.ts';
import { isKmsCode, parseQrPayload, secretsOfQr } from '../media/index.ts';

/** A code as a plain value: the user as they were when it was asked for, or its KMS without a number, and the octets in it. */
export type ShownCodeState = {
  readonly number: string;
  readonly name: string;
  readonly octets: Uint8Array;
};

/** A code that is shown until it is hidden or another one is asked for. What its user is given meanwhile is not in it. */
export class ShownCode implements Kept<ShownCodeState> {
  readonly number: string;
  readonly name: string;
  readonly image: GrayImage;
  readonly secrets: readonly Secret[];
  readonly #octets: Uint8Array;

  /** Errors: MEDIA_* when the octets are no payload of an enrolment. */
  constructor({ number, name, octets }: ShownCodeState) {
    this.number = number;
    this.name = name;
    this.image = renderQr(octets);
    // There is no secret in the public keys of a KMS.
    this.secrets = isKmsCode(octets) ? [] : secretsOfQr(parseQrPayload(octets));
    this.#octets = octets;
  }

  save(): ShownCodeState {
    return { number: this.number, name: this.name, octets: this.#octets };
  }
}
