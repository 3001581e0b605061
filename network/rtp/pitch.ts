/**
 * The pitch period of what was heard last: the lag at which 20 ms of speech resemble what came before them most
 * (ITU-T G.711 Appendix I, clause I.2.3).
 *
 * Found coarsely on every second sample, then to the sample around the best. Sums of products of 16-bit samples are exact in a
 * double; the one division is rounded as IEEE 754 says, so every machine finds the same lag. Comparing squares spares the root.
 */

/** Lags that are tried, in samples: pitches of 200 down to 66 Hz. */
const PITCH_MIN = 40;
/** The longest lag that is tried, in samples: a pitch of 66 Hz. */
export const PITCH_MAX = 120;

const CORRELATED = 160;
/** Keeps noise near silence from looking periodic. */
const ENERGY_MIN = 250;

/** The period in samples. `history` ends with the sample heard last and has 280 samples at least. */
export function pitchOf(history: Int16Array): number {
  let best = PITCH_MAX;
  let likeness = -Infinity;
  for (let lag = PITCH_MAX; lag >= PITCH_MIN; lag -= 2) {
    const found = likenessAt(history, lag, 2);
    if (found > likeness) [best, likeness] = [lag, found];
  }
  const around = best;
  likeness = -Infinity;
  for (let lag = Math.min(PITCH_MAX, around + 1); lag >= Math.max(PITCH_MIN, around - 1); lag--) {
    const found = likenessAt(history, lag, 1);
    if (found > likeness) [best, likeness] = [lag, found];
  }
  return best;
}

/** Correlation of the last samples with those `lag` earlier, squared with its sign, over the energy of the earlier ones. */
function likenessAt(history: Int16Array, lag: number, step: number): number {
  let correlation = 0;
  let energy = 0;
  for (let at = history.length - CORRELATED; at < history.length; at += step) {
    const earlier = history[at - lag] ?? 0;
    energy += earlier * earlier;
    correlation += (history[at] ?? 0) * earlier;
  }
  return (correlation * Math.abs(correlation)) / Math.max(energy, ENERGY_MIN);
}
