/** What the network of a run was when it began, for its report: each kind of link once, in netem's words. The trace has later changes. */
import { netemOf } from '../../network/simulated/index.ts';
import type { ResolvedScreenplay } from '../language/index.ts';
import type { Fact } from '../evidence/model.ts';
import { linksOf } from '../world/index.ts';

const NOTHING = 'no delay, no loss';

/** Links of equal quality share a fact; a link whose directions differ says both. */
export function networkFactsOf(screenplay: ResolvedScreenplay): readonly Fact[] {
  const links = new Map<string, string[]>();
  for (const { name, up, down } of linksOf(screenplay)) {
    const [toServer, fromServer] = [netemOf(up) || NOTHING, netemOf(down) || NOTHING];
    const value = toServer === fromServer ? toServer : `to the server: ${toServer}; from it: ${fromServer}`;
    const names = links.get(value);
    if (names === undefined) links.set(value, [name]);
    else names.push(name);
  }
  return [...links].map(([text, names]) => ({ name: `network: ${names.join(', ')}`, text }));
}
