/** What a world is made of before anything happens in it. */
import type { RuleName } from '../../devices/rules.ts';
import type { ResolvedScreenplay } from '../language/index.ts';
import type { Assets } from './assets.ts';
import type { Listen } from './earpiece.ts';
import type { Physics, Seeds } from './physics.ts';
import type { Witness } from './witness.ts';

/** Everything that a world is a function of, but for what is typed in it. */
export interface WorldOptions extends Seeds {
  readonly screenplay: ResolvedScreenplay;
  readonly assets: Assets;
  readonly tool: string;
  /** Rules that a planted violation breaks. */
  readonly broken: readonly RuleName[];
  /** People whose lines are typed from outside: the world does not answer the phone for them. */
  readonly played: readonly string[];
  /** What it stands on; a simulation under the seeds when left out. A world on anything else cannot be forked. */
  readonly physics?: Physics;
  /** Who watches it, and its forks; nobody when left out. */
  readonly witnesses?: readonly Witness[];
  /** Listens to what is heard of calls. Not in forks: what is tried in them was heard by nobody. */
  readonly listen?: Listen | undefined;
}
