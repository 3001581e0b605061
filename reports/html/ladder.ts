/**
 * The messages of a run as a ladder: a lane per participant, time downwards and written on the left. The four kinds differ in
 * line as well as in colour: signalling is thin, media thick, people dotted, an attack dashed.
 */
import type { LadderMessage, VariantResult } from '../../scenarios/evidence/model.ts';
import { MINUTE, type Micros } from '../../sim/clock.ts';
import { shortened } from '../printable.ts';
import { numbered } from '../tally.ts';
import { clockOf, dateOf, roughly } from '../when.ts';
import type { VariantAnchors } from './anchors.ts';
import type { Evidence } from './evidence.ts';
import { markup, type Content, type Markup } from './markup.ts';

/** Messages that are drawn; the trace has the rest. */
const MESSAGES_MAX = 300;
const TIME_WIDTH = 100;
const LANE_WIDTH_MIN = 118;
const LANE_WIDTH_MAX = 190;
const WIDTH_WANTED = 1040;
/** Messages below one heading: a long ladder names its lanes again, and a printed page holds each part. */
const PART_LENGTH = 26;
const ROW_HEIGHT = 29;
const PAUSE_HEIGHT = 20;
const HEAD_HEIGHT = 34;
/** Width of a character of a label, on the generous side; an attack's is bold. */
const CHARACTER_WIDTH = 6.3;
const BOLD_CHARACTER_WIDTH = 7.3;
/** A silence as long as this is written between the messages. */
const PAUSE: Micros = MINUTE;

interface Layout {
  readonly lanes: readonly string[];
  readonly width: number;
  centre(lane: string): number;
}

function layoutOf(messages: readonly LadderMessage[]): Layout {
  const lanes = [...new Set(messages.flatMap(({ from, to }) => [from, to]))];
  const wanted = Math.floor((WIDTH_WANTED - TIME_WIDTH) / lanes.length);
  const laneWidth = Math.max(LANE_WIDTH_MIN, Math.min(LANE_WIDTH_MAX, wanted));
  return {
    lanes,
    width: TIME_WIDTH + laneWidth * lanes.length,
    centre: (lane) => TIME_WIDTH + Math.round(laneWidth * (lanes.indexOf(lane) + 0.5)),
  };
}

/** The messages in parts, up to a limit that it names; nothing for a run without messages. */
export function ladder(variant: VariantResult, anchors: VariantAnchors, evidence: Evidence): Content {
  if (variant.ladder.length === 0) return undefined;
  const messages = variant.ladder.slice(0, MESSAGES_MAX);
  const layout = layoutOf(messages);
  const parts: Markup[] = [];
  for (let at = 0; at < messages.length; at += PART_LENGTH) {
    const part = messages.slice(at, at + PART_LENGTH);
    parts.push(ladderPart(part, messages[at - 1], layout, variant, evidence));
  }
  const label = `Ladder of ${numbered(variant.ladder.length, 'message')} between ${layout.lanes.join(', ')}`;
  const left = variant.ladder.length - messages.length;
  return markup`<details class="part"><summary><h5 id="${anchors.part('messages')}">Messages: ${variant.ladder.length}</h5></summary>
<div class="scroll" role="group" tabindex="0" aria-label="${label}">
${parts}</div>
<p class="muted">${KINDS.map((kind) => markup`<span class="legend"><svg width="34" height="10" aria-hidden="true"><line class="${kind}" x1="0" x2="28" y1="5" y2="5" marker-end="url(#arrow-${kind})"/></svg> ${kind}</span> `)}Times are UTC. An underlined number leads to the event.${
    left > 0 && ` ${numbered(left, 'more message')} in trace.ndjson.`
  }</p></details>`;
}

