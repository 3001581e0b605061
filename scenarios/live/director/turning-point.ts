/** Waits until something holds that is looked at whenever anything has changed, unless something fails or it takes too long. */
import { controlError } from './errors.ts';

/** One condition at a time, looked at on each `changed`; a failure is remembered for all that is awaited later. */
export class TurningPoint {
  #look: () => void = () => undefined;
  #failed: { readonly reason: unknown } | undefined;

  /** Something may hold now. */
  changed(): void {
    this.#look();
  }

  /** Nothing will hold any more. The first reason counts. */
  fail(reason: unknown): void {
    this.#failed ??= { reason };
    this.#look();
  }

  /** Resolves when `done` holds. Rejects with what failed, and with CONTROL_NOT_JOINED after `limitMs`. */
  async until(done: () => boolean, limitMs: number, whom: () => string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#look = () => {
          if (this.#failed !== undefined) reject(this.#failed.reason);
          else if (done()) resolve();
        };
        this.#look();
        if (limitMs === Infinity) return;
        timer = setTimeout(() => {
          reject(controlError('CONTROL_NOT_JOINED', `${whom()} did not come within ${limitMs / 1000} s`));
        }, limitMs);
      });
    } finally {
      clearTimeout(timer);
      this.#look = () => undefined;
    }
  }
}
