/**
 * JSON that nobody's text can break out of, wherever it is shown or put: no control, no half of a surrogate pair, no line separator and no
 * direction override is in it, but the escape that shows it was there; and `<` is a reference, so that no `</script>` ends a page that holds it.
 */
import { canonicalJson, type JsonValue } from '../../sim/canonical-json.ts';
import { printable } from '../printable.ts';

/** Canonical JSON of a value in which each text was made harmless. */
export function harmlessJson(value: JsonValue): string {
  // Outside of texts JSON has no such character.
  return canonicalJson(harmless(value)).replaceAll('<', '\\u003c');
}

function harmless(value: JsonValue): JsonValue {
  if (typeof value === 'string') return printable(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isArray(value)) return value.map(harmless);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) =>
      each === undefined ? [] : [[printable(key), harmless(each)]],
    ),
  );
}

function isArray(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}
