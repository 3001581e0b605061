/**
 * Every parser that the fuzzer knows, by the room it lives in. A target is declared beside its parser (`x.fuzz.ts`); it
 * counts only when it is listed here, and a test finds those that are not.
 */
import { assert } from '../../sim/errors.ts';
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { fuzzTargets as pasted } from '../../cli/base64.fuzz.ts';
import { fuzzTargets as resumed } from '../../cli/run/resume-file.fuzz.ts';
import { fuzzTargets as plans } from '../../cli/shards/whole-plan.fuzz.ts';
import { fuzzTargets as envelope } from '../../cli/verify/dsse.fuzz.ts';
import { fuzzTargets as sourcesIndex } from '../../cli/verify/sources.fuzz.ts';
import { fuzzTargets as crsState } from '../../devices/crs/state.fuzz.ts';
import { fuzzTargets as flash } from '../../devices/hardware/flash.fuzz.ts';
import { fuzzTargets as magneticDisk } from '../../devices/hardware/magnetic-image.fuzz.ts';
import { fuzzTargets as media } from '../../devices/media/media.fuzz.ts';
import { fuzzTargets as mikeyKeys } from '../../network/mikey/keys.fuzz.ts';
import { fuzzTargets as mikeyMessage } from '../../network/mikey/message.fuzz.ts';
import { fuzzTargets as rtp } from '../../network/rtp/rtp.fuzz.ts';
import { fuzzTargets as netem } from '../../network/simulated/netem.fuzz.ts';
import { fuzzTargets as sip } from '../../network/sip/sip.fuzz.ts';
import { fuzzTargets as tlsEngine } from '../../network/tls-psk/engine.fuzz.ts';
import { fuzzTargets as tlsHandshake } from '../../network/tls-psk/handshake.fuzz.ts';
import { fuzzTargets as tlsRecord } from '../../network/tls-psk/record.fuzz.ts';
import { fuzzTargets as tlsRecorded } from '../../network/tls-psk/recorded.fuzz.ts';
import { fuzzTargets as manifest } from '../../reports/manifest.fuzz.ts';
import { fuzzTargets as suite } from '../../scenarios/evidence/suite.fuzz.ts';
import { fuzzTargets as control } from '../../scenarios/live/director/control.fuzz.ts';
import { fuzzTargets as qrPicture } from '../../devices/zxing/qr-reader.fuzz.ts';
import { fuzzTargets as checkpoint } from '../../scenarios/host/checkpoint.fuzz.ts';
import { fuzzTargets as journal } from '../../scenarios/host/exercise-journal.fuzz.ts';
import { fuzzTargets as runLog } from '../../scenarios/host/run-log.fuzz.ts';
import { fuzzTargets as traceFile } from '../../scenarios/host/trace-file.fuzz.ts';
import { fuzzTargets as typedLines } from '../../scenarios/host/typed-lines.fuzz.ts';
import { fuzzTargets as runOrder } from '../../scenarios/runs/run-order.fuzz.ts';
import { fuzzTargets as deployment } from '../../scenarios/deployment/deployment.fuzz.ts';
import { fuzzTargets as procedure } from '../../scenarios/language/procedures/procedure.fuzz.ts';
import { fuzzTargets as screenplay } from '../../scenarios/language/screenplay.fuzz.ts';

/** In this order they are fuzzed and listed; their names are unique. */
export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  ...crsState,
  ...flash,
  ...magneticDisk,
  ...media,
  ...mikeyKeys,
  ...mikeyMessage,
  ...rtp,
  ...netem,
  ...sip,
  ...tlsEngine,
  ...tlsHandshake,
  ...tlsRecord,
  ...tlsRecorded,
  ...control,
  ...qrPicture,
  ...checkpoint,
  ...journal,
  ...runLog,
  ...resumed,
  ...plans,
  ...runOrder,
  ...procedure,
  ...screenplay,
  ...deployment,
  ...traceFile,
  ...typedLines,
  ...manifest,
  ...suite,
  ...envelope,
  ...sourcesIndex,
  ...pasted,
];

/** Mutants that each target gets. */
export const FUZZ_INPUTS = 100_000;

/** By its whole name, as `--target` takes it; undefined when there is none. */
export function targetNamed(name: string): FuzzTarget | undefined {
  return FUZZ_TARGETS.find((target) => target.name === name);
}

assert(
  new Set(FUZZ_TARGETS.map(({ name }) => name)).size === FUZZ_TARGETS.length,
  'each target has a name of its own: it seeds the mutants',
);
