/** What is kept of a network. */
import type { HostState } from './host-state.ts';
import type { LinkState } from './link.ts';
import type { PartitionsState } from './partitions.ts';

/** A network at rest, as a plain value. Routers and filters are not kept: whoever is taken up puts them there again. */
export type FabricState = {
  /** All names that are known, in the order in which they became so. */
  readonly names: readonly string[];
  readonly hosts: { readonly [name: string]: HostState };
  /** In the order in which they were joined. */
  readonly links: readonly LinkState[];
  readonly unplugged: readonly string[];
  readonly partitions: PartitionsState;
  /** Lines of a key log, as {@link SimulatedFabric.sessionKeys} has them. */
  readonly sessionKeys: readonly string[];
};
