/**
 * The messages of a run as a ladder: a lane per participant, whose names stay in sight, time downwards and written on the left. Lanes share the width
 * there is, so that none is cut off. The four kinds differ in line as well as in colour: signalling is thin, media thick, people dotted, an attack
 * dashed. A message opens into the fields that the trace has of it, what led to it, and what came of it.
 */
import type { LadderMessage, VariantResult } from '../../scenarios/evidence/model.ts';
import { MINUTE, type Micros } from '../../sim/clock.ts';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import { shortened } from '../printable.ts';
import { numbered } from '../tally.ts';
import { clockOf, dateOf, roughly } from '../when.ts';
import type { VariantAnchors } from './anchors.ts';
import { percent } from './axis.ts';
import type { Evidence } from './evidence.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';
import { fateOf, messageEvents, type MessageEvent } from './message-events.ts';
import { facts } from './table.ts';

/** Messages that are drawn; the trace has the rest. */
const MESSAGES_MAX = 300;
const ROW_HEIGHT = 30;
/** Where the arrow of a row is. */
const BASE = 23;
/** Characters of a label in the picture; all of it is in the message's fields and read out. */
const LABEL_MAX = 84;
/** Characters of a field that are shown. */
const FIELD_MAX = 200;
/** A silence as long as this is written between the messages. */
const PAUSE: Micros = MINUTE;

interface Layout {
  readonly lanes: readonly string[];
  /** Share of the width at which a lane is. */
  at(lane: string): number;
  /** The id of the lines that every row shows again. */
  readonly lines: string;
}

function layoutOf(messages: readonly LadderMessage[], lines: string): Layout {
  const lanes = [...new Set(messages.flatMap(({ from, to }) => [from, to]))];
  return { lanes, lines, at: (lane) => (lanes.indexOf(lane) + 0.5) / lanes.length };
}

/** The messages up to a limit that it names; nothing for a run without messages. */
export function ladder(
  variant: VariantResult,
  anchors: VariantAnchors,
  evidence: Evidence,
  events: readonly AnyTraceEvent[],
): Content {
  if (variant.ladder.length === 0) return undefined;
  const messages = variant.ladder.slice(0, MESSAGES_MAX);
  const layout = layoutOf(messages, `lanes-${anchors.part('messages')}`);
  const told = messageEvents(
    events,
    messages.map(({ event }) => event),
  );
  const left = variant.ladder.length - messages.length;
  return markup`<details class="part"><summary><h5 id="${anchors.part('messages')}">Messages: ${variant.ladder.length}</h5></summary>
<p class="muted legends">${KINDS.map((kind) => markup`<span class="legend"><svg width="34" height="10" aria-hidden="true"><line class="${kind}" x1="0" x2="28" y1="5" y2="5" marker-end="url(#arrow-${kind})"/></svg> ${kind}</span> `)}<span class="legend"><b class="fate">✕</b> packets lost</span> <span class="legend"><b class="fate">◷</b> packets too late</span> <span class="legend"><b class="fate">2×</b> packets twice</span> Times are UTC. A message opens into its fields.</p>
<p class="tools" hidden><button type="button" data-svg="${layout.lines}">Save the picture as SVG</button></p>
<div class="ladder" role="group" aria-label="Ladder of ${numbered(variant.ladder.length, 'message')} between ${layout.lanes.join(', ')}">
<div class="lanenames" aria-hidden="true"><span></span><div>${layout.lanes.map((lane) => markup`<span class="who">${shortened(lane, 18)}</span>`)}</div></div>
<svg class="definitions" width="0" height="0" aria-hidden="true"><defs><g id="${layout.lines}">${layout.lanes.map(
    (lane) =>
      markup`<line class="laneline" x1="${percent(layout.at(lane))}" x2="${percent(layout.at(lane))}" y2="${ROW_HEIGHT}"/>`,
  )}</g></defs></svg>
${messages.map((message, at) => messageItem(message, messages[at - 1], { variant, anchors, evidence, layout, told }))}</div>
${left > 0 && markup`<p class="muted">${numbered(left, 'more message')} in trace.ndjson.</p>`}</details>`;
}

const KINDS: readonly LadderMessage['kind'][] = ['signalling', 'media', 'people', 'attack'];

/** Arrow heads of the four kinds, once for the page. */
export const ARROWS = KINDS.map(
  (kind) =>
    markup`<marker id="arrow-${kind}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path class="head-${kind}" d="M0 1 L10 5 L0 9 Z"/></marker>`,
);

interface Drawing {
  readonly variant: VariantResult;
  readonly anchors: VariantAnchors;
  readonly evidence: Evidence;
  readonly layout: Layout;
  readonly told: ReadonlyMap<number, MessageEvent>;
}

