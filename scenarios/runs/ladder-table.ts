/** What is drawn of a world on the ladder of messages: what its kinds of devices tell, and what people do. */
import type { DeviceKinds } from '../../devices/kind.ts';
import type { LadderTable } from '../evidence/ladder.ts';
import { PEOPLE_ARROWS } from '../world/people/told.ts';

/** The arrows of a world with devices of these kinds. */
export function ladderTableOf(kinds: DeviceKinds): LadderTable {
  const told = kinds.map((kind) => kind.told);
  return {
    arrows: Object.assign({}, PEOPLE_ARROWS, ...told.map(({ arrows = {} }) => arrows)),
    servers: Object.assign({}, ...told.map(({ servers = {} }) => servers)),
  };
}
