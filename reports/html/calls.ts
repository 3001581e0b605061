/** How the calls of one run were heard: a table with a row for each end. */
import type { HeardCall } from '../../scenarios/evidence/model.ts';
import { milliseconds, ratingText, soundText } from '../heard-calls.ts';
import { artefact } from './artefact.ts';
import type { VariantContext } from './variant-context.ts';
import { markup, type Content } from './markup.ts';
import { row, table } from './table.ts';

/** A folded part of a variant; nothing when no end heard a call. There is a column for sound only if there are sound files. */
export function callSection(context: VariantContext): Content {
  const { variant, anchors, evidence } = context;
  const { calls } = variant;
  if (calls.length === 0) return undefined;
  const sounds = calls.some(({ sound }) => sound !== undefined);
  return markup`<details class="part"><summary><h5 id="${anchors.part('calls')}">Calls as they were heard: ${calls.length}</h5></summary>
${table({
  caption:
    'Quality by the E-model (ITU-T G.107), category by G.109; missing is what was not heard, lost what never came',
  heads: [
    'Call',
    'Listener',
    'Quality',
    'Mouth to ear',
    'Round trip',
    'Missing',
    'Lost',
    'Late',
    'Burst ratio',
    'Jitter',
    'Event',
    ...(sounds ? ['Sound'] : []),
  ],
  rows: calls.map((heard) =>
    row(heard.call, [
      heard.listener,
      ratingText(heard),
      milliseconds(heard.delayMs),
      milliseconds(heard.roundTripMs),
      `${heard.missingPercent} %`,
      String(heard.lost),
      String(heard.discarded),
      String(heard.burstRatio),
      milliseconds(heard.jitterMs),
      evidence.link(heard.event),
      ...(sounds ? [soundOf(heard, context)] : []),
    ]),
  ),
})}</details>`;
}

function soundOf({ call, listener, sound }: HeardCall, context: VariantContext): Content {
  if (sound === undefined) return undefined;
  const heading = `${call} as ${listener} heard it`;
  return markup`${artefact(sound.file, heading, context)} <span class="muted">${soundText(sound)}</span>`;
}
