/**
 * Mistakes that authors make, each as an edit of the example. A ¤ in the edit marks where the problem must be reported. The
 * tests of the loader and of the schema both run over this list.
 */
import { ACROSS_MISTAKES } from './mistakes/across.fixture.ts';
import { FORM_MISTAKES } from './mistakes/forms.fixture.ts';
import type { Mistake } from './mistakes/mistake.fixture.ts';
import { REFERENCE_MISTAKES } from './mistakes/references.fixture.ts';
import { TARGET_MISTAKES } from './mistakes/targets.fixture.ts';

/** All of them, those of form first. */
export const MISTAKES: readonly Mistake[] = [
  ...FORM_MISTAKES,
  ...REFERENCE_MISTAKES,
  ...ACROSS_MISTAKES,
  ...TARGET_MISTAKES,
];
