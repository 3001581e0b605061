/**
 * The lock of a phone. Locked, it is still a phone: it registers, rings and is answered. What is on its chip is then of no use to whoever has the chip: the key
 * slots are sealed under a key that nothing on the chip holds and that the passcode brings back. Its owner has the passcode, and may be made to use it.
 */
import type { Kept } from '../../sim/kept.ts';
import type { RandomSource } from '../../sim/random.ts';
import { lockedImage } from '../hardware/index.ts';
import type { Ports } from '../ports.ts';
import { handsetError } from './errors.ts';
import type { HandsetOptions } from './handset-options.ts';

/** Whose passcode it is, and where the key of a lock is drawn from. */
export interface ScreenLockOptions {
  readonly device: string;
  readonly owner: string;
  readonly random: () => RandomSource;
  /** False where the slots lie open all the same. */
  readonly seals: boolean;
  /** It was locked, or unlocked. */
  readonly onChange: (locked: boolean) => void;
}

/** The lock of one phone; its keys come from the stream `handset:<name>:lock`. */
export function screenLockOf(
  { random, trace, rules }: Ports,
  { name: device, user: owner }: HandsetOptions,
  kept?: ScreenLockState,
): ScreenLock {
  const onChange = (locked: boolean): void =>
    void trace.append('handset.locked', device, { user: owner, locked });
  return new ScreenLock(
    {
      device,
      owner,
      random: () => random.stream(`handset:${device}:lock`),
      onChange,
      seals: rules.holds('handset.lock-seals'),
    },
    kept,
  );
}

/** The key that seals the slots as long as it is locked; none while it is not. */
export type ScreenLockState = Uint8Array | null;

/** Locked or not. Each time it is locked the slots are sealed under another key. */
export class ScreenLock implements Kept<ScreenLockState> {
  readonly #options: ScreenLockOptions;
  #key: ScreenLockState;

  constructor(options: ScreenLockOptions, kept: ScreenLockState = null) {
    this.#options = options;
    this.#key = kept;
  }

  get isLocked(): boolean {
    return this.#key !== null;
  }

  save(): ScreenLockState {
    return this.#key;
  }

  /** Errors: HANDSET_LOCKED. */
  lock(): string {
    this.requireUnlocked();
    this.#key = this.#options.random().octets(16);
    this.#options.onChange(true);
    return `${this.#options.device} is locked.`;
  }

  /** Its owner knows the passcode, and nobody else does. Errors: HANDSET_PASSCODE. */
  unlock(by: string): string {
    const { device, owner } = this.#options;
    if (by !== owner) throw handsetError('HANDSET_PASSCODE', `${by} does not know the passcode of ${device}`);
    if (this.isLocked) this.#options.onChange(false);
    this.#key = null;
    return `${device} is unlocked.`;
  }

  /** Errors: HANDSET_LOCKED. */
  requireUnlocked(): void {
    if (this.isLocked) throw handsetError('HANDSET_LOCKED', `${this.#options.device} is locked`);
  }

  /** What is got from its chip now. */
  seen(image: Uint8Array): Uint8Array {
    return this.#key === null || !this.#options.seals ? image : lockedImage(image, this.#key);
  }
}