/** One picture: the lanes' names, and the messages below them. `before` is the last message of the part above. */
function ladderPart(
  messages: readonly LadderMessage[],
  before: LadderMessage | undefined,
  layout: Layout,
  variant: VariantResult,
  evidence: Evidence,
): Markup {
  const rows: Markup[] = [];
  let y = HEAD_HEIGHT;
  let last = before;
  for (const message of messages) {
    const today = dateOf(variant.begins, message.time);
    const isNewDay = last === undefined || dateOf(variant.begins, last.time) !== today;
    const pause = last === undefined ? 0 : message.time - last.time;
    if (isNewDay || pause >= PAUSE) {
      rows.push(pauseRow(y, isNewDay ? today : '', pause, layout));
      y += PAUSE_HEIGHT;
    }
    rows.push(messageRow(message, y, variant, layout, evidence));
    y += ROW_HEIGHT;
    last = message;
  }
  const height = y + 8;
  const label = `${numbered(messages.length, 'message')} from ${clockOf(variant.begins, messages[0]?.time ?? 0)} on`;
  return markup`<svg class="ladder" viewBox="0 0 ${layout.width} ${height}" width="${layout.width}" height="${height}" role="group" aria-label="${label}">
${layout.lanes.map((lane) => laneHead(lane, layout, height))}
${rows}</svg>
`;
}

const KINDS: readonly LadderMessage['kind'][] = ['signalling', 'media', 'people', 'attack'];

/** Arrow heads of the four kinds, once for the page. */
export const ARROWS = KINDS.map(
  (kind) =>
    markup`<marker id="arrow-${kind}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path class="head-${kind}" d="M0 1 L10 5 L0 9 Z"/></marker>`,
);

function laneHead(lane: string, layout: Layout, height: number): Markup {
  const x = layout.centre(lane);
  return markup`<line class="lanes" x1="${x}" x2="${x}" y1="24" y2="${height}"/><text class="who" x="${x}" y="16" text-anchor="middle"><title>${lane}</title>${shortened(lane, 18)}</text>
`;
}

function pauseRow(y: number, date: string, pause: Micros, { width }: Layout): Markup {
  const text = pause >= PAUSE ? `${roughly(pause, 'at least')} later` : '';
  return markup`<line class="pause" x1="${TIME_WIDTH}" x2="${width}" y1="${y + 10}" y2="${y + 10}"/><text class="small" x="0" y="${y + 14}">${date}</text><text class="small halo" x="${TIME_WIDTH + 4}" y="${y + 14}">${text}</text>
`;
}

function messageRow(
  message: LadderMessage,
  y: number,
  variant: VariantResult,
  layout: Layout,
  evidence: Evidence,
): Markup {
  const base = y + 22;
  const from = layout.centre(message.from);
  const to = layout.centre(message.to);
  const characterWidth = message.kind === 'attack' ? BOLD_CHARACTER_WIDTH : CHARACTER_WIDTH;
  const text = shortened(message.label, Math.floor((layout.width - TIME_WIDTH) / characterWidth) - 8);
  const number = `#${message.event}`;
  const half = ((text.length + number.length + 1) * characterWidth) / 2;
  const middle = from === to ? from + 36 + half : (from + to) / 2;
  const x = Math.round(Math.max(TIME_WIDTH + half, Math.min(layout.width - half, middle)));
  const linked = evidence.has(message.event)
    ? evidence.link(message.event)
    : markup`<tspan class="muted">${number}</tspan>`;
  const line =
    from === to
      ? markup`<path class="${message.kind}" d="M${from} ${base - 8} h18 v8 h-15" fill="none" marker-end="url(#arrow-${message.kind})"/>`
      : markup`<line class="${message.kind}" x1="${from}" x2="${to > from ? to - 2 : to + 2}" y1="${base}" y2="${base}" marker-end="url(#arrow-${message.kind})"/>`;
  return markup`<g><title>${message.kind}, ${message.from} to ${message.to}: ${message.label}</title><text class="clock" x="0" y="${base}">${clockOf(variant.begins, message.time)}</text>${line}<text class="label halo t-${message.kind}" x="${x}" y="${base - 7}" text-anchor="middle">${text} ${linked}</text></g>
`;
}
