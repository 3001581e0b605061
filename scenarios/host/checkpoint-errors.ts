/** What can be wrong with a file that holds a checkpoint. */
import { errorsOf } from '../../sim/errors.ts';

/** The HOST_CHECKPOINT_ codes with what each means and what mends it. */
export const CHECKPOINT_CODES = {
  HOST_CHECKPOINT_PLACE: {
    summary: 'Where a checkpoint is to be read or written there is a link, a folder or the like.',
    fix: 'Name a file of its own: a checkpoint holds keys, and is neither read nor written through a link.',
  },
  HOST_CHECKPOINT_UNWRITABLE: {
    summary: 'A checkpoint cannot be written.',
    fix: 'Check the folder, who may write there, and the space on the disk. A file that was there before is as it was.',
  },
  HOST_CHECKPOINT_FORM: {
    summary: 'The file is no checkpoint.',
    fix: 'Check that this is the file you mean.',
  },
  HOST_CHECKPOINT_VERSION: {
    summary: 'The checkpoint is of a form that is not known here.',
    fix: 'Let the run make it again; a checkpoint is only a short cut to what the run makes.',
  },
  HOST_CHECKPOINT_LENGTH: {
    summary: 'The checkpoint is shorter or longer than it says: it was cut off, or something was added.',
    fix: 'Let the run make it again; a checkpoint is only a short cut to what the run makes.',
  },
  HOST_CHECKPOINT_DAMAGED: {
    summary: 'The octets of the checkpoint are not those that were written: its SHA-256 is another.',
    fix: 'Let the run make it again; a checkpoint is only a short cut to what the run makes.',
  },
  HOST_CHECKPOINT_BUILD: {
    summary: 'The checkpoint was written by another build of calldrill.',
    fix: 'Let this build make the run again, or take the checkpoint up with the build that wrote it.',
  },
  HOST_CHECKPOINT_WORLD: {
    summary: 'The checkpoint is of another world.',
    fix: 'Take it up with the scenario, variant, parameters, rules and seeds that it was made with.',
  },
  HOST_CHECKPOINT_CONTENT: {
    summary: 'What the checkpoint says, though it is undamaged, is no moment of a world.',
    fix: 'calldrill did not write this file: do not trust where it comes from.',
  },
} as const;

/** Makes an error of one of the HOST_CHECKPOINT_ codes; the fix is that of the table unless another is given. */
export const checkpointError = errorsOf(CHECKPOINT_CODES);
