/**
 * A live run beside a simulated one of the same variant: first whether anything that matters differs, then what, then the calls side by
 * side; what had to differ is folded away, reason by reason. The groups are those of the terminal.
 */
import {
  groupsOf,
  type CallFigures,
  type Difference,
  type Drift,
} from '../../scenarios/evidence/drift/model.ts';
import { numbered } from '../tally.ts';
import { markup, type Content, type Markup } from './markup.ts';
import { row, table } from './table.ts';

/** What the page needs to show a comparison: its content, and where all of it is. */
export interface DriftPart {
  readonly drift: Drift;
  /** The file that has all of it, beside the page. */
  readonly file: string;
}

/** Whether it drifted, as a word with a sign. */
export function driftBadge({ drift }: DriftPart): Markup {
  const count = groupsOf(drift).matter.length;
  if (drift.same)
    return markup`<span class="badge pass"><span aria-hidden="true">✓ </span>the same things happened</span>`;
  return markup`<span class="badge fail"><span aria-hidden="true">✗ </span>${count === 1 ? '1 difference that matters' : `${count} differences that matter`}</span>`;
}

/** What differs, the calls side by side, and what had to differ. */
export function driftSection(part: DriftPart): Markup {
  const { drift, file } = part;
  const { events, calls } = drift;
  const { matter, expected } = groupsOf(drift);
  return markup`<section class="drift" aria-labelledby="drift"><h2 id="drift">Live and simulated, side by side</h2>
<p>${driftBadge(part)} ${numbered(events.simulated, 'event')} simulated, ${events.live} live. <a href="${file}">${file}</a> has all of it.</p>
${
  matter.length > 0 &&
  markup`<h3>What differs</h3>
${differenceTable('Differences that matter', matter)}`
}
${calls.length > 0 && callTable(drift)}
${
  expected.length > 0 &&
  markup`<h3>What had to differ</h3>
${expected.map(
  ({ reason, times, differences }) => markup`<details class="part"><summary>${reason} (${times})</summary>
${differenceTable(reason, differences)}</details>
`,
)}`
}</section>`;
}

function differenceTable(caption: string, differences: readonly Difference[]): Markup {
  return table({
    caption,
    captionHidden: true,
    heads: ['Live', 'On', 'Event', 'Times'],
    rows: differences.map(({ kind, device, event, times }) =>
      row(kind, [markup`<span class="whole">${device}</span>`, markup`<code>${event}</code>`, times]),
    ),
  });
}

function callTable({ calls }: Drift): Markup {
  return markup`<h3>Calls</h3>
${table({
  caption:
    'Set-up is from the INVITE to the voice; packets are lost in either direction; quality is that of the worse end (ITU-T G.107)',
  heads: [
    'Call',
    'Set-up simulated',
    'Set-up live',
    'Lost simulated',
    'Lost live',
    'Quality simulated',
    'Quality live',
  ],
  rows: calls.map(({ from, to, simulated, live }) =>
    row(
      markup`<span class="whole">${from} to ${to}</span>`,
      [setupOf, lostIn, qualityOf].flatMap((figure) => [figure(simulated), figure(live)]),
    ),
  ),
})}`;
}

function setupOf(call: CallFigures | undefined): Content {
  if (call === undefined) return 'no call';
  return call.setupMs === undefined ? 'no answer' : `${call.setupMs} ms`;
}

function lostIn(call: CallFigures | undefined): Content {
  return call?.lost;
}

function qualityOf(call: CallFigures | undefined): Content {
  if (call === undefined) return undefined;
  const { r, mos } = call;
  return r === undefined || mos === undefined ? 'not rated' : `R ${r}, MOS ${mos}`;
}
