/**
 * Two persons for what leaves in somebody's hands: a print of a code, or a copy of the disk. One of them agrees on the console, the other does it;
 * nobody agrees to what they do themselves. What is shown on the screen is seen by whoever is in the room, and a disc goes by its register.
 */
import type { Kept } from '../../sim/kept.ts';
import type { Ports } from '../ports.ts';
import { cmsError } from './errors.ts';

/** Who has agreed to the next one; undefined when nobody has. */
export type SecondPersonState = { readonly agreed: string | undefined };

/** The agreement of one CMS. It is used up by what it was given for. */
export class SecondPerson implements Kept<SecondPersonState> {
  readonly #ports: Ports;
  readonly #cms: string;
  #agreed: string | undefined;

  constructor(ports: Ports, cms: string, kept?: SecondPersonState) {
    this.#ports = ports;
    this.#cms = cms;
    this.#agreed = kept?.agreed;
  }

  save(): SecondPersonState {
    return { agreed: this.#agreed };
  }

  agrees(by: string): string {
    this.#agreed = by;
    this.#ports.trace.append('cms.approved', this.#cms, { by });
    return `${by} agrees to one print, or to one copy of the disk.`;
  }

  /** Errors: CMS_ALONE, when `by` has nobody beside them. */
  refuseAlone(by: string): void {
    const { deployment, rules } = this.#ports;
    if (deployment['cms-access'] === 'one-person' || !rules.holds('cms.two-persons')) return;
    const other = this.#agreed;
    if (other === undefined || other === by) throw cmsError('CMS_ALONE', `${by} is alone`);
    this.#agreed = undefined;
  }
}
