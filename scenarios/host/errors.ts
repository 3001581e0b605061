/** What can be wrong with the files that a run is made of, and with the threads it runs on. */
import { errorsOf } from '../../sim/errors.ts';

/** The HOST_ codes of files, traces and threads with what each means and what mends it. */
export const HOST_CODES = {
  HOST_FILE_MISSING: {
    summary: 'There is no such file.',
    fix: 'Check the path; it is relative to the folder you are in.',
  },
  HOST_FILE_UNREADABLE: {
    summary: 'A file is there and cannot be read.',
    fix: 'Check that it is a file, and who may read it.',
  },
  HOST_FILE_TOO_LARGE: {
    summary: 'A file is larger than what is read of its kind.',
    fix: 'Check that this is the file you mean.',
  },
  HOST_FILE_NOT_TEXT: {
    summary: 'A file that should be text is not UTF-8.',
    fix: 'Save the file as UTF-8.',
  },
  HOST_ASSET_MISSING: {
    summary: 'A file that belongs to calldrill is not where it was installed.',
    fix: 'Install calldrill again.',
  },
  HOST_TRACE_LINE: {
    summary: 'A line of a trace is not an event.',
    fix: 'Take the trace.ndjson that calldrill wrote; it may have been edited or cut off.',
  },
  HOST_TRACE_ORDER: {
    summary: 'The events of a trace are not numbered, timed or caused in order.',
    fix: 'Take the trace.ndjson that calldrill wrote; lines may have been moved or removed.',
  },
  HOST_TRACE_VERSION: {
    summary: 'The trace does not begin as a trace of this version does.',
    fix: 'Read it with the calldrill version that wrote it; its first line names the tool.',
  },
  HOST_RUN_LOG: {
    summary: 'A line of a log of finished runs is no summary of a run.',
    fix: 'Read the runs.ndjson that this version of calldrill wrote; it may have been edited.',
  },
  HOST_JOURNAL: {
    summary: 'A line of the journal of an exercise is no entry.',
    fix: 'Take the journal that this version of calldrill wrote; it may have been edited. The exercise can be begun anew.',
  },
  HOST_WEBASSEMBLY: {
    summary: 'This Node has no WebAssembly, and the reader of QR codes is made of it.',
    fix: 'Start Node without --jitless, and as a version that has WebAssembly.',
  },
  HOST_MEMORY: {
    summary: 'The machine does not give the memory that is asked for.',
    fix: 'Raise the limit (ulimit -v, the memory of a container), or run fewer at a time with --jobs 1.',
  },
} as const;

/** Makes an error of one of the HOST_ codes; the fix is that of the table unless another is given. */
export const hostError = errorsOf(HOST_CODES);
