/** The one suite that settings ask for. */
import { deploymentOf, keySeedOf, type RunSettings } from './settings.ts';
import type { SuiteRequest } from './suites.ts';

/** Under the seed of the settings, or another. */
export function requestOf(settings: RunSettings, seed = settings.seed): SuiteRequest {
  const { plans, parameters, plant, recording, capture, heard, probes } = settings;
  const typed = recording?.typed;
  return {
    seed,
    keySeed: keySeedOf(settings, seed),
    plans,
    parameters,
    ...deploymentOf(settings),
    heard,
    probes,
    ...(plant === undefined ? {} : { plant }),
    ...(typed === undefined ? {} : { typed }),
    ...(capture === undefined ? {} : { capture }),
  };
}
