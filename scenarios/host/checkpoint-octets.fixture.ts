/** A small world at rest, and what its checkpoint is taken of. */
import { worldOf, hallOptionsOf, type HallOptions } from '../world/hall.fixture.ts';
import { World, type Checkpoint } from '../world/index.ts';
import type { CheckpointOrigin } from './checkpoint-octets.ts';

/** 64 digits that are the SHA-256 of no files. */
export const BUILD = 'b5'.repeat(32);

/** What a checkpoint in the hall is taken of. */
export function originOf(options: HallOptions = {}): CheckpointOrigin {
  return { build: BUILD, options: hallOptionsOf(options) };
}

/** The hall with every phone registered, half a minute after it began. */
export function quietHall(): Checkpoint {
  const checkpoint = worldOf().checkpoint();
  if (checkpoint === undefined) throw new Error('the hall is quiet');
  return checkpoint;
}

/** The same hall, taken up. */
export function hallFrom(checkpoint: Checkpoint): World {
  return new World(hallOptionsOf(), checkpoint);
}
