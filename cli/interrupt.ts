/** Interrupts (Ctrl-C, a service that is stopped, a terminal that is closed): the work is told once, and cleans up; the second ends it at once. */
import { cliError } from './errors.ts';
import { EXIT } from './exit-code.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The part of `process` that this needs. */
export interface Interruptible {
  on(signal: (typeof SIGNALS)[number], listener: () => void): unknown;
  off(signal: (typeof SIGNALS)[number], listener: () => void): unknown;
  exit(code: number): void;
}

/** Runs `work` with a signal that the first interrupt aborts, with CLI_INTERRUPTED as its reason; so does `lost`, with its own. */
export async function interruptible<Result>(
  host: Interruptible,
  lost: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const giveUp = (): void => controller.abort(lost.reason);
  if (lost.aborted) giveUp();
  lost.addEventListener('abort', giveUp);
  const listeners = SIGNALS.map((signal) => {
    const listener = (): void => {
      if (controller.signal.aborted) host.exit(EXIT.interrupted);
      controller.abort(cliError('CLI_INTERRUPTED', `interrupted by ${signal}: no results were written`));
    };
    host.on(signal, listener);
    return [signal, listener] as const;
  });
  try {
    return await work(controller.signal);
  } finally {
    lost.removeEventListener('abort', giveUp);
    for (const [signal, listener] of listeners) host.off(signal, listener);
  }
}
