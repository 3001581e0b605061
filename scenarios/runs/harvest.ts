/** What a performance has to show beside its trace: the lines that were typed, the turns that came, what probes left behind. */
import type { Micros } from '../../sim/clock.ts';
import type { Step } from '../language/index.ts';
import type { TypedLine } from '../world/log.ts';
import type { Deed } from './deed.ts';

/** It grows by what is done, and is a function of that. */
export class Harvest {
  /** Lines in the order in which they were typed, with what the screenplay says of them. */
  readonly typed: {
    readonly typed: TypedLine;
    readonly step: Step | undefined;
    readonly refused: string | undefined;
  }[] = [];
  /** Recovered audio and the like, by file name. */
  readonly artefacts = new Map<string, Uint8Array>();
  /** Steps of played roles that have been due, and when. */
  readonly cued: { readonly time: Micros; readonly step: Step }[] = [];
  /** Of each probe that was made: where it ran, and the file with what it recovered. */
  readonly made = new Map<string, { readonly forked: boolean; readonly artefact: string | undefined }>();
  readonly #steps: ReadonlyMap<string, Step>;

  /** `steps`: all lines of the variant that is played. */
  constructor(steps: readonly Step[]) {
    this.#steps = new Map(steps.map((step) => [step.id, step]));
  }

  /** Something has been done; `digest` is that of the trace of its fork. */
  add(done: Deed, digest: string | undefined): void {
    const { time } = done;
    const step = 'step' in done ? this.#steps.get(done.step ?? '') : undefined;
    switch (done.kind) {
      case 'opened':
      case 'time-come':
        return;
      case 'cue':
        if (step !== undefined) this.cued.push({ time, step });
        return;
      case 'probe': {
        if (done.made === undefined) return;
        const { files, fork } = done.made;
        for (const { file, octets } of files) this.artefacts.set(file, octets);
        this.made.set(done.id, { forked: fork !== undefined, artefact: files[0]?.file });
        if (digest !== undefined)
          this.artefacts.set(`probes/${done.id}.sha256`, new Uint8Array(Buffer.from(`${digest}\n`)));
        return;
      }
      case 'line':
      case 'typed': {
        const { by, on, line, refused } = done;
        this.typed.push({ typed: { time, by, on, line }, step, refused });
      }
    }
  }
}
