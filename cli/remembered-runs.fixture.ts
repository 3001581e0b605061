/**
 * A queue that makes each run once, on the thread of its caller. Runs are functions of their orders, and a capture changes nothing
 * but itself (`scenarios/runs/run-capture.test.ts`), so one run serves whoever asks for it, with a capture in whichever form or without.
 */
import { assert } from '../sim/errors.ts';
import { loadAssets } from '../scenarios/host/index.ts';
import { CAPTURE_FILE } from '../scenarios/runs/run-capture.ts';
import {
  runKey,
  runScenario,
  summaryOf,
  TRACE_FILE,
  type RunListener,
  type RunOrder,
  type RunOutcome,
  type RunQueue,
} from '../scenarios/runs/index.ts';
import type { Context } from './context.ts';

const KINDS = ['none', 'captured', 'with secrets'] as const;
type CaptureKind = (typeof KINDS)[number];

/** Opens such queues over one memory, which lasts as long as what is returned here. */
export function rememberedRuns(): Context['openQueue'] {
  const memory = new Map<string, RunOutcome>();
  const assets = loadAssets();

  async function outcomeOf(order: RunOrder): Promise<RunOutcome> {
    const { capture, ...run } = order;
    const wanted: CaptureKind =
      capture === undefined ? 'none' : capture.secrets ? 'with secrets' : 'captured';
    const name = runKey(run);
    const known = (wanted === 'none' ? KINDS : [wanted]).map((kind) => memory.get(kind + name));
    const found = known.find((outcome) => outcome !== undefined);
    if (found !== undefined) return found;
    const kept = capture === undefined ? run : { ...run, capture: { secrets: capture.secrets, live: false } };
    const outcome = runScenario(kept, { assets: await assets });
    memory.set(wanted + name, outcome);
    return outcome;
  }

  async function carryOut(order: RunOrder, listener: RunListener): Promise<void> {
    const { scenario, result, trace, artefacts } = await outcomeOf(order);
    const capture = artefacts.get(CAPTURE_FILE);
    if (order.capture?.live === true) {
      assert(capture !== undefined, 'a run that captures has a capture');
      await new Promise<void>((taken) => (listener.captured ?? ((_octets, done) => done()))(capture, taken));
    }
    listener.file?.(TRACE_FILE, new TextEncoder().encode(trace));
    for (const [path, octets] of artefacts)
      if (path !== CAPTURE_FILE || order.capture?.live === false) listener.file?.(path, octets);
    listener.finished({ summary: summaryOf(order, scenario, result), result });
  }

  return (): RunQueue => {
    let last = Promise.resolve();
    let closed = false;
    return {
      submit: (order, listener) => {
        last = last.then(() => (closed ? undefined : carryOut(order, listener).catch(listener.failed)));
        return { cancel: () => undefined };
      },
      close: () => {
        closed = true;
      },
    };
  };
}
