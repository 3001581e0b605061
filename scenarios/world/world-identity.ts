/** What names a world: everything that it is a function of, but for what is done to it. Worlds with equal names are the same as long as their logs are. */
import { createHash } from 'node:crypto';
import { digestOfKept } from '../../sim/kept.ts';
import type { WorldOptions } from './world-options.ts';

/** The name of a world, in parts that a person can tell apart, and a digest of the rest. */
export type WorldIdentity = {
  readonly scenario: string;
  readonly variant: string;
  readonly seed: string;
  readonly keySeed: string;
  /**
   * SHA-256 (hexadecimal) over the text of the scenario, its parameters as the variant and the run have set them, the rules that are broken, who is
   * played, the kinds of devices, who watches, the voices, and the tool. Those who listen leave no mark, and have no part in it.
   */
  readonly options: string;
};

/** Names the world that these options make. Kinds and witnesses count by their names: the code behind them is the build's. */
export function worldIdentityOf(options: WorldOptions): WorldIdentity {
  const { screenplay, assets, tool, broken, played, witnesses = [], seed, keySeed } = options;
  return {
    scenario: screenplay.id,
    variant: screenplay.variant.name,
    seed,
    keySeed,
    options: digestOfKept({
      text: screenplay.text,
      parameters: screenplay.parameters,
      broken: broken.toSorted(),
      played: played.toSorted(),
      kinds: assets.kinds.map(({ name }) => name),
      witnesses: witnesses.map(({ id }) => id),
      voices: assets.speech.map((octets) => createHash('sha256').update(octets).digest('hex')),
      tool,
    }),
  };
}
