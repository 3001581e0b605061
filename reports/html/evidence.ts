/**
 * The events behind the verdicts. A trace can have a hundred thousand events; the page holds those that a check names and
 * the events that led to them, each once per variant. The rest is in trace.ndjson.
 */
import type { VariantResult } from '../../scenarios/evidence/model.ts';
import type { AnyTraceEvent, EventNumber } from '../../sim/trace.ts';
import { shortened } from '../printable.ts';
import { numbered } from '../tally.ts';
import { momentOf } from '../when.ts';
import type { VariantAnchors } from './anchors.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';
import { row, table } from './table.ts';

/** Evidence of one check that is shown; the model has the rest. */
const EVIDENCE_MAX = 8;
/** Causes that are followed from one event. */
const CAUSES_MAX = 12;
/** Characters of an event's data that are shown. */
const DATA_MAX = 400;

/** The events of one variant that its checks name, with the chains of causes behind them, each shown once and linked to. */
export class Evidence {
  readonly #events: ReadonlyMap<EventNumber, AnyTraceEvent>;
  readonly #anchors: VariantAnchors;
  readonly #shown = new Map<EventNumber, AnyTraceEvent>();

  constructor(variant: VariantResult, events: readonly AnyTraceEvent[], anchors: VariantAnchors) {
    this.#anchors = anchors;
    // Only what is asked for is kept by number: the trace itself may be long.
    const wanted = variant.checks.flatMap(({ evidence, lostAt }) => [
      ...evidence.slice(0, EVIDENCE_MAX),
      ...(lostAt === undefined ? [] : [lostAt.event]),
    ]);
    this.#events = withCauses(events, wanted);
    for (const n of wanted) for (const event of this.#chain(n)) this.#shown.set(event.n, event);
  }

  /** The event and what led to it, nearest first. */
  #chain(n: EventNumber): AnyTraceEvent[] {
    const chain: AnyTraceEvent[] = [];
    for (
      let at = this.#events.get(n);
      at !== undefined && chain.length <= CAUSES_MAX;
      at = this.#events.get(at.cause)
    )
      chain.push(at);
    return chain;
  }

  /** `#12`, as a link when the event is on the page. */
  link(n: EventNumber): Markup {
    return this.#shown.has(n) ? markup`<a href="#${this.#anchors.event(n)}">#${n}</a>` : markup`#${n}`;
  }

  /** `#12 crs.user-blocked on crs`, as far as the trace is here. */
  event(n: EventNumber): Markup {
    const event = this.#events.get(n);
    return event === undefined
      ? this.link(n)
      : markup`${this.link(n)} <code>${event.type}</code> on ${event.on}`;
  }

  has(n: EventNumber): boolean {
    return this.#shown.has(n);
  }

  /** The events that a check rests on, each with its causes. */
  chains(evidence: readonly EventNumber[]): Content {
    if (evidence.length === 0) return 'none named';
    const more = evidence.length - EVIDENCE_MAX;
    return [
      markup`<ul class="chains">${evidence.slice(0, EVIDENCE_MAX).map((n) => markup`<li>${this.#chainText(n)}</li>`)}</ul>`,
      more > 0 && `and ${numbered(more, 'more event', 'more events')} in report.json`,
    ];
  }

  #chainText(n: EventNumber): Content {
    const chain = this.#chain(n);
    if (chain.length === 0) return markup`#${n} <span class="muted">(not in the trace)</span>`;
    const steps = chain
      .slice(0, CAUSES_MAX)
      .map((event) => markup`${this.link(event.n)} <code>${event.type}</code> on ${event.on}`);
    const cut = chain.length > CAUSES_MAX;
    return [
      ...joined(steps, markup` <span class="muted" title="caused by">← </span>`),
      cut && markup` <span class="muted">← and so on</span>`,
    ];
  }

  /** The table of the events that are on the page. */
  section(variant: VariantResult): Content {
    if (this.#shown.size === 0) return undefined;
    const events = [...this.#shown.values()].sort((a, b) => a.n - b.n);
    const title = `Evidence: ${this.#shown.size} of ${numbered(variant.traceEvents, 'trace event')}`;
    return markup`<details class="part"><summary><h5 id="${this.#anchors.part('evidence')}">${title}</h5></summary>
${table({
  caption: 'Events that the checks rest on, and what led to them',
  heads: ['Event', 'Time', 'Type', 'On', 'Caused by', 'Data'],
  className: 'events',
  rows: events.map((event) =>
    row(
      `#${event.n}`,
      [
        markup`<span class="time whole">${momentOf(variant.begins, event.t)}</span>`,
        markup`<code class="whole">${event.type}</code>`,
        event.on,
        event.cause === 0 ? '' : this.link(event.cause),
        markup`<code class="data">${shortened(JSON.stringify(event.data), DATA_MAX)}</code>`,
      ],
      markup` id="${this.#anchors.event(event.n)}"`,
    ),
  ),
})}</details>`;
  }
}

/** The wanted events and all that led to them, by number. One pass from the end: a cause is always earlier. */
function withCauses(
  events: readonly AnyTraceEvent[],
  wanted: readonly EventNumber[],
): ReadonlyMap<EventNumber, AnyTraceEvent> {
  const numbers = new Set(wanted);
  const found = new Map<EventNumber, AnyTraceEvent>();
  for (const event of events.toReversed()) {
    if (!numbers.has(event.n)) continue;
    found.set(event.n, event);
    numbers.add(event.cause);
  }
  return found;
}
