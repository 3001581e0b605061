/** Bounds on what a scenario file may hold: generous for people, small for machines. */
export const LIMITS = {
  /** UTF-8 octets of a file. */
  fileOctets: 1 << 20,
  /** YAML tokens of a file; the parser's cost grows with them, not with octets. */
  tokens: 200_000,
  /** Maps and lists inside each other. The parser recurses, so depth is checked before it runs. */
  depth: 16,
  /** Entries of any one list or map. */
  entries: 2_000,
  /** Problems reported at once. */
  problems: 100,
  /** Characters of a name or id. */
  name: 64,
  /** Characters of a title or reason. */
  title: 200,
  /** Characters of a cue or an explanation. */
  prose: 2_000,
  /** Characters of a typed line; the consoles' own bound. */
  line: 4_096,
} as const;