/** A message, and above it the day and the silence before it, where there is something to say. */
function messageItem(message: LadderMessage, before: LadderMessage | undefined, drawing: Drawing): Markup {
  const { variant, anchors, layout, told } = drawing;
  const today = dateOf(variant.begins, message.time);
  const isNewDay = before === undefined || dateOf(variant.begins, before.time) !== today;
  const pause = before === undefined ? 0 : message.time - before.time;
  const isFirst = before?.event !== message.event;
  const behind = told.get(message.event);
  const silence = [
    ...(isNewDay ? [today] : []),
    ...(pause >= PAUSE ? [`${roughly(pause, 'at least')} later`] : []),
  ];
  return markup`${silence.length > 0 && markup`<p class="pause">${silence.join(' · ')}</p>`}<details class="message"${isFirst && markup` id="${anchors.message(message.event)}"`}><summary><time class="clock">${clockOf(variant.begins, message.time)}</time><span class="said">${message.from} → ${message.to}: ${message.label}</span><svg class="row" width="100%" height="${ROW_HEIGHT}" aria-hidden="true"><use href="#${layout.lines}"/>${arrowOf(message, layout)}${behind && message.kind === 'media' && fateMark(behind, message, layout)}</svg></summary>
<div class="body">${bodyOf(message, behind, drawing)}</div></details>
`;
}

function arrowOf({ from, to, kind, label }: LadderMessage, layout: Layout): Markup {
  const [x1, x2] = [layout.at(from), layout.at(to)];
  const text = shortened(label, LABEL_MAX);
  if (x1 === x2)
    return markup`<svg x="${percent(x1)}" overflow="visible"><path class="${kind}" d="M0 ${BASE - 8} h18 v8 h-15" fill="none" marker-end="url(#arrow-${kind})"/></svg>${labelText(text, kind, x1, x1 < 0.6 ? 26 : -8, x1 < 0.6 ? 'start' : 'end')}`;
  const middle = (x1 + x2) / 2;
  const line = markup`<line class="${kind}" x1="${percent(x1)}" x2="${percent(x2)}" y1="${BASE}" y2="${BASE}" marker-end="url(#arrow-${kind})"/>`;
  if (middle < 0.25) return markup`${line}${labelText(text, kind, Math.min(x1, x2), 6, 'start')}`;
  if (middle > 0.75) return markup`${line}${labelText(text, kind, Math.max(x1, x2), -6, 'end')}`;
  return markup`${line}${labelText(text, kind, middle, 0, 'middle')}`;
}

function labelText(
  text: string,
  kind: LadderMessage['kind'],
  x: number,
  dx: number,
  anchor: 'start' | 'middle' | 'end',
): Markup {
  const y = dx === 26 || dx === -8 ? BASE - 3 : BASE - 8;
  return markup`<text class="label wide halo t-${kind}" x="${percent(x)}" dx="${dx}" y="${y}" text-anchor="${anchor}">${text}</text>`;
}

/** What is lost does not arrive: a cross before the head; a clock and two sheets for what came late or twice. */
function fateMark({ event }: MessageEvent, { from, to }: LadderMessage, layout: Layout): Content {
  const { lost, late, again } = fateOf(event);
  const marks = [lost > 0 ? '✕' : '', late > 0 ? '◷' : '', again > 0 ? '2×' : ''].join('');
  if (marks === '') return undefined;
  const x = layout.at(from) + (layout.at(to) - layout.at(from)) * 0.72;
  return markup`<text class="fate halo" x="${percent(x)}" y="${BASE + 4}" text-anchor="middle">${marks}</text>`;
}

function bodyOf(
  { event: n, kind, from, to, label }: LadderMessage,
  behind: MessageEvent | undefined,
  { evidence, anchors }: Drawing,
): Content {
  const what: [string, Content] = ['Message', markup`${kind}, ${from} to ${to}: ${label}`];
  if (behind === undefined)
    return facts([what, ['Event', markup`${evidence.link(n)}, not in the trace that is here`]]);
  const { event, causes, beside, effects, moreEffects } = behind;
  const named = (other: AnyTraceEvent): Markup =>
    markup`${evidence.link(other.n)} <code>${other.type}</code> on ${other.on}`;
  return [
    facts([
      [
        'Event',
        markup`${evidence.link(n)} <code>${event.type}</code> on ${event.on} <a href="#${anchors.message(n)}">permalink</a>`,
      ],
      ['Fields', fieldsOf(event)],
      ...beside.map((other): [string, Content] => ['With it', markup`${named(other)}${fieldsOf(other)}`]),
      [
        'Because of',
        causes.length === 0
          ? 'nothing before it'
          : joined(causes.map(named), markup` <span class="muted">← </span>`),
      ],
      [
        'Led to',
        effects.length === 0
          ? 'nothing that names it as its cause'
          : markup`${joined(effects.map(named), ', ')}${moreEffects > 0 && ` and ${moreEffects} more`}`,
      ],
    ]),
  ];
}

function fieldsOf({ data }: AnyTraceEvent): Markup {
  return markup`<ul class="fields">${Object.entries(data).map(
    ([name, value]) =>
      markup`<li><span class="muted">${name}</span> <code>${shortened(typeof value === 'string' ? value : JSON.stringify(value), FIELD_MAX)}</code></li>`,
  )}</ul>`;
}
