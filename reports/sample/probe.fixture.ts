/** A probe's result from what a sample has to say about it: predicted, and with controls that hold. */
import type { ProbeResult } from '../../scenarios/evidence/model.ts';
import type { Micros } from '../../sim/clock.ts';

interface ProbeSketch {
  readonly row: string;
  readonly line: string;
  readonly time: Micros;
  readonly predict: ProbeResult['predict'];
  readonly outcome?: ProbeResult['outcome'];
  readonly prediction: string;
  readonly because?: string;
  readonly means?: readonly string[];
  readonly forked?: boolean;
  readonly artefact?: string;
}

/** The outcome is what was predicted unless the sketch has another. */
export function probe(sketch: ProbeSketch): ProbeResult {
  return {
    outcome: sketch.predict,
    because: sketch.prediction,
    means: [],
    forked: false,
    ...sketch,
    positiveControl: 'opened',
    positiveBecause: 'the right key fits',
    negativeControl: 'refused',
    negativeBecause: 'a wrong key does not fit',
  };
}
