/** The words of a command line as they are kept with results and for going on: without the address of a queue. */

/** Where a queue is says nothing of what is run, and may have a password: it is kept nowhere. */
export function withoutQueue(words: readonly string[]): readonly string[] {
  return words.filter((word, at) => !word.startsWith('--queue') && words[at - 1] !== '--queue');
}
