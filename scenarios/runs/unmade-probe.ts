/** Why a probe of the screenplay is not made: its check is then not tested, and says so. */

/** Undefined for one that is made. `wanted` is false when the order asks for none; `stuck` when it would disturb a world of which there is one only. */
export function whyUnmade(wanted: boolean | undefined, stuck: boolean): string | undefined {
  if (wanted === false) return 'no probes were asked for';
  return stuck ? 'it would disturb a world that cannot be built again beside itself' : undefined;
}
