/** Words of a line that somebody pastes: into a console here, or into a shell. */

/** Quoted as the POSIX shell and the consoles both understand it; as it is where that needs no quotes. */
export function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'"'"'`)}'`;
}
