/** What is kept of a host. */
import type { SecureStreamState } from './secure-stream.ts';
import type { StreamState } from './stream-state.ts';

/** A host whose streams are at rest, as a plain value. What it listens to and has open for datagrams is opened again. */
export type HostState = {
  readonly address: string;
  /** Dynamic ports that are tried next. */
  readonly nextDatagramPort: number;
  readonly nextStreamPort: number;
  readonly streams: readonly {
    readonly local: EndState;
    readonly remote: EndState;
    readonly stream: StreamState;
    readonly secure: SecureStreamState;
  }[];
};

type EndState = { readonly host: string; readonly port: number };
