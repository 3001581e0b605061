/** What `calldrill worker` and its processes say to each other. */

/** The one thing that a process is told: which Redis it takes runs from, and how much each may take. */
export interface ToWorkerProcess {
  readonly kind: 'begin';
  /** The address with its password, if it has one: on no command line, where others could read it. */
  readonly redis: string;
  readonly memoryMib?: number;
}

/** That it has begun, what it makes, that Redis went or came back, or why it cannot begin. */
export type FromWorkerProcess =
  | { readonly kind: 'ready' }
  | { readonly kind: 'news'; readonly news: string }
  | { readonly kind: 'away'; readonly away: boolean; readonly why: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly fix: string };
