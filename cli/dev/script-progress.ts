/** How far a developers' script is: a line that is written over on a terminal, and in a log a line for every 5 %. */
import { formatDuration } from '../../sim/duration.ts';

/** Lines in a log. */
const LINES = 20;

/** Redraws to what is behind the cursor. */
const ERASE_LINE = '\r\u001b[K';

/** How many things there will be, what they are called, and whether somebody looks on. */
export interface ScriptProgressOptions {
  readonly isTty: boolean;
  readonly total: number;
  /** What there are so many of: `pieces`. */
  readonly things: string;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
}

/** A function that tells what to write when one more of them is done; nothing, most of the time, in a log. */
export function scriptProgress({ isTty, total, things, now }: ScriptProgressOptions): () => string {
  const beganMs = now();
  let done = 0;
  return () => {
    const before = Math.floor((done * LINES) / total);
    done += 1;
    const text = `${done} of ${total} ${things}`;
    if (isTty) {
      const leftSeconds = Math.ceil(((now() - beganMs) / done) * (total - done) * 0.001);
      const left = done < total ? `, about ${formatDuration(leftSeconds * 1_000_000)} left` : '\n';
      return `${ERASE_LINE}${text}${left}`;
    }
    const lines = Math.floor((done * LINES) / total);
    return lines > before ? `${text}, ${lines * (100 / LINES)} %\n` : '';
  };
}
