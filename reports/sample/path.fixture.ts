/** The path of the sample's exposures: what all of them have in common. */
import type { ExposureBar } from '../../scenarios/evidence/model.ts';

/** A thief who acts in the victim's place, with controls that held. */
export const PATH: Pick<
  ExposureBar,
  'attacker' | 'attack' | 'route' | 'needs' | 'sources' | 'refusedAs' | 'controlled'
> = {
  ...{ attacker: 'thief', attack: 'call-as', route: 'own-account', needs: ['psk', 'ssk'] },
  ...{ sources: ['alice-crs'], refusedAs: 'blocked', controlled: true },
};
