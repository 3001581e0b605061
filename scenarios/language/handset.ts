/** A handset as a scenario declares it: what the install gate looks at (para-18), and its clock. */
import type { Fields } from './fields.ts';
import type { Reading } from './reading.ts';
import { PLATFORMS, type DeclaredHandset } from './screenplay.ts';
import { readSettings } from './settings.ts';
import type { KindWords } from './vocabulary.ts';

/** Quoted text: as a number, 5.10 would be 5.1. */
export const VERSION_PATTERN = '^\\d{1,4}(?:\\.\\d{1,4}){0,3}$';

const VERSION = new RegExp(VERSION_PATTERN);

/** Reads a handset from fields that hold nothing else of interest. */
export function readHandset(reading: Reading, fields: Fields, kind: KindWords | undefined): DeclaredHandset {
  const platform = fields.required('platform', (item) => reading.choice(item, PLATFORMS));
  const version = fields.required('version', (item) => {
    const text = reading.text(item);
    if (text === undefined || VERSION.test(text)) return text;
    return reading.problem(
      'SCENARIO_VALUE',
      item.where,
      `'${text}' is not a version`,
      'Write "5.1" or "8.4.1".',
    );
  });
  const clock = fields.optional('clock', (item) => reading.offset(item)) ?? 0;
  const settings = readSettings(reading, fields, kind?.settings ?? {});
  fields.finish();
  // What was refused leaves a placeholder: the file is refused anyway, and who refers to the phone made no second mistake.
  return { platform: platform ?? 'android', version: version ?? '', clock, settings };
}
