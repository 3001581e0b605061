/**
 * What a disc brings into a CMS. A payload on one that was in another machine runs when the disc is read; from then on each disc that is burnt has
 * the master secrets in a session that nobody looks at. With the gate on, a disc that is not new is not read at all (para-26).
 */
import type { Kept } from '../../sim/kept.ts';
import type { InsertedDisc } from '../hardware/index.ts';
import { encodeHiddenSession, parseHiddenSession } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import { cmsError } from './errors.ts';
import type { Vault } from './vault.ts';

/** Who brought the payload that runs on a CMS; undefined on a clean one. */
export type InfectionState = { readonly by: string | undefined };

/** The place where one CMS meets discs. */
export class Infection implements Kept<InfectionState> {
  readonly #ports: Ports;
  readonly #cms: string;
  #by: string | undefined;

  constructor(ports: Ports, cms: string, kept?: InfectionState) {
    this.#ports = ports;
    this.#cms = cms;
    this.#by = kept?.by;
  }

  save(): InfectionState {
    return { by: this.#by };
  }

  /** A disc was put in. Without a gate the CMS reads whatever is on it. */
  reads({ disc, name }: InsertedDisc): void {
    const { hidden } = disc;
    if (this.#isGated || hidden === undefined || this.#by !== undefined) return;
    const { by, master } = parseHiddenSession(hidden);
    if (master !== undefined) return;
    this.#by = by;
    this.#ports.trace.append('cms.contaminated', this.#cms, { disc: name, by });
  }

  /** Refuses a disc that is written, that can be written again, or, with the gate on, that was in another machine. Errors: CMS_USED_DISC, CMS_REWRITABLE_DISC. */
  requireNew({ disc, name }: InsertedDisc): void {
    const { state, insertions, rewritable } = disc;
    const isForeign = this.#isGated && disc.contaminatedFor(this.#cms);
    if (state === 'blank' && !isForeign && !rewritable) return;
    this.#ports.trace.append('cms.disc-refused', this.#cms, { disc: name, insertions });
    if (rewritable) throw cmsError('CMS_REWRITABLE_DISC', `${name} is a CD-RW`);
    throw cmsError('CMS_USED_DISC', `${name} is ${state} and was in: ${insertions.join(', ')}`);
  }

  /** Adds to a disc that was burnt what the payload takes; true when there is one. */
  adds({ disc }: InsertedDisc, vault: Vault): boolean {
    if (this.#by === undefined) return false;
    disc.hide(encodeHiddenSession({ by: this.#cms, master: vault.master }));
    return true;
  }

  get #isGated(): boolean {
    return this.#ports.deployment['disc-gate'] === 'on';
  }
}
